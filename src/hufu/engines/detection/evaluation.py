"""The evaluation: rows of marks and of queries go in, a report with intervals out."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hufu.engines.detection.crossing import near_names
from hufu.engines.detection.domains import text_of
from hufu.engines.detection.index import Index
from hufu.engines.detection.marks import Mark, Match, Offer
from hufu.engines.detection.offers import Field
from hufu.engines.detection.segments import Pairs, mask_of

Row = Mapping[str, str]
RANKS = (1, 5, 10)
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
FIELDS = ("offer", "name", "domain")
_NEAREST = 5
_NEAR = 50
# Marks that are also looked for with two letters changed.
TIER = 100_000
_BATCH = 1000
_SURE = 1.96


class BadRowError(Exception):
    """A row that the evaluation cannot read; says which and why."""


@dataclass(frozen=True)
class Measures:
    """What the caller measures with: seconds that only rise, bytes in use."""

    seconds: Callable[[], float]
    memory: Callable[[], int]


@dataclass(frozen=True)
class Query:
    """A text to be searched, and the mark that should be found; none when clean."""

    id: str
    text: str
    kind: str
    target: str
    classes: frozenset[int]
    field: str

    def offer(self) -> Offer:
        """Give the query as an offer; a domain is no title."""
        if self.field == "domain":
            return Offer(self.id, "", classes=self.classes, domain=self.text)
        return Offer(self.id, self.text, classes=self.classes)


@dataclass(frozen=True)
class Answer:
    """What was found for a query: the best matches and the rank of the right one."""

    query: Query
    best: tuple[Match, ...]
    rank: int

    @property
    def score(self) -> float:
        """Give the highest score, 0 when nothing was found."""
        return self.best[0].score if self.best else 0.0


def interval(right: int, total: int) -> tuple[float, float]:
    """Give the Wilson interval of 95 % for a share."""
    if not total:
        return 0.0, 1.0
    share, z = right / total, _SURE * _SURE
    middle = (share + z / (2 * total)) / (1 + z / total)
    spread = math.sqrt(share * (1 - share) / total + z / (4 * total * total))
    half = _SURE * spread / (1 + z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def share(right: int, total: int) -> dict[str, Any]:
    """Give a share with its interval and what it was counted from."""
    low, high = interval(right, total)
    value = round(right / total, 4) if total else None
    return {"value": value, "low": round(low, 4), "high": round(high, 4), "n": total}


def evaluate(
    marks: Iterable[Row], queries: Iterable[Row], measures: Measures, pairs: Pairs = ()
) -> dict[str, Any]:
    """Index the marks, ask the queries, and say how well that went.

    Rows of marks have `mark_id`, `wordmark` and may have `nice_classes`, `owner` and
    `monitored` (1 or 0; without that column the first 100,000 are); rows of queries
    have `query_id`, `text`, `kind` and may have `target_mark_id`, `nice_class` and
    `field` (offer, name or domain).
    """
    begun, room = measures.seconds(), measures.memory()
    numbered = enumerate(marks)
    index = Index.build((mark_of(row, at < TIER) for at, row in numbered), pairs)
    built, held = measures.seconds(), measures.memory()
    asked = [query_of(row, number) for number, row in enumerate(queries, 1)]
    answers = _answers(index, asked)
    done = measures.seconds()
    fast = _speed(index, asked, measures)
    return {
        "matcher": index.weights.matcher,
        "marks": len(index),
        "queries": len(asked),
        "build_seconds": round(built - begun, 3),
        "memory_bytes": max(0, held - room),
        "index_bytes_per_mark": round(_size(index) / max(1, len(index)), 1),
        "offers_per_second": fast,
        "offers_with_reasons_per_second": _rate(len(asked), done - built),
        "recall": _recall(answers),
        "false_leads_per_1000_clean": _false_leads(answers),
        "calibration": _calibration(answers),
        "misses": [_miss(answer) for answer in answers if _is_miss(answer)],
    }


def mark_of(row: Row, early: bool) -> Mark:  # noqa: FBT001 - one of the first rows
    """Read a row of marks; classes that are no numbers are unknown."""
    if not row.get("mark_id"):
        raise BadRowError("a mark without mark_id")
    return Mark(
        id=row["mark_id"],
        text=row.get("wordmark") or "",
        classes=_classes(row.get("nice_classes") or ""),
        owner=row.get("owner") or "",
        watched=row["monitored"] == "1" if row.get("monitored") else early,
    )


def query_of(row: Row, number: int) -> Query:
    """Read a row of queries."""
    if row.get("text") is None:
        raise BadRowError(f"query {number} has no text")
    asked = (row.get("field") or "offer").strip()
    if asked not in FIELDS:
        raise BadRowError(f"query {number}: field {asked!r} is none of {FIELDS}")
    return Query(
        id=row.get("query_id") or str(number),
        text=row["text"],
        kind=row.get("kind") or "",
        target=(row.get("target_mark_id") or "").strip(),
        classes=_classes(row.get("nice_class") or ""),
        field=asked,
    )


def _classes(text: str) -> frozenset[int]:
    """Read the numbers of classes however they are parted."""
    parts = "".join(c if c.isdecimal() else " " for c in text).split()
    return frozenset(
        number for number in map(int, parts) if mask_of(frozenset({number}))
    )


def _answers(index: Index, asked: Sequence[Query]) -> list[Answer]:
    """Ask every query; the rank of a mark that was not found is 0."""
    answers = []
    for at in range(0, len(asked), _BATCH):
        batch = asked[at : at + _BATCH]
        found = index.sweep([query.offer() for query in batch])
        for query, swept in zip(batch, found, strict=True):
            matches = swept
            if query.field == "name":
                matches = near_names(index, query.text, query.classes, _NEAR)
            ids = [match.mark_id for match in matches]
            rank = ids.index(query.target) + 1 if query.target in ids else 0
            kept = max(_NEAREST, rank)
            answers.append(Answer(query, tuple(matches[:kept]), rank))
    return answers


def _rate(count: int, seconds: float) -> float | None:
    return round(count / seconds, 1) if seconds > 0 else None


def _speed(index: Index, asked: Sequence[Query], measures: Measures) -> float | None:
    """Say how many texts a second are searched by the name alone."""
    begun = measures.seconds()
    places = {"offer": Field.TITLE, "name": Field.TITLE, "domain": Field.DOMAIN}
    for field, where in places.items():
        chosen = [query for query in asked if query.field == field]
        masks = np.array([mask_of(query.classes) for query in chosen], np.uint64)
        texts = [text_of(q.text) if field == "domain" else q.text for q in chosen]
        index.candidates(texts, masks, where)
    return _rate(len(asked), measures.seconds() - begun)


def _size(index: Index) -> int:
    """Count the bytes that find marks; their names and owners are kept beside them."""
    arrays = (
        array for one in index.segments for array in (*one.store, one.sets, one.set_of)
    )
    return sum(array.nbytes for array in arrays)


def _recall(answers: Sequence[Answer]) -> dict[str, Any]:
    """Give recall at each rank, by kind and for all."""
    kinds: dict[str, list[int]] = {}
    for answer in answers:
        if answer.query.target:
            kinds.setdefault(answer.query.kind, []).append(answer.rank)
    told = {kind: _at_ranks(ranks) for kind, ranks in sorted(kinds.items())}
    return {
        "kinds": told,
        "all": _at_ranks([r for ranks in kinds.values() for r in ranks]),
    }


def _at_ranks(ranks: Sequence[int]) -> dict[str, Any]:
    counts = {
        f"at_{k}": share(sum(0 < r <= k for r in ranks), len(ranks)) for k in RANKS
    }
    return {**counts, "found": share(sum(rank > 0 for rank in ranks), len(ranks))}


def _false_leads(answers: Sequence[Answer]) -> dict[str, Any]:
    """Count the clean queries that reach each threshold, and what is found there."""
    clean = [answer.score for answer in answers if not answer.query.target]
    right = [
        answer.best[answer.rank - 1].score if answer.rank else 0.0
        for answer in answers
        if answer.query.target
    ]
    told = {}
    for threshold in THRESHOLDS:
        wrong = share(sum(score >= threshold for score in clean), len(clean))
        per = {key: _per_thousand(wrong[key]) for key in ("value", "low", "high")}
        found = share(sum(score >= threshold for score in right), len(right))
        told[f"{threshold:g}"] = {"per_1000": per, "n": len(clean), "recall": found}
    return told


def _per_thousand(value: float | None) -> float | None:
    return None if value is None else round(1000 * value, 2)


def _calibration(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Compare scores with the share that was right, in tenths of the scale."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for answer in answers:
        if answer.best:
            right = answer.best[0].mark_id == answer.query.target
            bins[min(9, int(answer.score * 10))].append((answer.score, right))
    return [
        {
            "score": round(sum(score for score, _ in held) / len(held), 3),
            "right": share(sum(right for _, right in held), len(held)),
        }
        for held in bins
        if held
    ]


def _is_miss(answer: Answer) -> bool:
    return bool(answer.query.target) and answer.rank != 1


def _miss(answer: Answer) -> dict[str, Any]:
    """Tell a query whose mark was not found first, with what was found instead."""
    query = answer.query
    return {
        "query_id": query.id,
        "text": query.text,
        "kind": query.kind,
        "target_mark_id": query.target,
        "rank": answer.rank or None,
        "nearest": [
            {
                "mark_id": match.mark_id,
                "score": round(match.score, 4),
                "reasons": [reason.code for reason in match.reasons],
            }
            for match in answer.best[:_NEAREST]
        ],
    }
