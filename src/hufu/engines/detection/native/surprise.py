"""How little letters look like a word: what a language model of letters is surprised.

Of a name that stands in a text by chance the letters follow each other as in words; of
a name with a letter changed they often do not.
"""

import numpy as np

from hufu.engines.detection.native.compiler import native
from hufu.engines.detection.tables import Array

# Letters a to z, and what stands before and behind a word.
_LETTERS = 27
_A, _Z = ord("a"), ord("z")
TRIPLES = _LETTERS**3
# A surprise is told in parts of a nat; a letter of a word has about so many.
PARTS, USUAL = 16, 37
LEAST, MOST = -4 * PARTS, 6 * PARTS
# Levels that surprise is told in before a name is looked at: the most of each.
LEVELS = (3 * PARTS, 5 * PARTS, 7 * PARTS, MOST - LEAST)
# How many times a shorter context counts beside what was seen of a longer one.
_WEIGHT = 5.0


@native
def _numbered(letter):
    """Give the number of a letter, 0 for any other sign."""
    return letter - _A + 1 if _A <= letter <= _Z else 0


@native
def count_triples(letters, ends, counts):
    """Count which letter follows which two, in words that have no other signs."""
    begun = 0
    for end in ends:
        plain = True
        for at in range(begun, end):
            plain = plain and _A <= letters[at] <= _Z
        if plain:
            before = 0
            for at in range(begun, end + 1):
                letter = _numbered(letters[at]) if at < end else 0
                counts[before * _LETTERS + letter] += 1
                before = before % _LETTERS * _LETTERS + letter
        begun = end


def surprises(counts: Array) -> Array:
    """Turn counts of triples into what each surprises, in parts of a nat.

    What was seldom seen counts by the shorter context (MacKay and Peto, "A hierarchical
    Dirichlet language model", 1995, with one weight for all).
    """
    three = counts.reshape(_LETTERS, _LETTERS, _LETTERS).astype(float)
    two = three.sum(axis=0)
    one = two.sum(axis=0) + 1
    chance = one / one.sum()
    for seen in (two, three):
        total = seen.sum(axis=-1, keepdims=True)
        chance = (seen + _WEIGHT * chance) / (total + _WEIGHT)
    parts: Array = np.rint(-PARTS * np.log(chance)).clip(0, 255).astype(np.uint8)
    return parts.reshape(-1)


@native
def surprise(tables, letters):
    """Say how much more letters surprise than those of a word, in parts of a nat."""
    total, before = 0, 0
    for at in range(letters.size + 1):
        letter = _numbered(letters[at]) if at < letters.size else 0
        total += tables.surprise[before * _LETTERS + letter] - USUAL
        before = before % _LETTERS * _LETTERS + letter
    return max(min(total, MOST), LEAST) - LEAST


@native
def level_of(tables, letters):
    """Give the level of what letters surprise."""
    told, level = surprise(tables, letters), 0
    while told > LEVELS[level]:
        level += 1
    return level
