"""Opening zip files from strangers: no bombs, no paths that lead out, no tricks."""

import json
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

from hufu.engines.proof.errors import ProofError

BLOCK = 1 << 16
MEGABYTE = 1 << 20
ENCRYPTED = 1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What is read at most: files, bytes in all, bytes of one text, growth."""

    files: int = 100_000
    total: int = 16 << 30
    text: int = 64 * MEGABYTE
    ratio: int = 250


STANDARD = Limits()


class SafeZip:
    """A zip file whose directory was checked before anything is unpacked."""

    def __init__(self, file: BinaryIO, limits: Limits = STANDARD) -> None:
        self.limits = limits
        try:
            self._zip = zipfile.ZipFile(file)
        except (*UNREADABLE, ValueError) as error:
            raise ProofError("zip", f"This is no zip file: {error}.") from error
        self._check_directory()

    @property
    def names(self) -> list[str]:
        """Return the files' paths."""
        return [i.filename for i in self._zip.infolist() if not i.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def size_of(self, name: str) -> int:
        """Return the length of a file."""
        return self._info(name).file_size

    def is_stored(self, name: str) -> bool:
        """Say whether a file lies there uncompressed."""
        return self._info(name).compress_type == zipfile.ZIP_STORED

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file's bytes as a stream."""
        info = self._info(name)
        try:
            with self._zip.open(info) as stream:
                yield stream
        except UNREADABLE as error:
            raise ProofError("zip", f"{name} cannot be read: {error}.") from error

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes in blocks."""
        with self.open(name) as stream:
            while block := stream.read(BLOCK):
                yield block

    def read(self, name: str) -> bytes:
        """Return a small file's bytes."""
        if self.size_of(name) > self.limits.text:
            raise ProofError("zip", f"{name} is too large to be read at once.")
        with self.open(name) as stream:
            return stream.read()

    def read_json(self, name: str) -> dict[str, Any]:
        """Return a small file that holds a JSON object."""
        try:
            value = json.loads(self.read(name))
        except (ValueError, RecursionError) as error:
            raise ProofError("json", f"{name} is no JSON: {error}.") from error
        if not isinstance(value, dict):
            raise ProofError("json", f"{name} holds no JSON object.")
        return value

    def _info(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._zip.getinfo(name)
        except KeyError as error:
            raise ProofError("missing", f"{name} is missing.") from error

    def _check_directory(self) -> None:
        infos, limits = self._zip.infolist(), self.limits
        if len(infos) > limits.files:
            raise ProofError("bomb", f"{len(infos)} files are too many.")
        total = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if total > limits.total or total > MEGABYTE + limits.ratio * packed:
            message = f"{packed} bytes would unpack to {total}: refused as a bomb."
            raise ProofError("bomb", message)
        for info in infos:
            _check_entry(info)
        seen = {unicodedata.normalize("NFC", i.filename).casefold() for i in infos}
        if len(seen) != len(infos):
            raise ProofError("names", "Two files have the same name.")
        _check_overlap(infos)


def check_path(name: str) -> None:
    """Refuse a path that leads out of the folder into which it is unpacked."""
    parts = name.rstrip("/").split("/")
    hidden = any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
    if (
        "\\" in name
        or ":" in name
        or hidden
        or any(p in {"", ".", ".."} for p in parts)
    ):
        raise ProofError("path", f"The path {name!r} leads out, or is no plain path.")


def _check_entry(info: zipfile.ZipInfo) -> None:
    # zipfile cuts a name at its first NUL; the name before that must be plain too.
    check_path(info.orig_filename)
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise ProofError("path", f"{info.filename} is a link or a device.")
    if info.flag_bits & ENCRYPTED or info.compress_type not in METHODS:
        raise ProofError("zip", f"{info.filename} is encrypted or packed unusually.")


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse files that share their bytes, as the densest bombs do."""
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise ProofError("bomb", f"{info.filename} overlaps another file.")
        end = info.header_offset + info.compress_size
