"""The two packs the tests read, each once."""

from functools import cache
from pathlib import Path

from hufu import packs
from hufu.engines.law import Book

CN = Path(packs.__file__).parent / "cn"
EXAMPLE = Path(packs.__file__).parent / "example"


@cache
def cn() -> Book:
    return Book.read(CN)


@cache
def example() -> Book:
    return Book.read(EXAMPLE)
