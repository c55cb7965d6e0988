"""One partition of a sweep: records in, matches out, put whole or not at all.

`sweep_partition` is what a process of the pool and a worker of the cluster call. It may
be killed anywhere and called again: its file is named by the partition, so a second
answer replaces the first and nothing is there twice.
"""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # no stubs
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # no stubs

from hufu.base.imports import Rejection
from hufu.base.records import BadField
from hufu.doors.cli.sweeping.records import Row, offer_of, read
from hufu.doors.storage.arrivals import arriving
from hufu.engines.detection import Match, Offer
from hufu.engines.detection.files import open_index
from hufu.engines.detection.index import Index

BATCH = 1000
SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("offer_id", pa.string()),
        ("mark_id", pa.string()),
        ("mark", pa.string()),
        ("score", pa.float64()),
        ("excused", pa.bool_()),
        ("matcher", pa.string()),
        ("reasons", pa.string()),
    ]
)
REJECTED = b"rejected"
READ = b"read"


@dataclass(frozen=True)
class Partition:
    """What to read, with which index, and where the matches go."""

    source: str
    kind: str
    target: str
    index: str
    version: str
    floor: float
    domains: bool


@dataclass(frozen=True)
class Done:
    """What became of a partition."""

    target: str
    read: int
    matches: int
    rejected: tuple[str, ...]


def sweep_partition(asked: Partition) -> Done:
    """Compare the records of a partition, and put the matches under its name."""
    index = _opened(asked.index, asked.version)
    rows: list[dict[str, object]] = []
    rejected: list[str] = []
    count = 0
    with Path(asked.source).open("rb") as stream:
        lines = read(stream, asked.kind, asked.source)
        while batch := list(islice(lines, BATCH)):
            count += len(batch)
            offers = list(_understood(batch, asked, rejected))
            found = index.sweep([offer for _, offer in offers], asked.floor)
            for (number, offer), matches in zip(offers, found, strict=True):
                rows += [_row(number, offer, match) for match in matches]
    about = {READ: str(count).encode(), REJECTED: json.dumps(rejected).encode()}
    table = pa.Table.from_pylist(rows, SCHEMA.with_metadata(about))
    with arriving(Path(asked.target)) as file:
        pq.write_table(table, file)
    return Done(asked.target, count, len(rows), tuple(rejected))


def done_before(target: Path) -> Done:
    """Read what became of a partition from its file."""
    about = pq.read_metadata(target)
    return Done(
        str(target),
        int(about.metadata[READ]),
        about.num_rows,
        tuple(json.loads(about.metadata[REJECTED])),
    )


@functools.lru_cache(maxsize=2)
def _opened(folder: str, _version: str) -> Index:
    """Map an index once for all partitions of a process."""
    return open_index(Path(folder))


def _understood(
    batch: list[Row], asked: Partition, rejected: list[str]
) -> Iterator[tuple[int, Offer]]:
    """Give what can be compared; note what cannot, by its line."""
    for row in batch:
        try:
            if not isinstance(row, Rejection):
                yield row.line, offer_of(row, asked.domains)
                continue
            fault = row
        except BadField as bad:
            fault = Rejection(row.line, bad.field, bad.code, bad.params)
        what = f"{fault.field}: {fault.message}" if fault.field else fault.message
        rejected.append(f"{asked.source}, line {fault.line}: {what}")


def _row(number: int, offer: Offer, match: Match) -> dict[str, object]:
    reasons = [
        {
            "code": reason.code,
            "weight": round(reason.weight, 4),
            "where": reason.where,
            "excerpt": reason.excerpt,
            "params": dict(reason.params),
        }
        for reason in match.reasons
    ]
    named = (r.params["mark"] for r in match.reasons if "mark" in r.params)
    return {
        "line": number,
        "offer_id": offer.id,
        "mark_id": match.mark_id,
        "mark": next(named, ""),
        "score": match.score,
        "excused": match.excused,
        "matcher": match.matcher,
        "reasons": json.dumps(reasons),
    }
