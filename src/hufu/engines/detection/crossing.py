"""Marks near a name, in its own script and as names in another script render it."""

import functools
from itertools import chain

import numpy as np

from hufu.engines.detection.evidence import among
from hufu.engines.detection.index import Index
from hufu.engines.detection.marks import Mark, Match, Offer, Reason, score_of
from hufu.engines.detection.native.crossing import new_room, rendered
from hufu.engines.detection.native.store import owners_of
from hufu.engines.detection.reading import folded, loaded, shown
from hufu.engines.detection.tables import BREAK, FOLDER, HAN_FROM, LONGEST, Array

_LONGEST_NAME = 200
_MOST_WORDS = 4
_MOST = 10
_LEAST = 0.3
# Words that nobody translates in a name.
_SMALL = ("the", "of", "and", "de", "co", "ltd", "inc")


def near_names(
    index: Index,
    name: str,
    classes: frozenset[int] = frozenset(),
    most: int = _MOST,
) -> list[Match]:
    """Find marks near a name, best first, as whoever files or buys one looks for them.

    All marks are read for what may render the name in another script, by translated
    words and by sound; of a million that takes a fraction of a second.
    """
    asked = Offer("", name, classes=classes)
    found = {match.mark_id: match for match in index.match(asked)}
    for match in _rendering(index, name, most):
        other = found.get(match.mark_id)
        if other is None or (other.score < match.score and not other.excused):
            found[match.mark_id] = match
    best = sorted(found.values(), key=lambda m: (m.excused, -m.score, m.mark_id))
    return best[:most]


def _rendering(index: Index, name: str, most: int) -> list[Match]:
    """Give the marks of another script that render the name best."""
    query = _query(name)
    if query is None:
        return []
    matches = []
    for number, segment in enumerate(index.segments):
        store = segment.store
        alike = np.zeros(store.ends.size, np.float32)
        rendered((loaded(), _readings()), store, query, new_room(), alike)
        gone = index.gone.get(number, frozenset())
        best = np.argsort(-alike, kind="stable")[: most + len(gone)]
        for form in best[alike[best] >= _LEAST]:
            owners = owners_of(store, np.array([form]))[1].tolist()
            marks = [segment.mark(row) for row in owners[:most] if row not in gone]
            matches += [_match(index, mark, float(alike[form])) for mark in marks]
    return sorted(matches, key=lambda m: (-m.score, m.mark_id))[:most]


def _match(index: Index, mark: Mark, alike: float) -> Match:
    """Give the match of a mark that renders a name so well."""
    base, slope = index.weights.rendering
    count, told = len(index), {"mark": mark.text}
    reasons = (
        Reason("rendering", base + slope * alike, "title", "", told),
        Reason("among", among(index.weights, count), "", "", {"count": f"{count:,}"}),
    )
    score = score_of(sum(reason.weight for reason in reasons))
    return Match(mark.id, score, reasons, matcher=index.weights.matcher)


def _query(name: str) -> tuple[Array, Array, Array, bool] | None:
    """Read a name for its letters and the words of it that have translations."""
    words: list[list[int]] = [[]]
    for letter in folded(shown(name[:_LONGEST_NAME])):
        if letter == BREAK:
            words.append([])
        else:
            words[-1].append(letter)
    large = [word for word in words if "".join(map(chr, word)) not in _SMALL]
    words = large or words
    letters = list(chain.from_iterable(words))[:LONGEST]
    if len(letters) < 2:  # noqa: PLR2004 - one letter renders nothing
        return None
    is_han = any(letter >= HAN_FROM for letter in letters)
    spans = _spans_of_han(letters) if is_han else _spans_of_words(words)
    known = _translations()[is_han]
    rows: list[tuple[int, int, int, int, int]] = []
    other: list[int] = []
    for start, end in spans:
        for told in known.get(tuple(letters[start:end]), ()):
            tells = len(told) if not is_han else end - start
            rows.append((start, end, len(other), len(other) + len(told), tells))
            other += told
    entries = np.array(rows, np.int64).reshape(-1, 5)
    return np.array(letters, np.uint16), entries, np.array(other, np.uint16), is_han


def _spans_of_words(words: list[list[int]]) -> list[tuple[int, int]]:
    """Give the places of some words one behind the other, more words first."""
    ends = np.cumsum([len(word) for word in words]).tolist()
    spans = [
        (ends[first] - len(words[first]), ends[last])
        for first in range(len(words))
        for last in range(first, min(first + _MOST_WORDS, len(words)))
    ]
    return sorted((s for s in spans if s[1] <= LONGEST), key=lambda s: (s[0] - s[1], s))


def _spans_of_han(letters: list[int]) -> list[tuple[int, int]]:
    """Give the places of some characters one behind the other, more of them first."""
    return [
        (start, start + size)
        for size in range(6, 0, -1)
        for start in range(len(letters) - size + 1)
    ]


_Known = dict[tuple[int, ...], list[tuple[int, ...]]]


@functools.cache
def _translations() -> tuple[_Known, _Known]:
    """Read the words of trade: from Latin to Han, and back as names are written.

    Latin names are kept in look-alike letters, doubles once.
    """
    there: _Known = {}
    back: _Known = {}
    drawn = loaded().drawn
    text = (FOLDER / "translations.tsv").read_text("utf-8")
    for line in text.splitlines():
        word, others = line.split("\t")
        letters = tuple(folded(word))
        looks = [int(drawn[letter]) for letter in letters]
        once = [c for at, c in enumerate(looks) if at == 0 or looks[at - 1] != c]
        for han in sorted(others.split(), key=len, reverse=True):
            key = tuple(folded(han))
            there.setdefault(letters, []).append(key)
            back.setdefault(key, []).append(tuple(once))
    return there, back


@functools.cache
def _readings() -> tuple[Array, Array, Array]:
    """Read how Japanese names pronounce characters."""
    of, letters, starts = np.zeros(0x10000, np.uint16), "", [0]
    text = (FOLDER / "readings.tsv").read_text("utf-8")
    for line in text.splitlines():
        char, read = line.split("\t")
        letters += read
        starts.append(len(letters))
        of[folded(char)[0]] = len(starts) - 1
    return of, np.frombuffer(letters.encode(), np.uint8), np.array(starts, np.int32)
