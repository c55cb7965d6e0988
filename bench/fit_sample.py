"""What weights are fitted to: the marks found in offers of the development half."""

from dataclasses import dataclass

import numpy as np
import offers
import quality

from hufu.engines.detection import Offer
from hufu.engines.detection.apart import letters_apart
from hufu.engines.detection.evidence import Evidence, among
from hufu.engines.detection.index import FLOOR
from hufu.engines.detection.judgement import disguise
from hufu.engines.detection.native.features import describe_all
from hufu.engines.detection.native.hits import FROM, TO, TRICK
from hufu.engines.detection.offers import Field, fields_of
from hufu.engines.detection.segments import mask_of
from hufu.engines.detection.tables import LONGEST
from hufu.engines.detection.weights import FEATURES

EACH, CLEAN_HAN = 500, 2000
BEST = 60  # candidates of a text that are looked at


@dataclass(frozen=True)
class Sample:
    """Offers, and the marks found in them, one row each.

    Of the offers: `kinds` and `asked`, a mask of their classes. Of the rows: `text`,
    the number of the offer, `right`, whether its mark was planted there, `trick`,
    `step` of its length, `values` of its features, `apart`, `fixed` points that are
    not fitted, `lawful` points of what excuses, and the `classes` of the mark.
    """

    kinds: np.ndarray
    asked: np.ndarray
    text: np.ndarray
    right: np.ndarray
    trick: np.ndarray
    step: np.ndarray
    values: np.ndarray
    apart: np.ndarray
    fixed: np.ndarray
    lawful: np.ndarray
    classes: np.ndarray


def queries_of(rows):
    """Give planted offers and all clean ones of the development half."""
    planted = offers.planted(rows[: quality.TIER], EACH, development=True)
    every = len(offers.titles(development=True))
    clean = offers.clean(every, development=True)
    return [*planted, *clean, *offers.clean(CLEAN_HAN, development=True, han=True)]


def sample_of(rows, index):
    """Search the offers of the development half, and describe what is found."""
    queries = queries_of(rows)
    unknown = np.zeros(len(queries), np.uint64)
    texts = [query.text for query in queries]
    found = index.candidates(texts, unknown, Field.TITLE, FLOOR)
    order = {key: at for at, key in enumerate(sorted(row.id for row in rows))}
    target = np.array([order.get(query.target, -1) for query in queries])
    right = target[found.text] == found.mark
    first = np.searchsorted(found.text, found.text)
    kept = right | (np.arange(found.text.size) - first < BEST)
    text, mark, hit = found.text[kept], found.mark[kept], found.hit[kept]
    (segment,) = index.segments
    step, values = np.zeros(len(hit)), np.zeros((len(hit), len(FEATURES)))
    describe_all(segment.store, hit, np.zeros(LONGEST, np.uint16), step, values)
    weights = index.weights
    fixed = weights.evidence["monitored"] * segment.watched[mark]
    marks = map(segment.mark, mark)
    apart, lawful = _read(index, texts, text, zip(marks, hit, strict=True))
    return Sample(
        kinds=np.array([query.kind for query in queries]),
        asked=np.array([mask_of(query.classes) for query in queries], np.uint64),
        text=text,
        right=right[kept],
        trick=hit[:, TRICK],
        step=step.astype(int),
        values=values,
        apart=apart,
        fixed=fixed + among(weights, len(index)),
        lawful=lawful,
        classes=segment.classes(mark),
    )


def _read(index, texts, text, found):
    """Say how far each name is apart from its mark, and what excuses it."""
    apart, lawful, last = np.zeros(len(text)), np.zeros(len(text)), -1
    for at, (mark, hit) in enumerate(found):
        if text[at] != last:
            last = text[at]
            offer = Offer("", texts[last])
            evidence = Evidence(offer, fields_of(offer), index.weights, len(index))
        start, end, trick = int(hit[FROM]), int(hit[TO]), int(hit[TRICK])
        title = evidence.fields[Field.TITLE]
        part = title[start:end]
        apart[at] = letters_apart(part, mark.text, trick)
        plain = not disguise(trick, part, mark.text, title)
        excuses = evidence.lawful(mark, {Field.TITLE: (start, end)}, plain=plain)
        lawful[at] = sum(reason.weight for reason in excuses)
    return apart, lawful
