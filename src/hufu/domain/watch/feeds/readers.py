"""Offers from CSV, JSON Lines and Parquet, row by row."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from hufu.base.imports import DEFAULT_LIMITS, Limits, Rejection, opened
from hufu.base.parquet import MAGIC, parquet_records
from hufu.base.records import (
    BadField,
    Record,
    classes_of,
    csv_records,
    decimal_of,
    instant_of,
    json_records,
    text_of,
    understood,
)
from hufu.domain.watch.feeds.rows import OfferRow

_TEXT = (".csv", ".jsonl", ".ndjson")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_LONG = 20_000
_CODE = 128
_CURRENCY = re.compile(r"[A-Z]{3}")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_OWN_COLUMNS = frozenset(OfferRow.__dataclass_fields__)
_OWN = frozenset({"offer_id", "platform", "title"})
_LISTINGS = frozenset({"listing_id", "title", "marketplace", "dataset"})
# What the public listings are about, where their source says so.
_LISTING_CLASSES = {"wdc-watches": (14,), "wdc-shoes": (25,)}


def format_of(stream: BinaryIO) -> str:
    """Tell the format of a feed by how its content begins, packed or not."""
    if stream.read(len(MAGIC)) == MAGIC:
        return "parquet"
    stream.seek(0)
    content = next(opened(stream, suffixes=_TEXT))
    return "jsonl" if content.peek(1).lstrip(_BLANK)[:1] in {b"{", b"["} else "csv"


def read_csv(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[OfferRow | Rejection]:
    """Read a CSV file with the fields of `OfferRow`, or the public listings.

    offer_id, platform and title must be there; unknown columns are left aside.
    """
    for content in opened(stream, suffixes=(".csv",), limits=limits):
        records = csv_records(content, (_OWN, _LISTINGS), limits)
        first = next(records, None)
        named = isinstance(first, Record) and set(first.values) >= _LISTINGS
        rest = chain([first], records) if first is not None else records
        yield from _rows(rest, _listing if named else _own_row)


def read_jsonl(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[OfferRow | Rejection]:
    """Read JSON Lines: one object a line, keyed by the fields of `OfferRow`."""
    for content in opened(stream, suffixes=(".jsonl", ".ndjson"), limits=limits):
        yield from _rows(json_records(content, limits), _own_row)


def read_parquet(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Iterator[OfferRow | Rejection]:
    """Read Parquet with the fields of `OfferRow` as columns, a thousand rows a time.

    The stream must be able to seek. A rejection's line is the row, counted from one.
    """
    records = parquet_records(stream, _OWN, limits, columns=_OWN_COLUMNS)
    yield from _rows(records, _own_row)


def _rows(
    records: Iterator[Record | Rejection], understand: Callable[[Record], OfferRow]
) -> Iterator[OfferRow | Rejection]:
    """Understand each record by itself."""
    return understood(records, understand, lambda row: row.identity)


def _own_row(record: Record) -> OfferRow:
    """Read our own columns."""
    hint = text_of(record, "class_hint")
    stated = hint if re.fullmatch(r"[\d\s,;]+", hint) else ""
    return OfferRow(
        offer_id=text_of(record, "offer_id", limit=_CODE, required=True),
        platform=text_of(record, "platform", limit=_CODE, required=True),
        title=text_of(record, "title", limit=1000, required=True),
        description=text_of(record, "description", limit=_LONG),
        shop_name=text_of(record, "shop_name"),
        seller_id=text_of(record, "seller_id", limit=_CODE),
        price=decimal_of(record, "price"),
        currency=_currency(record),
        url=_url(record),
        class_hint=hint,
        classes=classes_of(record, "classes")
        or classes_of(Record(record.line, {"class_hint": stated}), "class_hint"),
        seen_at=instant_of(record, "seen_at"),
        brand=text_of(record, "brand"),
        quantity=decimal_of(record, "quantity"),
    )


def _listing(record: Record) -> OfferRow:
    """Read a row of the public listings; their prices carry no currency."""
    category = text_of(record, "category")
    return OfferRow(
        offer_id=text_of(record, "listing_id", limit=_CODE, required=True),
        platform=text_of(record, "marketplace", limit=_CODE, required=True),
        title=text_of(record, "title", limit=1000, required=True),
        description=text_of(record, "description", limit=_LONG),
        price=decimal_of(record, "price"),
        class_hint=category,
        classes=_LISTING_CLASSES.get(category, ()),
        brand=text_of(record, "brand"),
    )


def _currency(record: Record) -> str:
    """Give a currency of three letters; a price without one is left without."""
    text = text_of(record, "currency", limit=_CODE).upper()
    if text and not _CURRENCY.fullmatch(text):
        raise BadField("currency", "bad_currency", value=text)
    return text


def _url(record: Record) -> str:
    """Give a web address; other schemes would run in a reader's browser."""
    text = text_of(record, "url", limit=2000)
    if text and not _WEB.fullmatch(text):
        raise BadField("url", "bad_url", value=text[:60])
    return text
