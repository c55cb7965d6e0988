"""Offers and domain names as files hold them: rows, and what is understood of them."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from hufu.base.imports import Limits, Rejection, UnreadableFile, lines, opened
from hufu.base.parquet import parquet_records
from hufu.base.records import (
    BadField,
    Record,
    csv_records,
    decimal_of,
    json_records,
)
from hufu.engines.detection import Offer

Row = Record | Rejection
KINDS = ("csv", "jsonl", "parquet", "names")
# A sweep reads the operator's own files: as large as they are, and whatever is in them.
LIMITS = Limits(
    expanded_bytes=1 << 44,
    line_bytes=1 << 28,
    rows=1 << 40,
    broken_rows=1 << 40,
    errors="replace",
)
_SUFFIXES = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".txt": "names",
    ".zone": "names",
}
_IDS = ("offer_id", "query_id", "listing_id", "id")
_CLASSES = 46
_MOST = Decimal(10**9)


class FileFault(Exception):  # noqa: N818 - a fault of a file from outside
    """A file that cannot be read as what it says it is."""


def kind_of(path: Path) -> str:
    """Tell the form of a file by its name, packed (.gz) or not."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    try:
        return _SUFFIXES[name.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(_SUFFIXES))
        message = f"{path}: unknown form {name.suffix!r}; one of {known}, or --format"
        raise FileFault(message) from None


def read(stream: BinaryIO, kind: str, name: str) -> Iterator[Row]:
    """Give the rows of a stream; a bad one does not stop the others."""
    csv.field_size_limit(LIMITS.line_bytes)
    try:
        if kind == "parquet":
            yield from parquet_records(stream, limits=LIMITS)
            return
        for content in opened(stream, limits=LIMITS):
            yield from _READERS[kind](content)
    except UnreadableFile as error:
        raise FileFault(f"{name}: {error.message}") from error


def _csv(content: BinaryIO) -> Iterator[Row]:
    return csv_records(content, (frozenset(),), LIMITS)


def _jsonl(content: BinaryIO) -> Iterator[Row]:
    return json_records(content, LIMITS)


def _names(content: BinaryIO) -> Iterator[Row]:
    """Read one name a line; of a line of a zone file the owner, comments left out."""
    for number, text in lines(content, LIMITS):
        parts = text.partition(";")[0].split()
        if parts and not parts[0].startswith(("$", "#", "@")):
            yield Record(number, {"domain": parts[0].rstrip(".")})


_READERS = {"csv": _csv, "jsonl": _jsonl, "names": _names}


def offer_of(record: Record, domains: bool) -> Offer:  # noqa: FBT001 - as the whole sweep is
    """Understand a record as an offer, or as a domain name."""
    row = record.values
    key = next((str(row[name]) for name in _IDS if row.get(name)), str(record.line))
    if domains:
        domain = _word(record, "domain") or _word(record, "name")
        if not domain:
            raise BadField("domain", "missing")
        return Offer(key, "", domain=domain)
    return Offer(
        id=key,
        title=_word(record, "title") or _word(record, "text"),
        seller=_word(record, "seller_id"),
        classes=_classes(row.get("classes") or row.get("class_hint") or ""),
        price=decimal_of(record, "price"),
        currency=_word(record, "currency"),
        description=_word(record, "description"),
        shop_name=_word(record, "shop_name"),
        url=_word(record, "url"),
        brand=_word(record, "brand"),
        quantity=_quantity(record),
    )


def _word(record: Record, name: str) -> str:
    """Give a text as it is: controls and half characters may be a trick."""
    value = record.values.get(name)
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        raise BadField(name, "bad_type", expected="text")
    return str(value).encode("utf-8", "replace").decode()


def _quantity(record: Record) -> int | None:
    number = decimal_of(record, "quantity")
    return None if number is None else int(min(number, _MOST))


def _classes(value: object) -> frozenset[int]:
    """Read Nice classes; words of a category are none."""
    parts = value if isinstance(value, list) else str(value).replace(",", " ").split()
    numbers = (int(p) for p in map(str, islice(parts, _CLASSES)) if p.isdecimal())
    return frozenset(n for n in numbers if 0 < n < _CLASSES)
