"""Offers and domain names as files hold them: rows, and what is understood of them."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from hufu.base.imports import Rejection, lines, opened
from hufu.base.parquet import parquet_records
from hufu.base.records import (
    BadField,
    Record,
    csv_records,
    decimal_of,
    json_records,
)
from hufu.doors.cli.sweeping.files import (
    LIMITS,
    NAMES,
    TEXTS,
    FileFault,
    Piece,
    limit_fields,
)
from hufu.engines.detection import Offer

Row = Record | Rejection
_IDS = ("offer_id", "query_id", "listing_id", "id")
_CLASSES = 46
_MOST = Decimal(10**9)


def read(path: Path, kind: str, piece: Piece) -> Iterator[Row]:
    """Give the rows of a piece of a file; a bad one does not stop the others."""
    limit_fields()
    with path.open("rb") as file:
        if kind == "parquet":
            rows = range(piece.begin, piece.end)
            yield from parquet_records(file, limits=LIMITS, rows=rows)
            return
        for content in opened(_content(file, piece), limits=LIMITS):
            for row in _READERS[kind](content):
                yield replace(row, line=row.line + piece.shift)


def _content(file: BinaryIO, piece: Piece) -> BinaryIO:
    if piece.packed:
        return file
    file.seek(piece.begin)
    content = piece.head + file.read(piece.end - piece.begin)
    if hashlib.sha256(content).hexdigest() != piece.digest:
        raise FileFault(f"{file.name}: changed while it was read; run it again")
    return io.BytesIO(content)


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


def offer_of(record: Record, *, domains: bool) -> Offer:
    """Understand a record as an offer, or as a domain name."""
    row = record.values
    key = next((str(row[name]) for name in _IDS if row.get(name)), str(record.line))
    if domains:
        return Offer(key, "", domain=_first(record, NAMES))
    _first(record, TEXTS)  # or there is nothing to compare
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


def _first(record: Record, names: tuple[str, ...]) -> str:
    """Give the first text that there is of several; there must be one."""
    for name in names:
        if word := _word(record, name):
            return word
    raise BadField(names[0], "missing")


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
