"""A proof log in a folder, as any static file server can serve it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hufu.doors.storage.arrivals import arriving, sync_folder

WRITERS = 8


class LogFolder:
    """Reads and writes a log's files; a write is atomic and durable."""

    def __init__(self, root: Path) -> None:
        """Take the folder, which is made with the first write."""
        self.root = root

    def read(self, path: str) -> bytes:
        """Return a file's bytes; `FileNotFoundError` if there is none."""
        try:
            return (self.root / path).read_bytes()
        except NotADirectoryError as error:
            raise FileNotFoundError(path) from error

    def write(self, path: str, data: bytes) -> None:
        """Put bytes under a path: all of them or none, and for good."""
        place = self.root / path
        self._make(place.parent)
        _write(place, data)
        sync_folder(place.parent)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Put many files, each whole or not at all, and all of them for good.

        Many waits for the disk at once cost hardly more than one.
        """
        places = [self.root / path for path in files]
        folders = {place.parent for place in places}
        for folder in folders:
            self._make(folder)
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(_write, places, files.values()))
            list(pool.map(sync_folder, folders))

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def _write(place: Path, data: bytes) -> None:
    with arriving(place) as file:
        file.write(data)
