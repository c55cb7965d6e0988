"""Offers from feeds: a stream goes in, rows and rejections come out."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from hufu.base.imports import Limits, Rejection
from hufu.domain.watch.feeds.readers import (
    format_of,
    read_csv,
    read_jsonl,
    read_parquet,
)
from hufu.domain.watch.feeds.rows import OfferRow

Reader = Callable[[BinaryIO, Limits], Iterator[OfferRow | Rejection]]

READERS: dict[str, Reader] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
}

__all__ = ["READERS", "OfferRow", "Reader", "format_of"]
