"""Rows of CSV files from outside, with the line they stand on and what is wrong."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from hufu.engines.detection.evaluation import FIELDS

Row = dict[str, str]
_LONGEST = 1 << 28  # letters of one cell
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
    """Give each row with the line it begins on."""
    csv.field_size_limit(_LONGEST)
    try:
        with _opened(path) as file:
            yield from _rows(path, file, needed)
    except FileNotFoundError as error:
        raise RowFault(path, 0, "", "no such file") from error
    except (OSError, EOFError) as error:
        raise RowFault(path, 0, "", f"cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 near byte {error.start:,} of a block; save it as UTF-8"
        raise RowFault(path, 0, "", message) from error


def _opened(path: Path) -> io.TextIOWrapper:
    """Open a file that may be packed; half characters are let in as they are."""
    packed = path.suffix == ".gz"
    return io.TextIOWrapper(
        gzip.open(path) if packed else path.open("rb"),
        encoding="utf-8-sig",
        errors="surrogatepass",
        newline="",
    )


def _rows(
    path: Path, file: io.TextIOWrapper, needed: Iterable[str]
) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(file, strict=True)
    line = 1
    try:
        names = [name.strip() for name in next(reader, [])]
        absent = [name for name in needed if name not in names]
        if absent:
            message = f"the first line has no column {', '.join(absent)}"
            raise RowFault(path, 1, "", message)
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield line, _named(path, line, names, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"is no CSV: {error}; look for a quotation mark that is not closed"
        raise RowFault(path, line, "", message) from error


def _named(path: Path, line: int, names: list[str], cells: list[str]) -> Row:
    """Give the cells their names; a row with fewer or more is not guessed at."""
    if len(cells) != len(names):
        message = f"has {len(cells)} columns, the first line names {len(names)}"
        raise RowFault(path, line, "", message)
    return dict(zip(names, cells, strict=True))
