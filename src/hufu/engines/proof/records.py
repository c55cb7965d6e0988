"""Reading WARC files record by record (ISO 28500), in constant memory."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from hufu.engines.proof.errors import ProofError

BLOCK = 1 << 16
LONGEST_LINE = 1 << 16
MOST_HEADERS = 1000
VERSIONS = ("WARC/1.0", "WARC/1.1")
GZIP = b"\x1f\x8b"
FREE, RATIO = 64 << 20, 250
BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)


class Stream:
    """Bytes of a WARC, unpacked, counted and limited."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self.is_packed = file.read(2) == GZIP
        file.seek(0)
        self._file = file
        # The caller closes its file; GzipFile holds nothing else open.
        self._source = gzip.GzipFile(fileobj=file) if self.is_packed else file
        self.taken, self._limit = 0, limit

    def line(self) -> bytes:
        """Return a line with its end; empty at the end of the file."""
        return self._counted(lambda: self._source.readline(LONGEST_LINE))

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes."""
        return self._counted(lambda: self._source.read(size))

    def _counted(self, read: Callable[[], bytes]) -> bytes:
        try:
            data = read()
        except BROKEN as error:
            raise ProofError("gzip", f"The file is cut or damaged: {error}.") from error
        self.taken += len(data)
        dense = self.taken > FREE and self.taken > RATIO * self._file.tell()
        if dense or self.taken > self._limit:
            message = f"The file unpacks to {self.taken} bytes and more: refused."
            raise ProofError("bomb", message)
        return data


@dataclass
class Record:
    """One record: its headers by lower-case name, and its block to be read once.

    `start` is where it begins in the unpacked file.
    """

    number: int
    start: int
    headers: dict[str, str]
    stream: Stream
    left: int

    @property
    def kind(self) -> str:
        """Return WARC-Type."""
        return self.headers.get("warc-type", "")

    def blocks(self) -> Iterator[bytes]:
        """Yield the rest of the block; `ProofError` if the file ends before."""
        while self.left:
            data = self.stream.read(min(BLOCK, self.left))
            if not data:
                message = f"Record {self.number} is cut: {self.left} bytes are missing."
                raise ProofError("cut", message)
            self.left -= len(data)
            yield data


def read_records(file: IO[bytes], limit: int) -> Iterator[Record]:
    """Yield the records of a WARC, packed or not. Each is read to its end for you."""
    stream, number, start = Stream(file, limit), 0, 0
    while first := stream.line():
        number += 1
        if first.rstrip(b"\r\n").decode("latin-1") not in VERSIONS:
            raise ProofError("record", f"Record {number} does not begin with WARC/1.x.")
        headers = _headers(stream, number)
        size = _length(headers, number)
        record = Record(number, start, headers, stream, size)
        yield record
        for _ in record.blocks():
            pass
        if stream.line().strip(b"\r\n") or stream.line().strip(b"\r\n"):
            message = f"Record {number} is not followed by two empty lines."
            raise ProofError("record", message)
        start = stream.taken
    if not number:
        raise ProofError("record", "There are no records.")


def _headers(stream: Stream, number: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    last = ""
    for _ in range(MOST_HEADERS):
        raw = stream.line()
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not raw.endswith(b"\n"):
            raise ProofError("cut", f"Record {number} is cut within its headers.")
        if not line:
            return headers
        if line[0] in " \t" and last:
            headers[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise ProofError("record", f"Record {number} has a header without colon.")
        last = name.strip().lower()
        # WARC-Concurrent-To may be repeated, nothing else; the first one counts.
        headers.setdefault(last, value.strip())
    raise ProofError("record", f"Record {number} has too many headers.")


def _length(headers: dict[str, str], number: int) -> int:
    text = headers.get("content-length", "")
    if not (text.isascii() and text.isdigit()):
        raise ProofError("record", f"Record {number} has no length.")
    return int(text)
