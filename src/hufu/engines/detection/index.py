"""The index: segments of marks that texts are searched against."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import NamedTuple, Self

import numpy as np

from hufu.engines.detection.evidence import Evidence, among
from hufu.engines.detection.judgement import Found, judge
from hufu.engines.detection.marks import Mark, Match, Offer
from hufu.engines.detection.native import probes
from hufu.engines.detection.native.features import describe, weigh
from hufu.engines.detection.native.hits import EXACT, FORM, TEXT, TRICK, find, new_hits
from hufu.engines.detection.native.store import fold_classes, owners_of
from hufu.engines.detection.offers import Field, fields_of
from hufu.engines.detection.reach import reach
from hufu.engines.detection.reading import loaded, new_scratch, points_of
from hufu.engines.detection.segments import Pairs, Segment, mask_of
from hufu.engines.detection.tables import LONGEST, Array
from hufu.engines.detection.weights import FEATURES, Weights, names_v1

# Points below which a hit is left out: by the name alone, beside other evidence, and
# of a domain, where little stands beside the name.
LIKELY = -1.2
FLOOR = -9.7
FLOOR_DOMAIN = -24.0
# A name written plainly is kept longer where other evidence is still to come.
PLAIN = 4.7
# Points that evidence beside the name may add.
_MOST_EVIDENCE = 5.0
_ROUNDING = 1e-6
_TEXTS = 4000
_HITS_EACH = 64
_MOST_SEGMENTS = 6
_MOST_OF_ONE_TEXT = 2000


# The field, the points and the facts of one hit; and those of every mark of an offer.
_Noted = tuple[Field, float, Array]
_Held = dict[tuple[int, int], list[_Noted]]
# Code points, where each text ends, folded classes, the field and the floor.
_Read = tuple[Array, Array, Array, tuple[Field, float]]


class Candidates(NamedTuple):
    """Marks found in texts, one row each: arrays of one length, sorted by text.

    `text` is the number of the text, `segment` and `mark` where the mark stands,
    `points` what the name alone tells, `hit` the row of facts it was read from.
    """

    text: Array
    segment: Array
    mark: Array
    points: Array
    hit: Array


@dataclass(frozen=True)
class Index:
    """Segments and the marks withdrawn from them; adding makes a new index."""

    segments: tuple[Segment, ...]
    gone: Mapping[int, frozenset[int]] = field(default_factory=dict)
    weights: Weights = field(default_factory=names_v1)

    @classmethod
    def build(cls, marks: Iterable[Mark], pairs: Pairs = ()) -> Self:
        """Index the marks; `pairs` are known names of one brand in two scripts."""
        return cls((Segment.of(marks, pairs),))

    def __len__(self) -> int:
        """Count the marks that are in force."""
        return sum(map(len, self.segments)) - sum(map(len, self.gone.values()))

    def marks(self) -> Iterator[Mark]:
        """Give every mark that is in force."""
        for number, segment in enumerate(self.segments):
            gone = self.gone.get(number, frozenset())
            kept = (row not in gone for row in range(len(segment)))
            yield from compress(segment.marks(), kept)

    def changed(
        self, add: Iterable[Mark] = (), withdraw: Iterable[str] = (), pairs: Pairs = ()
    ) -> Self:
        """Give an index with some marks added or replaced, and others withdrawn."""
        added = {mark.id: mark for mark in add}
        lost = {*withdraw, *added}
        gone = {}
        for number, segment in enumerate(self.segments):
            rows = {segment.row_of(key) for key in lost} - {-1}
            if rows or number in self.gone:
                gone[number] = self.gone.get(number, frozenset()) | rows
        segments = self.segments
        if added:
            segments = (*segments, Segment.of(added.values(), pairs))
        new = replace(self, segments=segments, gone=gone)
        return new if len(segments) <= _MOST_SEGMENTS else new.merged(pairs)

    def merged(self, pairs: Pairs = ()) -> Self:
        """Give the same index in one segment, as if it were built at once."""
        return replace(self, segments=(Segment.of(self.marks(), pairs),), gone={})

    def candidates(
        self,
        texts: Sequence[str],
        classes: Array,
        where: Field = Field.TITLE,
        floor: float = LIKELY,
    ) -> Candidates:
        """Find marks in titles or names, by the name alone; fast, for many texts.

        `classes` holds a mask of Nice classes for each text (bit n is class n), 0 where
        nobody knows; `floor` leaves out what has fewer points before the classes are
        compared. A title far too long is read to 4,000 letters.
        """
        asked = (where, floor)
        parts = [
            self._screened(texts[at : at + _TEXTS], classes[at : at + _TEXTS], asked)
            for at in range(0, len(texts), _TEXTS)
        ]
        for number, part in enumerate(parts):
            parts[number] = part._replace(text=part.text + number * _TEXTS)
        if not parts:
            parts = [self._screened([], classes[:0], asked)]
        return Candidates(
            *(np.concatenate(column) for column in zip(*parts, strict=True))
        )

    def _screened(
        self, texts: Sequence[str], classes: Array, asked: tuple[Field, float]
    ) -> Candidates:
        """Search one batch in every segment, the best hit of each mark first."""
        read = points_of(texts)
        folds = fold_classes(classes)
        found = [
            _search(self, number, (*read, folds, asked), classes)
            for number in range(len(self.segments))
        ]
        joined = Candidates(
            *(np.concatenate(column) for column in zip(*found, strict=True))
        )
        order = np.lexsort((joined.mark, joined.segment, -joined.points, joined.text))
        return Candidates(*(column[order] for column in joined))

    def match(self, offer: Offer) -> list[Match]:
        """Find the marks used in one offer, best first, excused ones last."""
        return self.sweep([offer])[0]

    def sweep(self, offers: Sequence[Offer], floor: float = 0.0) -> list[list[Match]]:
        """Find the marks used in each offer; `floor` leaves out lower scores.

        The higher the floor, the faster: what cannot reach it is not weighed.
        """
        least = self._least(floor)
        fields = [fields_of(offer) for offer in offers]
        held: list[_Held] = [{} for _ in offers]
        for where in Field:
            asked = [
                (at, told[where]) for at, told in enumerate(fields) if where in told
            ]
            if asked:
                self._gather(offers, (where, least), asked, held)
        return [
            self._judged(offer, told, found, floor)
            for offer, told, found in zip(offers, fields, held, strict=True)
        ]

    def _least(self, floor: float) -> float:
        """Give the points of a name that other evidence may lift to a score."""
        if not 0 < floor < 1:
            return FLOOR
        missing = _points_of(floor) - among(self.weights, len(self))
        return max(FLOOR, missing - _MOST_EVIDENCE)

    def _gather(
        self,
        offers: Sequence[Offer],
        sought: tuple[Field, float],
        asked: list[tuple[int, str]],
        held: list[_Held],
    ) -> None:
        """Search one field of all offers and note what was found for each mark."""
        masks = [mask_of(offers[at].classes) for at, _ in asked]
        where, least = sought
        found = self.candidates(
            [text for _, text in asked],
            np.array(masks, np.uint64),
            where,
            FLOOR_DOMAIN if where is Field.DOMAIN else least,
        )
        for text, segment, mark, points, hit in zip(*found, strict=True):
            noted = where, float(points), hit
            held[asked[text][0]].setdefault((int(segment), int(mark)), []).append(noted)

    def _found(self, segment: int, noted: _Noted) -> Found:
        """Describe one hit again, for its reasons."""
        where, points, hit = noted
        features, room = np.zeros(len(FEATURES)), np.zeros(LONGEST, np.uint16)
        store = self.segments[segment].store
        step = describe(store, hit, room, features)
        return Found(where, points, hit, int(step), features)

    def _judged(
        self,
        offer: Offer,
        fields: Mapping[Field, str],
        held: _Held,
        floor: float,
    ) -> list[Match]:
        """Weigh all evidence for every mark of one offer that may reach the floor."""
        matches = []
        evidence = Evidence(offer, fields, self.weights, len(self))
        least = _points_of(floor) - among(self.weights, len(self)) - evidence.most()
        order = sorted((-max(noted[1] for noted in held[at]), at) for at in held)
        for points, (segment, row) in order[:_MOST_OF_ONE_TEXT]:
            if -points < least - _ROUNDING:
                break
            mark = self.segments[segment].mark(row)
            found = [self._found(segment, noted) for noted in held[segment, row]]
            match = judge(mark, evidence, found, self.weights)
            if match.excused or match.score >= floor:
                matches.append(match)
        return sorted(matches, key=lambda m: (m.excused, -m.score, m.mark_id))


def _points_of(score: float) -> float:
    """Give the points of a score."""
    if score <= 0:
        return -math.inf
    return math.log(score / (1 - score)) if score < 1 else math.inf


def _depth(where: Field, floor: float, segment: Segment) -> int:
    """Say how deep texts are searched."""
    if where is Field.DOMAIN:
        twice, once = probes.DOMAIN_TWICE, probes.DOMAIN
    elif floor < LIKELY:
        twice, once = probes.THOROUGH_TWICE, probes.THOROUGH
    else:
        twice, once = probes.LIKELY_TWICE, probes.LIKELY
    return twice if segment.has_watched else once


def _search(index: Index, number: int, read: _Read, classes: Array) -> Candidates:
    """Search a batch in one segment."""
    segment, weights = index.segments[number], index.weights
    points, ends, folds, (where, floor) = read
    depths = np.full(ends.size, _depth(where, floor, segment), np.int64)
    plain = PLAIN if floor < LIKELY else 0.0
    worth = reach(weights, floor, plain, domain=where is Field.DOMAIN)
    asked = (points, ends, folds, depths, worth)
    room = _HITS_EACH * ends.size + 4096
    while True:
        hits = new_hits(room)
        find(loaded(), segment.store, asked, new_scratch(), hits)
        if not hits.count[1]:
            break
        room += int(hits.count[1])
    rows = hits.rows[: hits.count[0]]
    told = np.empty(len(rows))
    chosen = (weights.points, weights.features)
    spare = np.zeros(LONGEST, np.uint16), np.zeros(len(FEATURES))
    weigh(segment.store, rows, chosen, spare, told)
    kept = told >= floor - plain * (rows[:, TRICK] == EXACT)
    return _expanded(index, number, rows[kept], told[kept], classes)


def _expanded(
    index: Index, number: int, rows: Array, told: Array, classes: Array
) -> Candidates:
    """Turn forms into their marks, and keep the best hit of each mark in each text."""
    segment, weights = index.segments[number], index.weights
    of, mark = owners_of(segment.store, rows[:, FORM].astype(np.int64))
    text = rows[of, TEXT].astype(np.int64)
    theirs, ours = classes[text], segment.classes(mark)
    known = (theirs != 0) & (ours != 0)
    agrees, differs = weights.feature("class_agrees"), weights.feature("class_differs")
    total = told[of] + np.where(
        known, np.where((theirs & ours) != 0, agrees, differs), 0
    )
    total += weights.evidence["monitored"] * segment.watched[mark]
    order = np.lexsort((of, -total, mark, text))
    if gone := index.gone.get(number):
        order = order[~np.isin(mark[order], np.fromiter(gone, np.int64, len(gone)))]
    text, mark = text[order], mark[order]
    first = np.ones(order.size, bool)
    first[1:] = (text[1:] != text[:-1]) | (mark[1:] != mark[:-1])
    order = order[first]
    segments = np.full(order.size, number)
    return Candidates(text[first], segments, mark[first], total[order], rows[of[order]])


def warm_up() -> None:
    """Compile all that building and searching an index needs, and keep it on the disk.

    A minute at most when this version of the sources first runs, then a second.
    """
    index = Index.build([Mark("a", "Fictionia"), Mark("b", "青山溪")])
    index.match(Offer("", "new fictlonia boots", domain="fictionia.example"))
