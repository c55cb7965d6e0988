"""A folder of index files: each is put whole or not at all; old ones are cleared."""

import json
from collections.abc import Iterable
from pathlib import Path

from hufu.doors.storage.arrivals import arriving, sync_folder
from hufu.engines.detection.files import MANIFEST, write_index
from hufu.engines.detection.index import Index


class IndexFolder:
    """Writes an index; whoever reads sees the old one or the new one."""

    def __init__(self, root: Path) -> None:
        """Take the folder, which is made with the first write."""
        self.root = root

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Put a file under its name: all of it or none, and for good."""
        self.root.mkdir(parents=True, exist_ok=True)
        with arriving(self.root / name) as file:
            file.writelines(pieces)
        sync_folder(self.root)

    def write(self, index: Index) -> str:
        """Put an index in force and clear what it replaced; give its version.

        Who has mapped an old segment keeps it until they let go: the system frees a
        file when nobody holds it any more.
        """
        version = write_index(index, self.put)
        told = json.loads((self.root / MANIFEST).read_bytes())
        named = {row["file"] for row in told["segments"]}
        for path in self.root.glob("*.segment"):
            if path.name not in named:
                path.unlink(missing_ok=True)
        return version
