"""Where a file may be cut: at the end of a record, after a fixed size.

The cut depends on the file alone, so that a sweep that is run again finds its pieces.
"""

import hashlib
import io
from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hufu.base.imports import UnreadableFile
from hufu.base.parquet import parquet_shape
from hufu.base.records import LINES_OF_A_ROW, csv_rows
from hufu.doors.cli.sweeping.files import (
    LIMITS,
    Piece,
    check_columns,
    limit_fields,
    packed,
)

SIZE = 2 << 20
ROWS = 25_000
# An offset in bytes, and how many lines lie before it.
_Place = tuple[int, int]


def cut(path: Path, kind: str, *, domains: bool) -> Iterator[Piece]:
    """Give the pieces of a file in order; a packed one is a single piece."""
    if not path.stat().st_size:
        raise UnreadableFile("empty")
    if kind == "parquet":
        yield from _rows(path, domains=domains)
    elif packed(path):
        yield Piece(0, path.stat().st_size, _digest(path), packed=True)
    elif kind == "csv":
        yield from _table(path, domains=domains)
    else:
        # A blank line: the first of a file is not read like the others.
        yield from _pieces(path, b"\n", _lines(path))


def _rows(path: Path, *, domains: bool) -> Iterator[Piece]:
    with path.open("rb") as file:
        columns, count = parquet_shape(file, LIMITS)
    check_columns(columns, domains=domains)
    digest = _digest(path)
    for begin in range(0, max(count, 1), ROWS):
        yield Piece(begin, min(begin + ROWS, count), digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(path: Path, head: bytes, places: Iterator[_Place]) -> Iterator[Piece]:
    """Give what lies between the places, each but the first behind the head."""
    with path.open("rb") as file:
        for (begin, line), (end, _) in pairwise(places):
            ahead = head if begin else b""
            digest = hashlib.sha256(ahead + file.read(end - begin)).hexdigest()
            yield Piece(begin, end, digest, ahead, line - ahead.count(b"\n"))


def _lines(path: Path) -> Iterator[_Place]:
    """Give the places where a line begins, each a SIZE after the one before."""
    at = number = 0
    yield at, number
    with path.open("rb") as file:
        while block := file.read(SIZE):
            rest = file.readline(LIMITS.line_bytes + 1)
            number += block.count(b"\n")
            if len(block) - block.rfind(b"\n") - 1 + len(rest) > LIMITS.line_bytes:
                limit = f"{LIMITS.line_bytes / 1024:g}"
                line = str(number + 1)
                raise UnreadableFile("line_too_long", line=line, limit=limit)
            number += rest.count(b"\n")
            at += len(block) + len(rest)
            yield at, number


def _table(path: Path, *, domains: bool) -> Iterator[Piece]:
    """Cut where a row begins by the very rules that rows are read by."""
    limit_fields()
    with path.open("rb", buffering=0) as raw:
        placed = _Placed(raw)
        rows = csv_rows(placed, LIMITS)
        _, header = next(rows, (0, None))
        check_columns([name.strip() for name in header or []], domains=domains)
        with path.open("rb") as file:
            head = file.read(placed.end[0])
        yield from _pieces(path, head, _row_places(placed, rows))


class _Placed(io.BufferedReader):
    """A file that knows where its last lines begin."""

    def __init__(self, raw: io.FileIO) -> None:
        super().__init__(raw)
        self._count = 0
        self._begins = deque([0], LINES_OF_A_ROW + 1)

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if line:
            self._count += 1
            self._begins.append(self._begins[-1] + len(line))
        return line

    @property
    def end(self) -> _Place:
        """Give the place behind the last line."""
        return self._begins[-1], self._count

    def place(self, line: int) -> _Place:
        """Give the place of one of the last lines, counted from one."""
        return self._begins[line - self._count - 2], line - 1


def _row_places(
    placed: _Placed, rows: Iterator[tuple[int, list[str] | None]]
) -> Iterator[_Place]:
    """Give the places where a row begins, each a SIZE after the one before."""
    at, _ = first = 0, 0
    yield first
    for line, _row in rows:
        begin, _ = place = placed.place(line)
        if begin - at >= SIZE:
            at = begin
            yield place
    yield placed.end
