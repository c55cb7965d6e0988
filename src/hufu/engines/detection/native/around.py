"""The words that a name is read in: what they are when nobody means the name."""

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.page import (
    DIGITS,
    KIND,
    KNOWN,
    OF_A_SHOP,
    RAW,
    RAW_END,
    SKELETON,
    SKELETON_END,
    TOKENS,
    WORD,
    first_raw,
    known,
    mixed,
    part,
    rank_of,
)
from hufu.engines.detection.native.windows import END, FIRST, LAST, RARE, START
from hufu.engines.detection.tables import OTHERS, OURS

# Letters of a word in a compound; of one that is a part of a code; its digits.
_IN_COMPOUND, _IN_CODE, _CODE_DIGITS = 3, 4, 3
# Single letters in a row that are no initials.
_SPELT_OUT = 4


@inlined
def known_between(tables, page, start, end):
    """Give the rank of the letters between two places, with what is added to it."""
    whole = part(page.hashes, start, end, tables.power)
    return known(tables, mixed(whole, end - start))


@inlined
def _sure(told):
    """Give how surely letters are a word or the name of a maker, 0 for neither."""
    return told if told < OTHERS else max(0, told - OURS - RARE)


@native
def known_words(tables, page, window, letters):
    """Look at the words in which a name is written otherwise.

    Give how common those are whose letters differ, and how many letters of the window
    belong to known words. A word, or the name of a maker, is no misspelt word.
    """
    first, last = window[FIRST], window[LAST]
    if last - first == 1:
        return _compound(tables, page, window[START], window[END]), 0
    one, other = _differing(page, window, letters)
    rank, count = OTHERS, 0
    for token in range(first, last):
        start, end = page.tokens[token, SKELETON], page.tokens[token, SKELETON_END]
        known_as = _sure(page.tokens[token, KNOWN])
        count += end - start if known_as else 0
        if start <= one < end or start <= other < end:
            rank = min(rank, known_as)
    return rank % OTHERS, count


@native
def _differing(page, window, letters):
    """Give where the first and the last letter differ, -1 where none does."""
    start, end = window[START], window[END]
    seen, size = page.skeleton[start:end], min(end - start, letters.size)
    first, last = 0, 0
    while first < size and seen[first] == letters[first]:
        first += 1
    while (
        last < size
        and page.skeleton[end - 1 - last] == letters[letters.size - 1 - last]
    ):
        last += 1
    if start + first >= end:
        return -1, -1
    return start + first, max(start + first, end - 1 - last)


@native
def _compound(tables, page, start, end):
    """Give how common the rarer word is where a word is made of two."""
    best = 0
    for at in range(start + _IN_COMPOUND, end - _IN_COMPOUND + 1):
        one = _sure(known_between(tables, page, start, at))
        other = _sure(known_between(tables, page, at, end))
        best = max(best, min(one, other))
    return best


@native
def is_of_a_code(page, window):
    """Say whether the last or the first word is the letters of a code: PAM00532."""
    first, last = window[FIRST], window[LAST] - 1
    before, after = max(first - 1, 0), min(last + 1, page.count[TOKENS] - 1)
    return _is_joined(page, before, first, first) or _is_joined(page, last, after, last)


@inlined
def _is_joined(page, one, other, word):
    """Say whether a short word and a number stand together without a space."""
    row, digits = page.tokens[word], page.tokens[one + other - word]
    return (
        one != other
        and row[KIND] == WORD
        and digits[KIND] == DIGITS
        and row[RAW_END] - row[RAW] <= _IN_CODE
        and digits[RAW_END] - digits[RAW] >= _CODE_DIGITS
        and page.tokens[one, RAW_END] == page.tokens[other, RAW]
    )


@native
def is_spelt_out(page, window):
    """Say whether a name of words stands there letter by letter: n-i-k-e."""
    for token in range(window[FIRST], window[LAST]):
        row = page.tokens[token]
        if row[KIND] == DIGITS or row[RAW_END] - row[RAW] > 1:
            return False
    return window[LAST] - window[FIRST] >= _SPELT_OUT


@native
def has_border(page, window):
    """Say whether capitals show where a name inside a word begins or ends: MyNike."""
    first, last = page.tokens[window[FIRST]], page.tokens[window[LAST] - 1]
    start, end = first_raw(page, window[START]), last[RAW_END]
    if window[END] < last[SKELETON_END]:
        end = page.root[window[END]]
    if start > first[RAW] and page.capital[start] and not page.capital[start - 1]:
        return 1
    if end == last[RAW_END]:
        return 0
    before = page.capital[end - 1]
    if page.capital[end]:
        return 0 if before else 1
    return 1 if before and page.capital[end - 2] else 0


@native
def rest_of_word(tables, page, window):
    """Say how the rest of a word reads: 2 both sides known words or empty, 1 one.

    Say as well whether one is a word that shops add to the name of what they sell.
    """
    first, last = page.tokens[window[FIRST]], page.tokens[window[LAST] - 1]
    told, of_shops = 0, 0
    for start, end in (
        (first[SKELETON], window[START]),
        (window[END], last[SKELETON_END]),
    ):
        size = end - start
        if size == 0:
            told += 1
        elif 2 <= size <= 18:
            key = mixed(part(page.hashes, start, end, tables.power), size)
            of_shops = max(of_shops, known(tables, key ^ OF_A_SHOP))
            told += rank_of(tables, key) > RARE
    return told, of_shops
