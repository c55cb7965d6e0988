"""Rights from files: a stream goes in, rows and rejections come out."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from hufu.base.imports import Limits, Rejection
from hufu.domain.rights.imports.rows import KINDS, RightRow
from hufu.domain.rights.imports.tables import read_csv, read_gi, read_jsonl
from hufu.domain.rights.imports.wipo import read_st66, read_st96

Reader = Callable[[BinaryIO, Limits], Iterator[RightRow | Rejection]]

READERS: dict[str, Reader] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "st66": read_st66,
    "st96": read_st96,
    "gi": read_gi,
}

__all__ = ["KINDS", "READERS", "Reader", "RightRow"]
