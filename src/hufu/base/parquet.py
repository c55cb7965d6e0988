"""Rows of Parquet files, a thousand at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from hufu.base.imports import DEFAULT_LIMITS, MIB, Limits, UnreadableFile
from hufu.base.records import Record

MAGIC = b"PAR1"
_BATCH = 1000


def parquet_records(
    stream: BinaryIO,
    needed: frozenset[str] = frozenset(),
    limits: Limits = DEFAULT_LIMITS,
    *,
    columns: frozenset[str] | None = None,
    rows: range | None = None,
) -> Iterator[Record]:
    """Yield the rows of a Parquet file that has the needed columns.

    The stream must be able to seek. A record's line is its row, counted from one; of
    the columns only those in `columns` are read, or all; of the rows, counted from
    zero, only those in `rows`, or all.
    """
    with _readable():
        file = _file(stream, limits)
        names = file.schema_arrow.names
        absent = needed - set(names)
        if absent:
            raise UnreadableFile("missing_columns", columns=", ".join(sorted(absent)))
        chosen = [name for name in names if columns is None or name in columns]
        wanted = range(file.metadata.num_rows) if rows is None else rows
        yield from _records(file, chosen, wanted)


def parquet_shape(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> tuple[list[str], int]:
    """Give the columns of a Parquet file, and how many rows it has."""
    with _readable():
        file = _file(stream, limits)
        return file.schema_arrow.names, file.metadata.num_rows


@contextmanager
def _readable() -> Iterator[None]:
    """Refuse what the library cannot read."""
    # 44 MiB that every process would hold for one format.
    from pyarrow import ArrowException  # type: ignore[import-untyped]  # noqa: PLC0415 - see above; no stubs

    try:
        yield
    except (ArrowException, OSError) as error:
        raise UnreadableFile("not_parquet") from error


def _file(stream: BinaryIO, limits: Limits) -> Any:
    """Open a file that is not larger than it may be."""
    from pyarrow import parquet  # noqa: PLC0415 - as above

    if not stream.read(1):
        raise UnreadableFile("empty")
    stream.seek(0)
    file = parquet.ParquetFile(stream)
    about = file.metadata
    if about.num_rows > limits.rows:
        raise UnreadableFile("too_many_rows", limit=str(limits.rows))
    groups = (about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if sum(groups) > limits.expanded_bytes:
        raise UnreadableFile("too_large", limit=f"{limits.expanded_bytes / MIB:g}")
    return file


def _records(file: Any, columns: list[str], wanted: range) -> Iterator[Record]:
    """Read the row groups that hold wanted rows, to the last of these."""
    about = file.metadata
    sizes = (about.row_group(i).num_rows for i in range(about.num_row_groups))
    spans = [range(*ends) for ends in pairwise(accumulate(sizes, initial=0))]
    groups = [i for i, span in enumerate(spans) if _shared(span, wanted)]
    at = spans[groups[0]].start if groups else 0
    for batch in file.iter_batches(_BATCH, row_groups=groups, columns=columns):
        if at >= wanted.stop:
            return
        here = _shared(range(at, at + len(batch)), wanted)
        if here:
            part = batch.slice(here.start - at, len(here))
            for line, values in enumerate(part.to_pylist(), here.start + 1):
                yield Record(line, values)
        at += len(batch)


def _shared(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))
