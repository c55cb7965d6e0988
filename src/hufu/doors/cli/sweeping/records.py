"""Offers and domain names as files hold them: records with their line, and offers."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]  # no stubs
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # no stubs

from hufu.engines.detection import Offer

Record = dict[str, Any]
KINDS = ("csv", "jsonl", "parquet", "names")
_SUFFIXES = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".txt": "names",
    ".zone": "names",
}
_IDS = ("offer_id", "query_id", "listing_id", "id")
_LONGEST = 1 << 28
_CLASSES = 46


class BadRecord(Exception):  # noqa: N818 - it becomes a row of the rejected
    """A record that is no offer: which field, and why."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the field and the reason."""
        super().__init__(f"{field}: {message}" if field else message)


class UnreadableFile(Exception):  # noqa: N818 - a fault of a file from outside
    """A file that cannot be read as what it says it is."""


@dataclass(frozen=True)
class Line:
    """A record, or why there is none, and the line it stands on."""

    number: int
    record: Record
    fault: str = ""


def kind_of(path: Path) -> str:
    """Tell the form of a file by its name."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(_SUFFIXES))
        message = f"{path}: unknown form {path.suffix!r}; one of {known}, or --format"
        raise UnreadableFile(message) from None


def read(stream: BinaryIO, kind: str, name: str) -> Iterator[Line]:
    """Give the records of a stream; a bad one does not stop the others."""
    try:
        yield from _READERS[kind](stream)
    except (pa.ArrowException, OSError, csv.Error) as error:
        raise UnreadableFile(f"{name}: cannot be read as {kind}: {error}") from error


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _csv(stream: BinaryIO) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(map(_text, stream))
    names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    line = reader.line_num + 1
    for cells in reader:
        if cells and len(cells) != len(names):
            message = f"{len(cells)} columns, the first line names {len(names)}"
            yield Line(line, {}, message)
        elif cells:
            yield Line(line, dict(zip(names, cells, strict=True)))
        line = reader.line_num + 1


def _jsonl(stream: BinaryIO) -> Iterator[Line]:
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError) as error:
            yield Line(number, {}, f"no JSON: {error}")
            continue
        if isinstance(value, dict):
            yield Line(number, value)
        else:
            yield Line(number, {}, "no JSON object")


def _parquet(stream: BinaryIO) -> Iterator[Line]:
    file = pq.ParquetFile(stream)
    number = 0
    for batch in file.iter_batches(batch_size=1000):
        for values in batch.to_pylist():
            number += 1
            yield Line(number, values)


def _names(stream: BinaryIO) -> Iterator[Line]:
    """Read one name a line; of a line of a zone file the owner, comments left out."""
    for number, raw in enumerate(stream, 1):
        parts = _text(raw).partition(";")[0].split()
        if parts and not parts[0].startswith(("$", "#", "@")):
            yield Line(number, {"domain": parts[0].rstrip(".")})


_READERS = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "names": _names}


def offer_of(line: Line, domains: bool) -> Offer:  # noqa: FBT001 - as the whole sweep is
    """Understand a record as an offer, or as a domain name."""
    if line.fault:
        raise BadRecord("", line.fault)
    row = line.record
    key = next((str(row[name]) for name in _IDS if row.get(name)), str(line.number))
    if domains:
        domain = _word(row, "domain") or _word(row, "name")
        if not domain:
            raise BadRecord("domain", "is missing or empty")
        return Offer(key, "", domain=domain)
    return Offer(
        id=key,
        title=_word(row, "title") or _word(row, "text"),
        seller=_word(row, "seller_id"),
        classes=_classes(row.get("classes") or row.get("class_hint") or ""),
        price=_number(row, "price"),
        currency=_word(row, "currency"),
        description=_word(row, "description"),
        shop_name=_word(row, "shop_name"),
        url=_word(row, "url"),
        brand=_word(row, "brand"),
        quantity=_quantity(row),
    )


def _word(row: Record, name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        raise BadRecord(name, "is no text")
    return str(value).encode("utf-8", "replace").decode()


def _number(row: Record, name: str) -> Decimal | None:
    text = _word(row, name).strip()
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        raise BadRecord(name, f"{text[:60]!r} is no number") from None
    if number is not None and not (number.is_finite() and number >= 0):
        raise BadRecord(name, f"{text[:60]!r} is no amount")
    return number


def _quantity(row: Record) -> int | None:
    number = _number(row, "quantity")
    return None if number is None else int(min(number, Decimal(10**9)))


def _classes(value: object) -> frozenset[int]:
    """Read Nice classes; words of a category are none."""
    parts = value if isinstance(value, list) else str(value).replace(",", " ").split()
    numbers = (int(p) for p in map(str, islice(parts, _CLASSES)) if p.isdecimal())
    return frozenset(n for n in numbers if 0 < n < _CLASSES)
