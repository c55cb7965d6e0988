"""Rows of CSV files from outside, with the line they stand on and what is wrong."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from hufu.base.imports import Limits, Rejection, UnreadableFile, opened
from hufu.base.records import csv_records
from hufu.engines.detection.evaluation import FIELDS

Row = dict[str, str]
# A register of millions of marks, and half characters, which a matcher must bear.
_LIMITS = Limits(
    expanded_bytes=1 << 40,
    line_bytes=1 << 28,
    rows=1 << 30,
    errors="surrogatepass",
)
_MARKS = ("mark_id", "wordmark")
_QUERIES = ("query_id", "text", "kind")


class RowFault(Exception):  # noqa: N818 - a fault of a file, told to whoever sent it
    """What is wrong with a file: where, in which field, and what to do."""

    def __init__(self, path: Path, line: int, field: str, message: str) -> None:
        """Name the place as people look for it in an editor."""
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(
            f"{place}, {field}: {message}" if field else f"{place}: {message}"
        )


def read_marks(path: Path) -> Iterator[Row]:
    """Give the marks of a register; one id may not stand for two marks."""
    seen: dict[str, int] = {}
    for line, row in _read(path, _MARKS):
        key = row["mark_id"].strip()
        if not key:
            raise RowFault(path, line, "mark_id", "is empty; every mark needs an id")
        if key in seen:
            message = f"{key!r} stands on line {seen[key]} already; ids are unique"
            raise RowFault(path, line, "mark_id", message)
        seen[key] = line
        yield {**row, "mark_id": key}


def read_queries(path: Path) -> Iterator[Row]:
    """Give the queries; a text may be empty, a field is one of three."""
    for line, row in _read(path, _QUERIES):
        field = (row.get("field") or "").strip()
        if field and field not in FIELDS:
            message = f"{field!r} is none of {', '.join(FIELDS)}"
            raise RowFault(path, line, "field", message)
        yield row


def _read(path: Path, needed: Iterable[str]) -> Iterator[tuple[int, Row]]:
    """Give each row with the line it begins on; a broken one stops it."""
    csv.field_size_limit(_LIMITS.line_bytes)
    try:
        with path.open("rb") as stream:
            for content in opened(stream, limits=_LIMITS):
                for row in csv_records(content, (frozenset(needed),), _LIMITS):
                    if isinstance(row, Rejection):
                        raise RowFault(path, row.line, row.field, row.message)
                    yield row.line, cast("Row", row.values)
    except FileNotFoundError as error:
        raise RowFault(path, 0, "", "no such file") from error
    except OSError as error:
        raise RowFault(path, 0, "", f"cannot be read: {error}") from error
    except UnreadableFile as error:
        raise RowFault(path, 0, "", error.message) from error
