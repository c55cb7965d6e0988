"""How many letters a name is written apart from a mark, beside its trick."""

import numpy as np

from hufu.engines.detection.native import hits
from hufu.engines.detection.native.edits import edits
from hufu.engines.detection.reading import folded, loaded
from hufu.engines.detection.tables import BREAK, LONGEST

# How many letters a trick changes by itself; names of other tricks are not compared.
_CHANGED = {
    hits.EXACT: 0,
    hits.INSIDE_WORD: 0,
    hits.TYPO: 1,
    hits.TYPO_INSIDE: 1,
    hits.TWO_EDITS: 2,
    hits.SOUNDS_LIKE: 2,  # a sound may take two letters: "f", "ph"
    hits.SOUNDS_INSIDE: 2,
}
_MOST = 4


def letters_apart(part: str, mark: str, trick: int) -> int:
    """Count the letters that differ although they are looked up as if they did not.

    Names are found by letters that are drawn alike, doubles once: "eill" is "el" then.
    A digit that stands for a letter, or "rn" for "m", is no other letter.
    """
    if trick not in _CHANGED:
        return 0
    one, other = _letters(part), _letters(mark)
    room = np.zeros((3, LONGEST + 1), np.int64)
    apart = int(edits(one, other, loaded().drawn, room)) - _CHANGED[trick]
    return min(max(apart, 0), _MOST)


def _letters(text: str) -> np.ndarray:
    letters = [letter for letter in folded(text) if letter > BREAK]
    return np.array(letters[:LONGEST], np.uint16)
