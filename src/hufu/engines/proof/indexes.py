"""Whether an index of archives (CDXJ) leads to the very records that it names."""

import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from hufu.engines.proof.records import BLOCK, GZIP, Record, Stream, read_records
from hufu.engines.proof.warcs import Hashing

INDEXED = {"response", "revisit", "resource"}
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
SECONDS = 14  # digits of a time to the second
SHA1 = 32  # characters in base 32; older indexes name no algorithm
Place = tuple[int, int]  # offset and length in an archive as it lies there


@dataclass(frozen=True)
class Line:
    """What one line of an index says of a record, and where it should lie."""

    url: str
    when: str
    status: str
    digest: str
    archive: str
    place: Place

    @classmethod
    def parse(cls, text: str) -> "Line":
        """Read `key time {facts}`; numbers may be written as texts."""
        _key, when, told = text.split(" ", 2)
        facts: dict[str, Any] = json.loads(told)
        digest = str(facts.get("digest", "")).removeprefix("-")
        if digest and ":" not in digest and len(digest) == SHA1:
            digest = f"sha1:{digest}"
        return cls(
            url=str(facts["url"]),
            when=when,
            status=str(facts.get("status", "")).removeprefix("-"),
            digest=digest,
            archive=str(facts["filename"]).removeprefix("archive/"),
            place=(int(facts["offset"]), int(facts["length"])),
        )


@dataclass
class Index:
    """The lines of all indexes of a package, by archive and offset."""

    lines: dict[str, dict[int, Line]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, name: str, file: IO[bytes], limit: int) -> None:
        """Read an index, packed or not; blank lines and headers say nothing."""
        stream = Stream(file, limit)
        while raw := stream.line():
            text = raw.decode("utf-8", "replace").strip()
            if not text or text.startswith("!"):
                continue
            try:
                self._put(Line.parse(text))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self.problems.append(f"{name} has a line that is no CDXJ: {text[:80]}")

    def _put(self, line: Line) -> None:
        known = self.lines.setdefault(line.archive, {})
        if known.setdefault(line.place[0], line) != line:
            message = f"{line.url}: another line of the index names the same place."
            self.problems.append(message)
        self.count += 1

    def compare(self, name: str, file: IO[bytes], limit: int) -> Iterator[str]:
        """Read an archive that is whole; yield where it and the index differ."""
        lines = self.lines.pop(name, {})
        for offset, length in list(_places(file, limit)):
            part = io.BufferedReader(_Part(file, offset, length))
            records = read_records(part, limit)
            record, line = next(records), lines.pop(offset, None)
            if line is None:
                if record.kind in INDEXED:
                    yield f"{_url_of(record)} in {name} is in no index."
            elif line.place[1] != length:
                said = f"{line.place[1]} bytes at {offset}, the record has {length}"
                yield f"{line.url}: the index names {said}."
            else:
                yield from (f"{line.url}: {why}" for why in _differences(line, record))
            if next(records, None):
                yield f"{name} packs several records together at {offset}."
        for line in lines.values():
            where = f"at {line.place[0]} in {name}"
            yield f"{line.url}: the index names a place, but no record begins {where}."

    def rest(self) -> Iterator[str]:
        """Yield the lines that lead to archives that are not there."""
        for name, lines in self.lines.items():
            for line in lines.values():
                yield f"{line.url}: the index names {name}, which is not there."


def _differences(line: Line, record: Record) -> Iterator[str]:
    """Yield what a line says otherwise than the record at its place."""
    if (url := _url_of(record)) != line.url:
        yield f"at its place lies a record of {url}."
    date = re.sub(r"\D", "", record.headers.get("warc-date", ""))
    least = min(len(date), len(line.when))
    if least < SECONDS or date[:least] != line.when[:least]:
        yield "the record is of another time."
    revisit = record.kind == "revisit"  # its payload is that of an earlier record
    hashing = Hashing(record, "", "" if revisit else line.digest)
    head = b""
    for data in record.blocks():
        head = head or data
        hashing.update(data)
    found = STATUS.match(head) if record.kind == "response" else None
    if found and line.status and found[1].decode() != line.status:
        yield "the record has another status."
    if hashing.results().get("payload", "good") not in {"good", "weak"}:
        yield "the digest in the index is not that of the record."


def _url_of(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").strip("<>")


def _places(file: IO[bytes], limit: int) -> Iterator[Place]:
    """Yield where the records of an archive lie, one gzip member each if packed."""
    file.seek(0)
    packed = file.read(2) == GZIP
    file.seek(0)
    if packed:
        yield from _members(file)
        return
    start = None
    for record in read_records(file, limit):
        if start is not None:
            yield start, record.start - start
        start = record.start
    if start is not None:
        yield start, file.tell() - start


def _members(file: IO[bytes]) -> Iterator[Place]:
    start = end = 0
    data = b""
    unpacker = zlib.decompressobj(wbits=31)
    while data := data or file.read(BLOCK):
        unpacker.decompress(data, BLOCK)
        left = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        end += len(data) - len(left)
        data = left
        if unpacker.eof:
            yield start, end - start
            start, unpacker = end, zlib.decompressobj(wbits=31)


class _Part(io.RawIOBase):
    """A stretch of a file, read as a file of its own."""

    def __init__(self, file: IO[bytes], offset: int, length: int) -> None:
        self._file, self._offset, self._length = file, offset, length
        self._at = -1
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == io.SEEK_SET and offset != self._at:
            self._file.seek(self._offset + offset)
            self._at = offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._length - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
