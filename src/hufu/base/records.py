"""Rows of CSV and JSON Lines, read one by one, and the checks of their fields."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, Protocol, TypeVar

from hufu.base.imports import (
    DEFAULT_LIMITS,
    Limits,
    Rejection,
    UnreadableFile,
    lines,
)

# A quotation mark that is never closed would swallow the file; so many lines of it are
# put back and read again.
LINES_OF_A_ROW = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHOWN = 60
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRITISH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_INTEGER_DIGITS = 15
_NICE_CLASSES = 45


Row = TypeVar("Row")


class Placed(Protocol):
    """Anything that stands on a line of a file."""

    @property
    def line(self) -> int:
        """Give the line, counted from one."""


Item = TypeVar("Item", bound=Placed)


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it was written: its line and its values by column."""

    line: int
    values: Mapping[str, object]


class BadField(Exception):  # noqa: N818 - it becomes a Rejection, never a fault
    """A field that its row is rejected for."""

    def __init__(self, field: str, code: str, **params: str) -> None:
        """Name the field, the reason and what the reason needs to be told."""
        super().__init__(code)
        self.field = field
        self.code = code
        self.params = params


class _Source:
    """Lines that can be put back, as csv.reader wants them."""

    def __init__(self, numbered: Iterator[tuple[int, str]]) -> None:
        self._numbered = numbered
        self._returned: list[tuple[int, str]] = []
        self._row: list[tuple[int, str]] = []

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        if len(self._row) >= LINES_OF_A_ROW:
            raise csv.Error
        pair = self._returned.pop() if self._returned else next(self._numbered)
        self._row.append(pair)
        return pair[1]

    def begin(self) -> None:
        """Forget the lines of the row before."""
        self._row.clear()

    @property
    def line(self) -> int:
        """Give the first line of the row that was read last."""
        return self._row[0][0] if self._row else 0

    def resume(self) -> None:
        """Put back all lines of a broken row but its first."""
        self._returned.extend(reversed(self._row[1:]))


def csv_rows(
    content: BinaryIO, limits: Limits
) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each row with its first line; None stands for a broken row."""
    source = _Source(lines(content, limits))
    reader = csv.reader(source, strict=True)
    broken = 0
    while True:
        source.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken += 1
            if broken > limits.broken_rows:
                limit = str(limits.broken_rows)
                raise UnreadableFile("too_many_broken_rows", limit=limit) from None
            yield source.line, None
            source.resume()
            reader = csv.reader(source, strict=True)
            continue
        if row:
            yield source.line, row


def csv_records(
    content: BinaryIO,
    accepted: tuple[frozenset[str], ...],
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Record | Rejection]:
    """Yield the rows of a CSV file whose first line names one of the accepted sets."""
    rows = csv_rows(content, limits)
    _, header = next(rows, (0, None))
    columns = [name.strip() for name in header or []]
    if not any(needed <= set(columns) for needed in accepted):
        absent = sorted(accepted[0] - set(columns))
        raise UnreadableFile("missing_columns", columns=", ".join(absent))
    for count, (line, row) in enumerate(rows, 1):
        _check_count(count, limits)
        if row is None:
            yield Rejection(line, "", "broken_row")
        elif len(row) != len(columns):
            found, expected = str(len(row)), str(len(columns))
            yield Rejection(
                line, "", "column_count", {"found": found, "expected": expected}
            )
        else:
            yield Record(line, dict(zip(columns, row, strict=True)))


def json_records(
    content: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Record | Rejection]:
    """Yield the objects of a JSON Lines file."""
    broken = 0
    for line, text in lines(content, limits):
        _check_count(line, limits)
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            broken += 1
            if broken > limits.broken_rows:
                limit = str(limits.broken_rows)
                raise UnreadableFile("too_many_broken_rows", limit=limit) from None
            yield Rejection(line, "", "not_json")
            continue
        if isinstance(value, dict):
            yield Record(line, value)
        else:
            yield Rejection(line, "", "not_an_object")


def _check_count(count: int, limits: Limits) -> None:
    """Refuse a file with more rows than a reader may remember."""
    if count > limits.rows:
        raise UnreadableFile("too_many_rows", limit=str(limits.rows))


def understood(
    records: Iterator[Item | Rejection],
    understand: Callable[[Item], Row],
    identify: Callable[[Row], str],
) -> Iterator[Row | Rejection]:
    """Turn records into rows; whatever is wrong with one rejects only that one.

    A second row with the same identity is rejected. Of each identity only a hash is
    kept; that is why a file has a limit of rows.
    """
    seen: set[int] = set()
    for record in records:
        if isinstance(record, Rejection):
            yield record
            continue
        try:
            row = understand(record)
        except BadField as bad:
            yield Rejection(record.line, bad.field, bad.code, bad.params)
            continue
        identity = identify(row)
        if hash(identity) in seen:
            yield Rejection(record.line, "id", "duplicate_id", {"value": identity})
            continue
        seen.add(hash(identity))
        yield row


def text_of(
    record: Record, name: str, *, limit: int = 500, required: bool = False
) -> str:
    """Give a text without outer blanks; reject what is too long or unprintable."""
    value = record.values.get(name)
    if value is None:
        text = ""
    elif isinstance(value, str):
        text = value.strip()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        text = str(value)
    else:
        raise BadField(name, "bad_type", expected="text")
    if not text:
        if required:
            raise BadField(name, "missing")
        return text
    if len(text) > limit:
        raise BadField(name, "too_long", limit=str(limit))
    if _CONTROL.search(text) or (not text.isascii() and not _encodable(text)):
        raise BadField(name, "control_character")
    return text


def _encodable(text: str) -> bool:
    """Say whether the text is free of half characters, which JSON can smuggle in."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def day_of(record: Record, name: str) -> date | None:
    """Give a day written 2024-05-31, or nothing where nothing is written."""
    text = text_of(record, name)
    return day(text, name) if text else None


def day(text: str, name: str) -> date:
    """Read a day written 2024-05-31."""
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadField(name, "bad_date", value=text[:_SHOWN], form="2024-05-31")


def british_day_of(record: Record, name: str) -> date | None:
    """Give a day written 31/05/2024, or nothing where nothing is written."""
    text = text_of(record, name)
    if not text:
        return None
    parts = _BRITISH_DAY.fullmatch(text)
    try:
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        pass
    raise BadField(name, "bad_date", value=text[:_SHOWN], form="31/05/2024")


def instant_of(record: Record, name: str) -> datetime | None:
    """Give an instant in UTC; a time without an offset is rejected."""
    value = record.values.get(name)
    if isinstance(value, datetime):
        instant = value
    else:
        text = text_of(record, name)
        if not text:
            return None
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise BadField(name, "bad_instant", value=text[:_SHOWN]) from None
    if instant.tzinfo is None:
        raise BadField(name, "bad_instant", value=str(value)[:_SHOWN])
    return instant.astimezone(UTC)


def decimal_of(record: Record, name: str) -> Decimal | None:
    """Give a number of zero or more, or nothing where nothing is written."""
    value = record.values.get(name)
    text = str(value) if isinstance(value, Decimal) else text_of(record, name)
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadField(name, "bad_number", value=text[:_SHOWN]) from None
    if not number.is_finite() or number < 0 or number.adjusted() >= _INTEGER_DIGITS:
        raise BadField(name, "bad_number", value=text[:_SHOWN])
    return number


def classes_of(record: Record, name: str) -> tuple[int, ...]:
    """Give Nice classes, from a list or from a text separated by commas or blanks."""
    value = record.values.get(name)
    if isinstance(value, list):
        parts = [str(part) for part in value]
    else:
        parts = re.split(r"[\s,;|、，]+", text_of(record, name))
    found = set()
    for part in filter(None, parts):
        if not part.isascii() or not part.isdigit() or len(part) > len("045"):
            raise BadField(name, "bad_class", value=part[:_SHOWN])
        if not 1 <= int(part) <= _NICE_CLASSES:
            raise BadField(name, "bad_class", value=part[:_SHOWN])
        found.add(int(part))
    return tuple(sorted(found))


def choice_of(record: Record, name: str, choices: tuple[str, ...]) -> str:
    """Give one of the words that are allowed here."""
    text = text_of(record, name, required=True)
    if text not in choices:
        shown = ", ".join(choices)
        raise BadField(name, "bad_choice", value=text[:_SHOWN], choices=shown)
    return text
