"""Files of a sweep: their forms, what they may cost, the pieces they are read in."""

import csv
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hufu.base.imports import Limits, UnreadableFile

KINDS = ("csv", "jsonl", "parquet", "names")
# A sweep reads the operator's own files: as large as they are, and whatever is in them.
LIMITS = Limits(
    expanded_bytes=1 << 44,
    line_bytes=1 << 28,
    rows=1 << 40,
    broken_rows=1 << 40,
    errors="replace",
)
# What of an offer, or of a domain name, is compared: one of them at least.
TEXTS = ("title", "text", "brand", "description", "shop_name", "url")
NAMES = ("domain", "name")
_GZIP = b"\x1f\x8b"
_SUFFIXES = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".txt": "names",
    ".zone": "names",
}


class FileFault(Exception):  # noqa: N818 - a fault of a file from outside
    """A file that cannot be read as what it says it is."""


@dataclass(frozen=True)
class Piece:
    """Bytes of a text, rows of a Parquet file, or all of a packed file.

    `head` is read before it: the names of the columns. The number of a line in the file
    is `shift` more than in the piece. `digest` is that of all that is read.
    """

    begin: int
    end: int
    digest: str
    head: bytes = b""
    shift: int = 0
    packed: bool = False


@contextmanager
def named(name: str) -> Iterator[None]:
    """Name the file that cannot be read."""
    try:
        yield
    except UnreadableFile as error:
        raise FileFault(f"{name}: {error.message}") from error


def kind_of(path: Path) -> str:
    """Tell the form of a file by its name, packed (.gz) or not."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    try:
        return _SUFFIXES[name.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(_SUFFIXES))
        message = f"{path}: unknown form {name.suffix!r}; one of {known}, or --format"
        raise FileFault(message) from None


def packed(path: Path) -> bool:
    """Say whether a file is packed: where its records end cannot be seen."""
    with path.open("rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def check_columns(columns: Collection[str], *, domains: bool) -> None:
    """Refuse a table in which there is nothing to compare."""
    known = NAMES if domains else TEXTS
    if not set(known) & set(columns):
        raise UnreadableFile("missing_columns", columns=known[0])


def limit_fields() -> None:
    """Let a field be as long as a line may be, in the whole process."""
    csv.field_size_limit(LIMITS.line_bytes)
