"""What a hit is judged by, as numbers; the native half of the score."""

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.hits import (
    ALIKE,
    AT_START,
    BORDER,
    CUT,
    DISGUISED,
    EXCHANGED,
    FORM,
    INSIDE_WORD,
    KNOWN_LETTERS,
    LETTERS,
    NUMERALS,
    OF_SHOPS,
    PLAIN_TRICKS,
    RANKED,
    REST,
    SAME_LETTERS,
    SIZE,
    SPLIT,
    SURPRISE,
    TRICK,
    TWO_EDITS,
    TYPO,
    TYPO_INSIDE,
    WHOLE_TEXT,
)
from hufu.engines.detection.native.lengths import step_of, told_of
from hufu.engines.detection.native.page import is_digit
from hufu.engines.detection.native.store import letters_of
from hufu.engines.detection.native.surprise import PARTS
from hufu.engines.detection.tables import HAN_FROM, OTHERS

(
    COMMON,
    COMMON_TRICK,
    CUTS,
    WHOLE,
    START,
    JOINS,
    JOINS_TRICK,
    REST_KNOWN,
    FIRST_LETTER,
    DRAWN_ALIKE,
    NUMBER,
    DIGITS,
    DISGUISE,
    SURPRISED,
    IN_KNOWN_WORDS,
    LOST,
    ADDED,
    SWAPPED,
    COMMON_DISGUISED,
    BORDERED,
    BESIDE_SHOP_WORD,
    CLASS_AGREES,
    CLASS_DIFFERS,
) = range(23)
MOST_SPLIT = 3
# A word as common as this counts as one more common: people write it every day.
EVERYDAY = 4
MISSPELT = (TYPO, TYPO_INSIDE, TWO_EDITS)


@native
def describe(store, row, room, out):
    """Write the features of one hit; give the step of its letters."""
    trick, form = row[TRICK], row[FORM]
    letters = room[: letters_of(store, form, room)]
    out[:] = 0
    told, digits = told_of(letters), 0
    for letter in letters:
        digits += is_digit(letter)
    plain = trick in PLAIN_TRICKS
    same = trick in SAME_LETTERS
    out[COMMON if same else COMMON_TRICK] = _common(row, same)
    out[CUTS] = row[CUT]
    out[WHOLE] = row[WHOLE_TEXT]
    out[START] = row[AT_START] if plain else 0
    if letters[0] < HAN_FROM:
        out[JOINS if plain else JOINS_TRICK] = min(row[SPLIT], MOST_SPLIT)
    if trick in (INSIDE_WORD, TYPO_INSIDE):
        out[REST_KNOWN], out[BESIDE_SHOP_WORD] = row[REST], row[OF_SHOPS]
    if letters[0] < HAN_FROM:
        out[FIRST_LETTER] = row[ALIKE]
    else:
        out[DRAWN_ALIKE] = row[ALIKE] if trick == TYPO else 0
    out[DISGUISE] = row[DISGUISED]
    out[SURPRISED] = row[SURPRISE] / PARTS
    out[IN_KNOWN_WORDS] = row[KNOWN_LETTERS]
    out[BORDERED] = row[BORDER] if trick == INSIDE_WORD else 0
    out[NUMBER] = digits == letters.size
    if digits < row[NUMERALS]:
        out[DIGITS] = min(row[NUMERALS], 3)
    if digits < row[NUMERALS] or row[DISGUISED]:
        out[COMMON_DISGUISED] = out[COMMON]
    if trick in MISSPELT and letters[0] < HAN_FROM:
        out[LOST] = row[SIZE] < row[LETTERS]
        out[ADDED] = row[SIZE] > row[LETTERS]
        out[SWAPPED] = row[EXCHANGED]
    return step_of(told)


@inlined
def _common(row, same):
    """Say how common the word is that was read, or that a changed name may be."""
    rank = row[RANKED] % OTHERS
    if not same:
        return rank
    return rank + (rank >= EVERYDAY) if row[RANKED] >= OTHERS else 0


@native
def describe_all(store, rows, room, told, values):
    """Write the features of many hits, one row each; `room` is for a name."""
    for at in range(rows.shape[0]):
        told[at] = describe(store, rows[at], room, values[at])


@native
def weigh(store, rows, weights, room, out):
    """Write the points of every hit, its classes left aside.

    `room` is for a name and the features of a hit.
    """
    points, features = weights
    name, values = room
    for at in range(rows.shape[0]):
        step = describe(store, rows[at], name, values)
        trick = rows[at, TRICK]
        total = points[trick, step]
        for column in range(features.size):
            total += features[column] * values[column]
        out[at] = total
