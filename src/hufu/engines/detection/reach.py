"""What an entry of the index must be for a hit to have a chance to reach a floor.

Most of what keys lead to in a large index are misspellings of short names, which never
have enough points. A window and an entry tell the trick and the length of the name,
and so the most points there may be, before the name is looked at.
"""

import functools
from itertools import product

import numpy as np

from hufu.engines.detection.native import entries, hits, windows
from hufu.engines.detection.native.features import EVERYDAY, MISSPELT, MOST_SPLIT
from hufu.engines.detection.native.forms import (
    E_LABEL,
    E_LESS,
    E_LESS_TWO,
    E_OTHER,
    E_SOUND,
    E_SPELT,
    E_SYLLABLES,
    E_WHOLE,
)
from hufu.engines.detection.native.lengths import (
    LENGTHS,
    LENGTHS_EACH,
    STEPS,
    STEPS_EACH,
)
from hufu.engines.detection.native.surprise import LEVELS, PARTS
from hufu.engines.detection.tables import OTHERS, Array
from hufu.engines.detection.weights import FEATURES, Weights

_SORTS, _HOWS, _ODD, _SHOWN = 4, 9, 2, 4
_BITS = 1 << np.arange(LENGTHS_EACH, dtype=np.uint64)
_WORDS = (windows.WORDS,)
_INSIDE = (windows.INSIDE,)
_HAN = (windows.RUN, windows.ACROSS)
_OUTSIDE = (*_WORDS, *_HAN)
_ALL = (*_OUTSIDE, *_INSIDE)
_CHANGED = (hits.TYPO, hits.TWO_EDITS, hits.LOOK_ALIKE)
# What keys of a window and of a form, made so, may be found to be: `hits._check`.
_LEADS = (
    ((windows.WHOLE,), (E_WHOLE,), _OUTSIDE, (hits.EXACT,)),
    ((windows.WHOLE,), (E_WHOLE,), _INSIDE, (hits.INSIDE_WORD,)),
    ((windows.WHOLE,), (E_OTHER,), _ALL, (hits.PART_OF_NAME, hits.KNOWN_NAME)),
    (
        (windows.WHOLE, windows.SPELT, windows.JOINED),
        (E_SPELT,),
        _OUTSIDE,
        (hits.SPELLING, hits.KNOWN_NAME),
    ),
    ((windows.SPELT,), (E_SPELT,), _HAN, (hits.HOMOPHONE,)),
    ((windows.SPELT,), (E_WHOLE,), _ALL, (hits.SPELLING,)),
    ((windows.JOINED,), (E_WHOLE,), _ALL, (hits.EXACT,)),
    ((windows.SOUND,), (E_SOUND,), _OUTSIDE, (hits.SOUNDS_LIKE,)),
    ((windows.SOUND,), (E_SOUND,), _INSIDE, (hits.SOUNDS_INSIDE,)),
    ((windows.SYLLABLES,), (E_SYLLABLES,), _ALL, (hits.HOMOPHONE,)),
    ((windows.NEAR,), (E_WHOLE, E_OTHER), _ALL, (hits.LOOK_ALIKE,)),
    ((windows.WHOLE,), (E_LESS,), _WORDS, (hits.TYPO,)),
    ((windows.LESS,), (E_WHOLE, E_OTHER, E_LESS), _WORDS, (hits.TYPO,)),
    ((windows.WHOLE,), (E_LESS,), _HAN, (hits.TYPO, hits.LOOK_ALIKE)),
    (
        (windows.LESS,),
        (E_WHOLE, E_OTHER, E_LESS),
        _HAN,
        (hits.TYPO, hits.LOOK_ALIKE),
    ),
    ((windows.WHOLE,), (E_LESS,), _INSIDE, (hits.TYPO_INSIDE,)),
    ((windows.LESS,), (E_WHOLE, E_OTHER, E_LESS), _INSIDE, (hits.TYPO_INSIDE,)),
    (
        (windows.LESS_TWO,),
        (E_WHOLE, E_OTHER, E_LESS),
        _WORDS,
        (hits.TYPO, hits.TWO_EDITS),
    ),
    ((windows.UNMERGED,), (E_WHOLE, E_OTHER, E_LESS), _WORDS, (hits.TYPO,)),
    (range(_HOWS), (E_LESS_TWO,), _WORDS, (hits.TYPO, hits.TWO_EDITS)),
)
_LABEL_LEADS = (
    ((windows.WHOLE,), (E_LABEL,), _ALL, (hits.PART_IN_DOMAIN, hits.PART_MISSPELT)),
    ((windows.LESS, windows.UNMERGED), (E_LABEL,), _ALL, (hits.PART_MISSPELT,)),
)
_OF_LETTERS = ("letter_lost", "letter_added", "letters_exchanged")
_OF_RANK = ("common", "common_trick", "common_disguised")
# The greatest value of each other feature; none is below 0.
_MOST = {
    "cuts": 2,
    "whole_text": 1,
    "at_start": 1,
    "joined": MOST_SPLIT,
    "joined_trick": MOST_SPLIT,
    "rest_known": 2,
    "first_letter": 1,
    "alike": 2,
    "number": 1,
    "digits": 3,
    "disguised": 1,
    "known_letters": 0,
    "capitals": 1,
    "shop_word": 1,
    "surprise": LEVELS[-1] / PARTS,
    "class_agrees": 0,
    "class_differs": 0,
}


@functools.lru_cache(64)
def reach(weights: Weights, floor: float, plain: float, *, domain: bool) -> Array:
    """Give the entries worth a look, for each kind of key.

    A bit for each meaning and length of an entry, by whether the text has letters of
    another script or hidden ones, what the window shows (`entries`), how little its
    letters look like a word, how the key was made, the sort of its window, where that
    stands, and how common it is; `plain` is how much less than the floor a name written
    plainly may have.
    """
    texts = tuple(product(range(_ODD), range(_SHOWN), range(len(LEVELS))))
    shape = (_ODD, _SHOWN, len(LEVELS), _HOWS, _SORTS, entries.PLACES, entries.RANKS)
    held = np.zeros(shape, np.uint64)
    most = functools.cache(functools.partial(_most_points, weights))
    for hows, meanings, sorts, tricks in (*_LEADS, *(_LABEL_LEADS if domain else ())):
        places = product(tricks, texts, sorts, range(entries.PLACES))
        for trick, text, sort, place in places:
            least = floor - plain * (trick == hits.EXACT)
            for how, means in product(hows, meanings):
                edits = _edits(how, means) if trick in MISSPELT else ()
                enough = most(trick, text, (sort, place), edits) >= least
                bits = enough @ _BITS
                shifted = bits << np.uint64(means * LENGTHS_EACH)
                held[(*text, how, sort, place)] |= shifted
    return held


def _edits(how: int, means: int) -> tuple[str, ...]:
    """Give the edits that keys made so may be of, beside a replaced letter."""
    if how == windows.WHOLE and means == E_LESS:
        return ("letter_lost",)
    if how == windows.LESS and means != E_LESS_TWO:
        return ("letters_exchanged",) if means == E_LESS else ("letter_added",)
    return _OF_LETTERS


def _most_each(
    trick: int, text: tuple[int, int, int], where: tuple[int, int]
) -> dict[str, float]:
    """Give the greatest value of each feature but ranks and letters."""
    (odd, shown, level), (sort, place) = text, where
    inside = sort == windows.INSIDE
    spelt_out = shown & entries.SHOWN_LETTERS and not inside
    bordered, of_shops = shown & entries.SHOWN_BORDER, shown & entries.SHOWN_SHOP
    most = _MOST | {"surprise": LEVELS[level] / PARTS}
    most["disguised"] = bool(odd or spelt_out)
    most["whole_text"] = place == entries.ALL
    most["at_start"] = place != entries.LATER and trick in hits.PLAIN_TRICKS
    most["rest_known"] *= inside
    most["first_letter"] *= trick in _CHANGED
    most["surprise"] *= trick in hits.UNLIKELY_TRICKS
    most["capitals"] = bool(bordered) and trick == hits.INSIDE_WORD
    most["shop_word"] = bool(of_shops) and inside
    return most


def _most_points(
    weights: Weights,
    trick: int,
    text: tuple[int, int, int],
    where: tuple[int, int],
    edits: tuple[str, ...],
) -> Array:
    """Give the most points of a hit by how common it is and by its length."""
    most, same = _most_each(trick, text, where), trick in hits.SAME_LETTERS
    common = weights.feature("common" if same else "common_trick")
    inside = where[0] == windows.INSIDE
    if same and (text[1] & entries.SHOWN_DIGITS or inside or most["disguised"]):
        common += max(0.0, weights.feature("common_disguised"))
    beside = sum(
        max(0.0, weights.feature(name) * most[name])
        for name in FEATURES
        if name not in (*_OF_RANK, *_OF_LETTERS)
    )
    beside += max((weights.feature(name) for name in edits), default=0.0)
    codes = np.arange(entries.RANKS)
    rank = codes % OTHERS
    rank += same & (rank >= EVERYDAY)
    ranks = common * rank * ((codes >= OTHERS) | (not same))
    length = np.searchsorted(LENGTHS, np.arange(STEPS) / STEPS_EACH)
    told = np.full(LENGTHS_EACH, -np.inf)
    np.maximum.at(told, length, weights.points[trick])
    rounding = 1e-6
    most_points: Array = told + ranks[:, None] + (beside + rounding)
    return most_points
