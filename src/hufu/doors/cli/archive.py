"""A backup: one sealed stream with a manifest, the database and the files.

The files lie in it as they lie in the store, sealed under the storage key. No key is
ever in it: neither the folder of keys nor the environment is read. The proof log comes
along; once it is back it signs nothing before somebody has compared it with what its
witnesses saw.
"""

import io
import json
import re
import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from hufu.doors.cli import dumps
from hufu.doors.storage.envelopes import open_with, seal_to
from hufu.doors.storage.prooflog import log_folder
from hufu.doors.storage.sealing import Damaged
from hufu.engines.proof.logs import CHECKPOINT, COMMIT, mark_restored

BLOB = re.compile(r"blobs/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
HEADS = (COMMIT, CHECKPOINT)
LOG = re.compile(r"log/(commit|checkpoint|tile/[0-9a-z/]+(\.p/[0-9]+)?)")
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and what it takes to use it."""

    made_at: str
    vendor: str
    migrations: list[str]


def write_backup(target: BinaryIO, *, public: str, at: datetime) -> Manifest:
    """Write database and files, sealed to the public key, as a stream."""
    manifest = Manifest(at.isoformat(), connection.vendor, dumps.migrations())
    with (
        tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder,
        seal_to(target, public) as sealed,
        tarfile.open(fileobj=sealed, mode="w|") as archive,
    ):
        # The log's head first: its tiles were written before it, its acts are in the
        # database. Then the database: files it names were stored before.
        heads = Path(folder) / "heads"
        _copy_heads(heads)
        database = Path(folder) / "database"
        dumps.dump(database)
        text = json.dumps(asdict(manifest)).encode()
        head = tarfile.TarInfo("manifest.json")
        head.size = len(text)
        archive.addfile(head, io.BytesIO(text))
        _add(archive, database, "database")
        for path in sorted(settings.HUFU_HOME.glob("blobs/??/??/*")):
            _add(archive, path, str(path.relative_to(settings.HUFU_HOME)))
        for path in sorted(heads.iterdir()):
            _add(archive, path, f"log/{path.name}")
        for path in sorted(settings.HUFU_HOME.glob("log/tile/**/*")):
            name = str(path.relative_to(settings.HUFU_HOME))
            if path.is_file() and LOG.fullmatch(name):
                _add(archive, path, name)
    return manifest


def _copy_heads(place: Path) -> None:
    place.mkdir()
    for name in HEADS:
        with suppress(FileNotFoundError):
            shutil.copyfile(settings.HUFU_HOME / "log" / name, place / name)


def _add(archive: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    with path.open("rb") as file:
        entry.size = path.stat().st_size
        archive.addfile(entry, file)


def check_backup(path: Path, *, secret: str) -> Manifest:
    """Read every byte of a backup without touching anything; raise Damaged."""
    manifest = None
    with _members(path, secret) as members:
        for name, data in members:
            if name == "manifest.json":
                manifest = Manifest(**json.load(data))
            elif name != "database" and not _is_part(name):
                raise Damaged(f"holds something that is no part of a backup: {name}")
            while data.read(BLOCK):
                pass
    if manifest is None:
        raise Damaged("holds no manifest")
    return manifest


def _is_part(name: str) -> bool:
    return bool(BLOB.fullmatch(name) or LOG.fullmatch(name))


def load_backup(path: Path, *, secret: str) -> int:
    """Put files and database in place; return how many files came back."""
    count = 0
    with (
        tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder,
        _members(path, secret) as members,
    ):
        _set_log_aside()
        for name, data in members:
            if name == "database":
                _copy(data, Path(folder) / "database")
            elif BLOB.fullmatch(name):
                _copy(data, settings.HUFU_HOME / name)
                count += 1
            elif LOG.fullmatch(name):
                _copy(data, settings.HUFU_HOME / name)
        # The marker before the database: nothing may be signed in between.
        if log_folder().root.exists():
            mark_restored(log_folder())
        dumps.load(Path(folder) / "database")
    return count


def _set_log_aside() -> None:
    """Keep a log that is in the way: it may be what its witnesses saw last."""
    place = log_folder().root
    if place.exists():
        place.rename(place.with_name(f"log-replaced-{secrets.token_hex(4)}"))


def _copy(data: BinaryIO, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arriving = place.with_name(f"arriving-{place.name}")
    with arriving.open("wb") as file:
        arriving.chmod(0o600)
        while block := data.read(BLOCK):
            file.write(block)
    arriving.replace(place)


@contextmanager
def _members(path: Path, secret: str) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    with path.open("rb") as file, open_with(file, secret) as opened:
        try:
            with tarfile.open(fileobj=opened, mode="r|") as archive:
                yield _files(archive)
            while opened.read(BLOCK):  # to the last chunk, whose flag proves the end
                pass
        except tarfile.TarError as error:
            raise Damaged("not a backup of Hufu") from error


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for entry in archive:
        data = archive.extractfile(entry)
        if data is None:
            raise Damaged(f"holds something that is not a file: {entry.name}")
        yield entry.name, data  # type: ignore[misc]  # IO[bytes] reads as BinaryIO does
