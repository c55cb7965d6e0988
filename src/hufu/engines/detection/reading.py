"""The reader: tables with the common words in them, and room to read texts in."""

import functools
import re
from collections.abc import Sequence
from itertools import accumulate, islice

import numpy as np

from hufu.engines.detection import phrases, tables
from hufu.engines.detection.native.forms import Forms, make_forms, new_forms
from hufu.engines.detection.native.page import (
    AS_WRITTEN,
    OF_A_SHOP,
    Page,
    insert_words,
    new_page,
)
from hufu.engines.detection.native.surprise import (
    TRIPLES,
    count_triples,
    surprises,
)
from hufu.engines.detection.native.windows import Probes, new_probes
from hufu.engines.detection.tables import Array, Tables

Points = tuple[Array, Array]
TURNED = "\u202e"
_HIDDEN = "\u2060"
_ENDS = "\u202c\u2069"
_LONGEST_TEXT = 4000
_WORDS = 8192  # read at a time, for little memory
_NO_SALT = np.uint64(0)
_MERGED = re.compile(r"(.)\1|rn|vv")


def points_of(texts: Sequence[str]) -> Points:
    """Give the code points of all texts end to end, and where each ends.

    Lone surrogates are code points like any other: they separate words.
    """
    cut = [
        text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] for text in texts
    ]
    joined = "".join(cut)
    if TURNED in joined:
        cut = [shown(text) for text in cut]
        joined = "".join(cut)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return points, np.fromiter(accumulate(map(len, cut)), np.int64, len(cut))


def shown(text: str) -> str:
    """Write what a right-to-left override turns round as a reader sees it."""
    if TURNED not in text:
        return text
    out: list[str] = []
    turned: list[str] | None = None
    for letter in text:
        if letter == TURNED:
            turned = turned or []
        elif turned is not None and letter in (*_ENDS, "\u202d", "\n"):
            out += [*_turned(turned), letter]
            turned = None
            continue
        (out if turned is None else turned).append(letter)
    return "".join([*out, *_turned(turned or [])])


def _turned(letters: list[str]) -> list[str]:
    """Turn letters round, and leave a hidden sign where the text was turned."""
    back = letters[::-1]
    return [*back[:1], _HIDDEN, *back[1:]] if back else []


def folded(text: str) -> list[int]:
    """Give the folded letters of a text, `BREAK` between words."""
    fold = loaded().fold
    points = (ord(c) for c in text)
    return [int(c) for p in points if p < fold.shape[0] for c in fold[p] if c]


@functools.cache
def loaded() -> Tables:
    """Give the tables with the common words filled in; about half a second."""
    held, rows = tables.letters(), tables.common_words()
    counts = np.zeros(TRIPLES, np.int64)
    while batch := list(islice(rows, _WORDS)):
        forms = _insert(held, batch)
        count_triples(forms.letters, forms.ends[: forms.count[0]], counts)
        _insert(held, [row for row in batch if _MERGED.search(row[0])], AS_WRITTEN)
    _insert(held, [(word, 1) for word in phrases.SHOPS], OF_A_SHOP)
    return held._replace(surprise=surprises(counts))


def _insert(
    held: Tables, words: Sequence[tuple[str, int]], salt: np.uint64 = _NO_SALT
) -> Forms:
    """Insert words with their ranks; those as written also with no letters merged."""
    watched = np.full(len(words), salt == AS_WRITTEN, np.uint8)
    forms = forms_of([word for word, _ in words], held, watched)
    total = int(forms.count[0])
    ranks = np.array([rank for _, rank in words], np.uint8)
    insert_words(held, forms.key[:total] ^ salt, ranks[forms.owner[:total]])
    return forms


def forms_of(
    texts: Sequence[str], held: Tables | None = None, watched: Array | None = None
) -> Forms:
    """Give the forms of names."""
    points, ends = points_of(texts)
    forms = new_forms(len(texts), points.size)
    room = new_page(), new_page()
    if watched is None:
        watched = np.zeros(len(texts), np.uint8)
    make_forms(held or loaded(), (points, ends, watched), *room, forms)
    return forms


def new_scratch() -> tuple[Page, Page, Probes]:
    """Make room for the search of one text after another."""
    return new_page(), new_page(), new_probes()
