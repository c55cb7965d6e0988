"""The windows of words: whole, joined, misspelt, and inside longer words."""

import numpy as np
from numba import njit

from hufu.engines.detection.native.page import (
    DIGITS,
    HAN,
    KIND,
    RANK,
    RAW,
    RAW_END,
    SKELETON,
    SKELETON_END,
    SKELETONS,
    TOKENS,
    WORD,
    mixed,
    part,
    rank_of,
    skeleton,
)
from hufu.engines.detection.native.sounds import (
    heard,
    key_of,
    key_of_sound,
)
from hufu.engines.detection.native.windows import (
    _EDGE,
    _HEARD,
    _INSIDE_FROM,
    _INSIDE_TO,
    _MISSPELT,
    _MOST_WORDS,
    _N,
    _R,
    COMMON,
    END,
    FIRST,
    INSIDE,
    JOINED,
    LAST,
    LESS,
    LESS_TWO,
    RARE,
    RAW_FROM,
    SOUND,
    START,
    TYPO_LETTERS,
    WHOLE,
    WORDS,
    ask,
    open_window,
    without,
)
from hufu.engines.detection.tables import (
    LONGEST,
)


@njit(cache=True, nogil=True)
def ask_words(tables, page, spare, probes, where):
    """Open the windows of whole words that begin at a token."""
    first, depth = where
    tokens = page.tokens
    start = tokens[first, SKELETON]
    single, rare, heard_so_far, common = True, False, 0, 9
    merges = False
    for token in range(first, min(first + LONGEST, page.count[TOKENS])):
        row = tokens[token]
        end = row[SKELETON_END]
        size = end - start
        single = single and row[SKELETON_END] - row[SKELETON] <= 1
        joined = token - first + 1
        if row[KIND] == HAN or size > LONGEST or (joined > _MOST_WORDS and not single):
            return
        common = min(common, row[RANK]) if row[KIND] == WORD else common
        rare = rare or (row[KIND] == WORD and row[RANK] <= RARE)
        if joined <= _HEARD:
            heard_so_far = heard(
                page.raw, row[RAW], row[RAW_END], spare.raw, heard_so_far
            )
        merges = merges or (joined > 1 and (single or _merges(page, token)))
        if size < 1 or (joined > 1 and size < _EDGE):
            continue
        window = open_window(probes, start, end, WORDS)
        if window < 0:
            return
        row = probes.windows[window]
        row[FIRST], row[LAST], row[COMMON] = first, token + 1, common
        _as_written(tables, page, spare, probes, (window, merges))
        if not rare or size < _MISSPELT or size > TYPO_LETTERS:
            continue
        if joined <= _HEARD:
            sound = key_of_sound(spare.raw, heard_so_far, tables)
            if sound != np.uint64(0):
                ask(probes, sound, SOUND)
        if joined <= _MISSPELT:
            _misspelt(tables, page, probes, window)
        if depth > 1 and joined <= 2 and size >= 6:
            _misspelt_twice(tables, page, probes, window)


@njit(cache=True, nogil=True)
def _as_written(tables, page, spare, probes, facts):
    """Ask for a window as it stands, and as one word where that reads differently."""
    window, merges = facts
    row = probes.windows[window]
    size = row[END] - row[START]
    whole = mixed(part(page.hashes, row[START], row[END], tables.power), size)
    common = row[COMMON]
    row[COMMON] = rank_of(tables, whole)
    if row[LAST] - row[FIRST] > 1 and common < 9:
        row[COMMON] = max(row[COMMON], common - 2)
    ask(probes, whole, WHOLE)
    if merges:
        _joined(tables, page, spare, probes, window)


@njit(cache=True, nogil=True)
def _merges(page, token):
    """Say whether two words read differently when the space between them is gone."""
    row, before = page.tokens[token], page.tokens[token - 1]
    if row[RAW] == before[RAW_END]:
        return True  # a number cut off its word: its digits may be letters
    if min(row[RAW_END] - row[RAW], before[RAW_END] - before[RAW]) < 2:
        return False
    last = page.skeleton[before[SKELETON_END] - 1]
    after = page.skeleton[row[SKELETON]]
    return last == after or (last == _R and after == _N)


@njit(cache=True, nogil=True)
def _joined(tables, page, spare, probes, window):
    """Ask for the words of a window as one word."""
    row = probes.windows[window]
    size = 0
    for token in range(row[FIRST], row[LAST]):
        word = page.tokens[token]
        for at in range(word[RAW], word[RAW_END]):
            if size < LONGEST:
                spare.raw[RAW_FROM + size] = page.raw[at]
                size += 1
    spare.count[SKELETONS] = 0
    letters = skeleton(tables, spare, RAW_FROM, RAW_FROM + size)
    ask(probes, key_of(spare.skeleton, letters, tables), JOINED)


@njit(cache=True, nogil=True)
def _misspelt(tables, page, probes, window):
    """Ask for the window without each letter of its rare words."""
    row = probes.windows[window]
    for token in range(row[FIRST], row[LAST]):
        word = page.tokens[token]
        if word[KIND] == WORD and word[RANK] <= RARE:
            for at in range(word[SKELETON], word[SKELETON_END]):
                key = without(page, row[START], row[END], at, tables.power)
                ask(probes, key, LESS)


@njit(cache=True, nogil=True)
def _misspelt_twice(tables, page, probes, window):
    """Ask for the window without each two letters."""
    row = probes.windows[window]
    start, end, power = row[START], row[END], tables.power
    hashes = page.hashes
    for one in range(start, end - 1):
        head = part(hashes, start, one, power)
        for two in range(one + 1, end):
            middle = part(hashes, one + 1, two, power)
            tail = part(hashes, two + 1, end, power)
            total = (head * power[two - one - 1] + middle) * power[end - two - 1] + tail
            ask(probes, mixed(total, end - start - 2), LESS_TWO)


@njit(cache=True, nogil=True)
def ask_inside(tables, page, probes, token, depth):
    """Open the windows inside one word that is not a common one."""
    row = page.tokens[token]
    start, end = row[SKELETON], row[SKELETON_END]
    if row[KIND] == DIGITS or row[RANK] > RARE or end - start < _INSIDE_FROM:
        return
    power = tables.power
    for left in range(start, end - 1):
        for right in range(left + 2, min(end, left + _INSIDE_TO) + 1):
            size = right - left
            edge = left == start or right == end
            least = 2 if depth == 0 else _EDGE
            if size == end - start or size < (
                least if edge else _INSIDE_FROM - (depth == 0)
            ):
                continue
            window = open_window(probes, left, right, INSIDE)
            if window < 0:
                return
            probes.windows[window, FIRST] = token
            probes.windows[window, LAST] = token + 1
            ask(probes, mixed(part(page.hashes, left, right, power), size), WHOLE)
            if depth == 0 and size >= _INSIDE_FROM:
                for at in range(left, right):
                    ask(probes, without(page, left, right, at, power), LESS)
