"""A text as the native code reads it: letters, words, look-alike letters, hashes."""

from typing import NamedTuple

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.tables import (
    BREAK,
    HAN_FROM,
    HAN_TO,
    LONGEST,
    OTHERS,
    OURS,
    Array,
    Tables,
)

WORD, DIGITS, HAN = 0, 1, 2
READ = 4000  # letters of a text that are read; what follows is left out
_TOKENS = 2000
# Columns of a token.
SKELETON, SKELETON_END, RAW, RAW_END, KIND, CODE, KNOWN, RANK = range(8)
# Counters of a page.
LETTERS, SKELETONS, TOKENS, ODDS = range(4)
_MOST_DIGITS = 3
# How much less common letters are than a word that is written without their doubles.
UNWRITTEN = 4
# Mixed into the keys of words as they are written before letters merge, and of words
# that shops add to a name.
AS_WRITTEN, OF_A_SHOP = np.uint64(0x27BB2EE687), np.uint64(0x5DEECE66D)
# Letters from here on are of no Latin alphabet, though some look like it.
_ODD = 0x250
_ACCENTS_FROM, _ACCENTS_TO = 0x300, 0x370
_APOSTROPHES = (0x27, 0x60, 0x2BC, 0x2018, 0x2019)
_FIRST_DIGIT, _LAST_DIGIT = 48, 57
_A, _Z, _R, _N, _M, _V, _W, _L = (ord(c) for c in "AZrnmvwl")


class Page(NamedTuple):
    """One text at a time: its folded letters, its skeleton, its tokens.

    `raw` holds folded codes, `place` where each stood in the text, `odd` whether it is
    a letter of another script or stands behind a hidden one, and `capital` whether it
    is written large; `skeleton` the look-alike letters and `root` the raw letter of
    each; `hashes` and `sounds` are rolling hashes of the skeleton and of its syllables
    up to each letter; `inside` marks letters of Han words that must not be cut before.
    """

    raw: Array
    place: Array
    odd: Array
    capital: Array
    skeleton: Array
    root: Array
    hashes: Array
    sounds: Array
    inside: Array
    tokens: Array
    count: Array  # type: ignore[assignment]  # hides tuple.count


def new_page() -> Page:
    """Make room for one text."""
    most = 3 * READ + 8
    return Page(
        raw=np.zeros(most, np.uint16),
        place=np.zeros(most, np.int32),
        odd=np.zeros(most, np.uint8),
        capital=np.zeros(most, np.uint8),
        skeleton=np.zeros(most, np.uint16),
        root=np.zeros(most, np.int32),
        hashes=np.zeros(most, np.uint64),
        sounds=np.zeros(most, np.uint64),
        inside=np.zeros(most, np.uint8),
        tokens=np.zeros((_TOKENS, 8), np.int32),
        count=np.zeros(4, np.int64),
    )


@inlined
def mixed(number, size):
    """Spread a rolling hash over 64 bits, together with the length."""
    number ^= np.uint64(size) * np.uint64(0x9E3779B1)
    number ^= number >> np.uint64(32)
    number *= np.uint64(0xD6E8FEB86659FD93)
    number ^= number >> np.uint64(32)
    number *= np.uint64(0xD6E8FEB86659FD93)
    return number ^ (number >> np.uint64(32))


@inlined
def part(hashes, start, end, power):
    """Give the rolling hash of the letters between two places."""
    return hashes[end] - hashes[start] * power[end - start]


@inlined
def rank_of(tables, key):
    """Give how common a word is in any language, 0 for a name or what is not known."""
    rank = known(tables, key)
    return rank % OTHERS if rank >= OTHERS else 0


@inlined
def known(tables, key):
    """Give the rank of a word with what is added to it, 0 for one that is not known."""
    slots = np.uint64(tables.keys.size - 1)
    at = key & slots
    while tables.keys[at] != np.uint64(0):
        if tables.keys[at] == key:
            return np.int64(tables.ranks[at])
        at = (at + np.uint64(1)) & slots
    return 0


@inlined
def first_raw(page, start):
    """Give the first raw letter of a window: in "plusStar" the second "s" of two."""
    at = page.root[start]
    same = at + 1 < page.count[LETTERS] and page.raw[at + 1] == page.raw[at]
    return at + 1 if same and page.capital[at + 1] and not page.capital[at] else at


@inlined
def known_as_written(tables, page, letters, raw):
    """Give what `known` does of letters, less where nobody writes the word so.

    "Archhive" reads as "archive", but is hardly that word. Given are the first letter
    and the end, of the skeleton and as they were written.
    """
    (start, end), (first, last) = letters, raw
    size = end - start
    told = known(tables, mixed(part(page.hashes, start, end, tables.power), size))
    if told == 0 or last - first == size:
        return told
    total = np.uint64(0)
    for at in range(first, last):
        letter = tables.drawn[page.raw[at]]
        total = total * tables.power[1] + tables.code[letter]
    written = known(tables, mixed(total, last - first) ^ AS_WRITTEN)
    if written:
        return written
    return told - UNWRITTEN if told % OTHERS > UNWRITTEN else 0


@native
def read(tables, points, page):
    """Fold the code points of one text into the page, and hash what it says."""
    fold, raw, place = tables.fold, page.raw, page.place
    written, hidden = 0, False
    page.count[ODDS] = 0
    for at in range(min(points.size, READ)):
        point = points[at]
        if point >= fold.shape[0]:
            raw[written], place[written], page.odd[written] = BREAK, at, 0
            written += 1
            continue
        hidden = hidden or (fold[point, 0] == 0 and not _is_honest(point))
        for column in range(3):
            letter = fold[point, column]
            if letter == 0:
                break
            odd = letter < HAN_FROM and (hidden or (letter > BREAK and point >= _ODD))
            raw[written], place[written], page.odd[written] = letter, at, odd
            page.capital[written] = _A <= point <= _Z
            page.count[ODDS] += odd
            written, hidden = written + 1, False
    page.count[LETTERS] = written
    page.count[SKELETONS] = 0
    page.count[TOKENS] = 0
    page.hashes[0] = np.uint64(0)
    page.sounds[0] = np.uint64(0)
    _tokens(tables, page)


@inlined
def _is_honest(point):
    """Say whether a sign that is left out hides nothing: an accent, an apostrophe."""
    if _ACCENTS_FROM <= point < _ACCENTS_TO:
        return True
    for apostrophe in _APOSTROPHES:
        if point == apostrophe:
            return True
    return False


@inlined
def is_sign(letter):
    """Say whether a character is a letter only inside a word: @ $ ! |."""
    return letter == 64 or letter == 36 or letter == 33 or letter == 124


@inlined
def _is_han(letter):
    return HAN_FROM <= letter < HAN_TO


@inlined
def is_digit(letter):
    """Say whether a letter is one of ten digits."""
    return _FIRST_DIGIT <= letter <= _LAST_DIGIT


@native
def _tokens(tables, page):
    """Cut the letters into runs of Han, words, and numbers at the ends of words."""
    raw, total = page.raw, page.count[LETTERS]
    at = 0
    while at < total and page.count[TOKENS] < page.tokens.shape[0] - 4:
        letter = raw[at]
        start = at
        if letter == BREAK or (is_sign(letter) and not _starts(raw, at, total)):
            at += 1
        elif _is_han(letter):
            while at < total and _is_han(raw[at]):
                at += 1
            _add(tables, page, start, at, HAN)
        else:
            at = _word_end(raw, at, total)
            _words(tables, page, start, at)


@native
def _starts(raw, at, total):
    """Say whether a sign begins a word: "@pple", but not "! new"."""
    after = at + 1
    if after >= total or raw[at] == 33 or raw[at] == 124:
        return False
    return raw[after] != BREAK and not _is_han(raw[after]) and not is_sign(raw[after])


@native
def _word_end(raw, at, total):
    """Find the end of a word; a sign at its end does not belong to it."""
    end = at + 1
    while end < total and raw[end] != BREAK and not _is_han(raw[end]):
        end += 1
    while end > at + 1 and is_sign(raw[end - 1]):
        end -= 1
    return end


@native
def _words(tables, page, start, end):
    """Add a word, and numbers of two digits or more at its ends by themselves."""
    raw = page.raw
    head = start
    while head < end and is_digit(raw[head]):
        head += 1
    if head == end:
        _add(tables, page, start, end, DIGITS)
        return
    tail = end
    while tail > head and is_digit(raw[tail - 1]):
        tail -= 1
    if head - start < 2:
        head = start
    if end - tail < 2 or tail - head < 2:
        tail = end
    if head > start:
        _add(tables, page, start, head, DIGITS)
    _add(tables, page, head, tail, WORD)
    if tail < end:
        _add(tables, page, tail, end, DIGITS)


@native
def _add(tables, page, start, end, kind):
    """Write one token with its skeleton, its hashes and its rank."""
    token = page.tokens[page.count[TOKENS]]
    begun = page.count[SKELETONS]
    written = begun
    token[CODE] = kind == WORD and _is_code(page.raw, start, end)
    if kind == WORD and not token[CODE]:
        written = skeleton(tables, page, start, end)
    else:
        for at in range(start, end):
            page.skeleton[written], page.root[written] = page.raw[at], at
            written += 1
    for at in range(begun, written):
        letter = page.skeleton[at]
        base = tables.power[1]
        page.hashes[at + 1] = page.hashes[at] * base + tables.code[letter]
        sound = tables.code[tables.syllable[letter]]
        page.sounds[at + 1] = page.sounds[at] * base + sound
        page.inside[at] = 0
    page.inside[written] = 0
    page.count[SKELETONS] = written
    token[SKELETON], token[SKELETON_END] = begun, written
    token[RAW], token[RAW_END] = start, end
    token[KIND], token[KNOWN] = kind, 0
    if kind == WORD and written - begun <= tables.power.size - 2:
        letters, raw = (begun, written), (start, end)
        token[KNOWN] = known_as_written(tables, page, letters, raw)
    token[RANK] = max(token[KNOWN] - OURS, 0)
    page.count[TOKENS] += 1


@inlined
def _is_code(raw, start, end):
    """Say whether letters and digits form a code of goods, not a disguised word."""
    digits, run, longest = 0, 0, 0
    for at in range(start, end):
        run = run + 1 if is_digit(raw[at]) else 0
        digits += 1 if run else 0
        longest = max(longest, run)
    if digits and end - start <= _MOST_DIGITS:
        return True
    return longest >= _MOST_DIGITS or 2 * digits > end - start


@native
def skeleton(tables, page, start, end):
    """Write look-alike letters: doubles once, rn as m, vv as w."""
    begun = page.count[SKELETONS]
    written = begun
    for at in range(start, end):
        letter = page.raw[at]
        drawn = tables.drawn[letter]
        if written > begun:
            last = page.skeleton[written - 1]
            same = page.raw[page.root[written - 1]] == letter
            if drawn == last and (same or drawn != _L):
                if drawn == _V:
                    page.skeleton[written - 1] = _W
                continue
            if last == _R and drawn == _N:
                page.skeleton[written - 1] = _M
                continue
        page.skeleton[written], page.root[written] = drawn, at
        written += 1
    return written


@native
def unmerged(tables, page, first, last, out):
    """Write the look-alike letters of words where none is merged; give how many.

    None (0) where a word is Han, or all are too long.
    """
    size = 0
    for token in range(first, last):
        row = page.tokens[token]
        start, end = row[RAW], row[RAW_END]
        if row[KIND] == HAN or size + end - start > LONGEST:
            return 0
        plain = row[KIND] == DIGITS or row[CODE]
        for at in range(start, end):
            letter = page.raw[at]
            out[size] = letter if plain else tables.drawn[letter]
            size += 1
    return size


def insert_words(tables: Tables, keys: Array, ranks: Array) -> None:
    """Fill the table of common words; equal words keep the higher rank."""
    _insert(tables.keys, tables.ranks, keys, ranks)


@native
def _insert(slots, held, keys, ranks):
    full = np.uint64(slots.size - 1)
    for number in range(keys.size):
        at = keys[number] & full
        while slots[at] != np.uint64(0) and slots[at] != keys[number]:
            at = (at + np.uint64(1)) & full
        slots[at] = keys[number]
        held[at] = max(held[at], ranks[number])
