"""A segment: some marks, the arrays that find them, and their facts; one file."""

import functools
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, chain
from typing import Self

import numpy as np

from hufu.engines.detection.labels import parts_of
from hufu.engines.detection.marks import Mark
from hufu.engines.detection.native.forms import KINDS, KNOWN, LABEL, OWN, Forms
from hufu.engines.detection.native.store import MOST_FORMS, THREADS, Store, make_store
from hufu.engines.detection.reading import forms_of, loaded
from hufu.engines.detection.tables import Array

Pairs = Sequence[tuple[str, str]]
_BATCH = 200_000
_quoted = json.encoder.encode_basestring_ascii
_MOST_LETTERS = 400  # of a name; what follows is not compared


@dataclass(frozen=True)
class Segment:
    """Marks in the order of their ids, never changed once made.

    `sets` holds the masks of Nice classes that occur, 0 for unknown, and `set_of` the
    one of each mark; `facts` a JSON list for each mark, end to end.
    """

    store: Store
    sets: Array
    set_of: Array
    watched: Array
    facts: Array
    fact_ends: Array

    @classmethod
    def of(cls, marks: Iterable[Mark], pairs: Pairs = ()) -> Self:
        """Make a segment; of two marks with one id the later counts."""
        held = {mark.id: mark for mark in marks}
        ordered = [held[key] for key in sorted(held)]
        del held
        classes = np.array([mask_of(mark.classes) for mark in ordered], np.uint64)
        watched = np.array([mark.watched for mark in ordered], np.uint8)
        facts, fact_ends = _facts(ordered)
        names = [mark.text[:_MOST_LETTERS] for mark in ordered]
        del ordered
        forms = _forms(names, watched, pairs)
        if forms.count[0] >= MOST_FORMS:
            message = f"more than {MOST_FORMS:,} forms do not fit into one segment"
            raise ValueError(message)
        store = make_store(loaded(), forms, classes, watched)
        sets, set_of = np.unique(classes, return_inverse=True)
        for array in store:
            # Like the arrays of a mapped file: native code is compiled for one kind.
            array.flags.writeable = False
        return cls(
            store,
            sets,
            set_of.astype(np.uint16 if sets.size <= 1 << 16 else np.uint32),
            watched,
            facts,
            fact_ends,
        )

    def __len__(self) -> int:
        """Count the marks."""
        return int(self.set_of.size)

    def classes(self, rows: Array) -> Array:
        """Give the masks of classes of some marks."""
        return self.sets[self.set_of[rows]]

    @cached_property
    def has_watched(self) -> bool:
        """Say whether any mark is also looked for with two letters changed."""
        return bool(self.watched.any())

    def _fact(self, row: int) -> list[object]:
        start = int(self.fact_ends[row - 1]) if row else 0
        told = self.facts[start : int(self.fact_ends[row])].tobytes()
        return list(json.loads(told))

    def mark(self, row: int) -> Mark:
        """Give a mark as it was handed in."""
        key, text, owner, sellers, price, currency = self._fact(row)
        return Mark(
            id=str(key),
            text=str(text),
            classes=_classes(int(self.sets[self.set_of[row]])),
            authorised=frozenset(sellers) if isinstance(sellers, list) else frozenset(),
            owner=str(owner),
            usual_price=Decimal(str(price)) if price else None,
            currency=str(currency),
            watched=bool(self.watched[row]),
        )

    def marks(self) -> Iterator[Mark]:
        """Give every mark, in the order of the ids."""
        return (self.mark(row) for row in range(len(self)))

    def row_of(self, key: str) -> int:
        """Give the row of a mark, or -1."""
        row = bisect_left(range(len(self)), key, key=lambda at: str(self._fact(at)[0]))
        return row if row < len(self) and self._fact(row)[0] == key else -1


@functools.lru_cache(1 << 16)
def mask_of(classes: frozenset[int]) -> int:
    """Write classes as bits; a number that is no Nice class is left out."""
    mask = 0
    for number in classes:
        if 1 <= number <= 45:  # noqa: PLR2004 - the Nice classification has 45 classes
            mask |= 1 << number
    return mask


def _classes(mask: int) -> frozenset[int]:
    return frozenset(number for number in range(1, 46) if mask >> number & 1)


def _facts(marks: list[Mark]) -> tuple[Array, Array]:
    """Write what reasons tell of the marks, and where the facts of each end."""
    told = [_written(mark) for mark in marks]
    ends = np.fromiter(accumulate(map(len, told)), np.uint64, len(told))
    return np.frombuffer(b"".join(told), np.uint8), ends


def _written(mark: Mark) -> bytes:
    """Write what reasons tell of a mark."""
    price = str(mark.usual_price) if mark.usual_price else ""
    sellers = json.dumps(sorted(mark.authorised)) if mark.authorised else "[]"
    key, text, owner = _quoted(mark.id), _quoted(mark.text), _quoted(mark.owner)
    told = f"[{key},{text},{owner},{sellers},{_quoted(price)},{_quoted(mark.currency)}]"
    return told.encode()


def _forms(names: list[str], watched: Array, pairs: Pairs) -> Forms:
    """Give the forms of all names, in batches, and of their known other names."""
    held = loaded()

    def made(begun: int) -> Forms:
        part = slice(begun, begun + _BATCH)
        return _cut(forms_of(names[part], held, watched[part]), begun)

    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(made, range(0, len(names), _BATCH)))
    more = (_known(parts, pairs), _labels(names, watched))
    return _joined([*parts, *filter(None, more)])


def _cut(forms: Forms, begun: int) -> Forms:
    """Keep what was written, and count the marks on from the batch before."""
    total, letters = map(int, forms.count)
    facts = (part[:total] for part in forms[1:6])
    rows = Forms._make((forms.letters[:letters], *facts, forms.count))
    return rows._replace(owner=rows.owner + np.uint32(begun))


def _known(parts: list[Forms], pairs: Pairs) -> Forms | None:
    """Give the other script's name of every mark that stands in a known pair."""
    if not pairs or not parts:
        return None
    sides = [left for left, _ in pairs] + [right for _, right in pairs]
    other = [right for _, right in pairs] + [left for left, _ in pairs]
    asked = _cut(forms_of(sides), 0)
    own = asked.kind & KINDS == OWN
    keys, rows = asked.key[own], asked.owner[own]
    names: list[str] = []
    owners: list[int] = []
    for part in parts:
        chosen = np.flatnonzero(np.isin(part.key, keys) & (part.kind & KINDS == OWN))
        for at in chosen:
            alike = sorted({other[row] for row in rows[keys == part.key[at]]})
            names += alike
            owners += [int(part.owner[at])] * len(alike)
    if not names:
        return None
    made = _cut(forms_of(names), 0)
    known = np.where(made.kind & KINDS == OWN, KNOWN, 0)
    kind = (made.kind | known).astype(np.uint8)
    return made._replace(kind=kind, owner=np.array(owners, np.uint32)[made.owner])


def _labels(names: list[str], watched: Array) -> Forms | None:
    """Give the parts of the watched marks that domain names are compared with."""
    rows = [
        (part, row) for row in np.flatnonzero(watched) for part in parts_of(names[row])
    ]
    if not rows:
        return None
    made = _cut(forms_of([part for part, _ in rows]), 0)
    owner = np.array([row for _, row in rows], np.uint32)[made.owner]
    return made._replace(kind=made.kind | np.uint8(LABEL), owner=owner)


def _joined(parts: list[Forms]) -> Forms:
    """Put batches together."""
    if not parts:
        return _cut(forms_of([]), 0)
    ends, begun = [], 0
    for part in parts:
        ends.append(part.ends + begun)
        begun += part.letters.size
    columns = [
        np.concatenate(column) for column in zip(*(p[2:6] for p in parts), strict=True)
    ]
    letters = np.concatenate([part.letters for part in parts])
    total = sum(int(part.count[0]) for part in parts)
    count = np.array([total, letters.size], np.int64)
    return Forms._make((letters, np.concatenate(ends), *columns, count))


def merged(segments: Iterable[Iterable[Mark]], pairs: Pairs) -> Segment:
    """Make one segment of the marks of several."""
    return Segment.of(chain.from_iterable(segments), pairs)
