"""One partition of a sweep: a piece of a file in, its matches out, whole or not at all.

`sweep_partition` is what a process of the pool and a worker of the cluster call. It may
be killed anywhere and called again: its file is named by the partition, so a second
answer replaces the first and nothing is there twice.
"""

import functools
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # no stubs
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # no stubs

from hufu.base.imports import Rejection
from hufu.base.records import BadField
from hufu.doors.cli.sweeping.files import Piece, named
from hufu.doors.cli.sweeping.records import Row, offer_of, read
from hufu.doors.storage.arrivals import arriving
from hufu.engines.detection import Match, Offer
from hufu.engines.detection.files import open_index
from hufu.engines.detection.index import Index

BATCH = 1000
GROUP = 10_000
# So many rejected lines of a partition are kept in words; the others are counted.
KEPT, SHOWN = 10_000, 10
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
READ, REJECTED, TOLD = b"read", b"rejected", b"told"


@dataclass(frozen=True)
class Question:
    """What the answer of every partition depends on, beside what is read."""

    index: str
    version: str
    floor: float
    domains: bool


@dataclass(frozen=True)
class Partition:
    """What to read, and for which question; `source` is where it lies, `name` whose."""

    source: str
    name: str
    kind: str
    number: int
    piece: Piece
    question: Question

    @functools.cached_property
    def part(self) -> str:
        """Name the file of the matches; the names sort as the pieces do.

        By content and all that the answer depends on: what is done is not done again.
        """
        piece, question = self.piece, self.question
        place = f"{piece.digest} {piece.begin} {piece.end} {piece.shift} {self.kind}"
        told = f"{place} {question.version} {question.floor} {question.domains}"
        key = hashlib.sha256(told.encode()).hexdigest()[:16]
        return f"{Path(self.name).name}-{self.number:06}-{key}.parquet"


@dataclass(frozen=True)
class Done:
    """What became of a partition: counts, and what was rejected, by line, in words."""

    part: str
    read: int
    matches: int
    rejected: int
    told: tuple[str, ...]


@dataclass
class _Tally:
    read: int = 0
    rejected: int = 0
    told: list[str] = field(default_factory=list)

    def reject(self, fault: Rejection) -> None:
        self.rejected += 1
        if len(self.told) < KEPT:
            what = f"{fault.field}: {fault.message}" if fault.field else fault.message
            self.told.append(f"line {fault.line}: {what}")


def sweep_partition(folder: str, asked: Partition) -> Done:
    """Compare the records of a partition, and put the matches under its name."""
    tally = _Tally()
    rows = _matches(asked, tally)
    # Packed as they come, and kept here: a killed process leaves nothing half done.
    whole = io.BytesIO()
    with named(asked.name), pq.ParquetWriter(whole, SCHEMA) as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_batch(pa.RecordBatch.from_pylist(group, SCHEMA))
        writer.add_key_value_metadata(_about(tally))
    target = Path(folder, asked.part)
    with arriving(target) as file:
        file.write(whole.getbuffer())
    return done_before(target)


def done_before(target: Path) -> Done:
    """Read what became of a partition from its file."""
    about = pq.read_metadata(target)
    read, rejected = (int(about.metadata[name]) for name in (READ, REJECTED))
    told = tuple(json.loads(about.metadata[TOLD]))
    return Done(target.name, read, about.num_rows, rejected, told[:SHOWN])


def _about(tally: _Tally) -> dict[bytes, bytes]:
    return {
        READ: str(tally.read).encode(),
        REJECTED: str(tally.rejected).encode(),
        TOLD: json.dumps(tally.told).encode(),
    }


@functools.lru_cache(maxsize=2)
def _opened(folder: str, _version: str) -> Index:
    """Map an index once for all partitions of a process."""
    return open_index(Path(folder))


def _matches(asked: Partition, tally: _Tally) -> Iterator[dict[str, object]]:
    """Give the matches as rows of the answer, and count what is read for them."""
    question = asked.question
    index = _opened(question.index, question.version)
    records = read(Path(asked.source), asked.kind, asked.piece)
    while batch := list(islice(records, BATCH)):
        tally.read += len(batch)
        offers = list(_understood(batch, question, tally))
        found = index.sweep([offer for _, offer in offers], question.floor)
        for (number, offer), matches in zip(offers, found, strict=True):
            for match in matches:
                yield _row(number, offer, match)


def _understood(
    batch: list[Row], question: Question, tally: _Tally
) -> Iterator[tuple[int, Offer]]:
    """Give what can be compared; note what cannot, by its line."""
    for row in batch:
        if isinstance(row, Rejection):
            tally.reject(row)
            continue
        try:
            yield row.line, offer_of(row, domains=question.domains)
        except BadField as bad:
            tally.reject(Rejection(row.line, bad.field, bad.code, bad.params))


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
