"""Where the parts of files lie until these are whole: a folder for each upload."""

import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hufu.doors.storage.blobs import BlobStore, blob_store


def _root() -> Path:
    return Path(settings.HUFU_HOME) / "uploads"


def part_store(upload: UUID) -> BlobStore:
    """Open the store of one upload's parts; they are sealed as files are."""
    return BlobStore(_root() / str(upload), blob_store().key)


def remove_parts(upload: UUID) -> None:
    """Remove the parts of an upload that is finished or dropped."""
    shutil.rmtree(_root() / str(upload), ignore_errors=True)


def sweep_parts(needed: Collection[UUID]) -> int:
    """Remove the parts of every upload but these; say of how many."""
    names = {str(upload) for upload in needed}
    gone = [place for place in _root().glob("*-*") if place.name not in names]
    for place in gone:
        shutil.rmtree(place, ignore_errors=True)
    return len(gone)


def sweep_arriving(before: datetime) -> int:
    """Remove what a crash left in the store before a file was whole; say how many."""
    left = [
        path
        for path in blob_store().root.glob("arriving-*")
        if path.stat().st_mtime < before.timestamp()
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def has_room(size: int) -> bool:
    """Say whether the disk holds a file twice: in its parts, and put together."""
    return shutil.disk_usage(settings.HUFU_HOME).free > 2 * size
