"""Rows of Parquet files, a thousand at a time."""

from collections.abc import Iterator
from typing import BinaryIO

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
) -> Iterator[Record]:
    """Yield the rows of a Parquet file that has the needed columns.

    The stream must be able to seek. A record's line is its row, counted from one; of
    the columns only those in `columns` are read, or all.
    """
    # 44 MiB that every process would hold for one format.
    from pyarrow import ArrowException  # type: ignore[import-untyped]  # noqa: PLC0415 - see above; no stubs

    try:
        yield from _records(stream, needed, limits, columns)
    except (ArrowException, OSError) as error:
        raise UnreadableFile("not_parquet") from error


def _records(
    stream: BinaryIO,
    needed: frozenset[str],
    limits: Limits,
    columns: frozenset[str] | None,
) -> Iterator[Record]:
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
    names = file.schema_arrow.names
    absent = needed - set(names)
    if absent:
        raise UnreadableFile("missing_columns", columns=", ".join(sorted(absent)))
    chosen = [name for name in names if columns is None or name in columns]
    line = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=chosen):
        for values in batch.to_pylist():
            line += 1
            yield Record(line, values)
