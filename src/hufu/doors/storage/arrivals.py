"""Files that appear under their name whole and on the disk, or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def arriving(place: Path) -> Iterator[BinaryIO]:
    """Open a file beside its place; it moves there when all of it is on the disk.

    What was there is replaced. `sync_folder` makes the new name last, too.
    """
    path = place.with_name(f".arriving-{secrets.token_hex(8)}")
    try:
        with path.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.replace(place)
    finally:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file last through a power cut: its name lies here."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
