"""What is looked up for a text: its windows, and the keys of each."""

from typing import NamedTuple

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
    key_of_syllables,
    spelt,
)
from hufu.engines.detection.tables import LONGEST, NEAR_FROM, NEAR_TO, Array

# Where a window stands: whole words, a run of Han, inside a word, across scripts.
WORDS, RUN, INSIDE, ACROSS = range(4)
# How a key was made from its window.
WHOLE, LESS, SOUND, SPELT, SYLLABLES, LESS_TWO, NEAR, JOINED = range(8)
# Columns of a window.
START, END, FIRST, LAST, SORT, COMMON, CUTS = range(7)
# Counters of the probes.
KEYS, WINDOWS = range(2)
# A word this rare may be a misspelt name.
RARE = 2
TYPO_LETTERS = 24
_MOST_WORDS = 8
_MISSPELT = 4
_HEARD = 3
# The spare page holds what was heard before this place, and joined words behind it.
RAW_FROM = 2 * LONGEST
_HAN_LONGEST = 10
_INSIDE_FROM, _INSIDE_TO, _EDGE = 5, 18, 4
_ROOM = 20000
_R, _N = ord("r"), ord("n")


class Probes(NamedTuple):
    """Keys to look up, the window each belongs to, and how it was made from it."""

    keys: Array
    of: Array
    how: Array
    windows: Array
    count: Array


def new_probes() -> Probes:
    """Make room for the probes of one text."""
    return Probes(
        keys=np.zeros(8 * _ROOM, np.uint64),
        of=np.zeros(8 * _ROOM, np.int32),
        how=np.zeros(8 * _ROOM, np.uint8),
        windows=np.zeros((_ROOM, 7), np.int32),
        count=np.zeros(2, np.int64),
    )


@njit(cache=True, nogil=True)
def _ask(probes, key, how):
    """Look a key up for the newest window."""
    at = probes.count[KEYS]
    if at < probes.keys.size:
        probes.keys[at] = key
        probes.of[at] = probes.count[WINDOWS] - 1
        probes.how[at] = how
        probes.count[KEYS] += 1


@njit(cache=True, nogil=True)
def _open(probes, start, end, sort):
    """Begin a window; say where it is, or that there is no room left."""
    at = probes.count[WINDOWS]
    if at >= probes.windows.shape[0]:
        return -1
    window = probes.windows[at]
    window[START], window[END], window[SORT] = start, end, sort
    window[FIRST], window[LAST], window[COMMON], window[CUTS] = 0, 0, 0, 0
    probes.count[WINDOWS] += 1
    return at


@njit(cache=True, nogil=True)
def probe(tables, page, spare, probes, depth):
    """List everything to look up for a page. `depth` 2 also asks for two edits."""
    probes.count[:] = 0
    token, total = 0, page.count[TOKENS]
    while token < total:
        if page.tokens[token, KIND] == HAN:
            end = token
            while end < total and page.tokens[end, KIND] == HAN:
                end += 1
            _mark_words(tables, page, token, end)
            _run(tables, page, spare, probes, (token, end))
            _across(tables, page, spare, probes, (token, end))
            token = end
        else:
            _words(tables, page, spare, probes, (token, depth))
            _inside(tables, page, probes, token, depth)
            token += 1


@njit(cache=True, nogil=True)
def _words(tables, page, spare, probes, where):
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
        merges = merges or (joined > 1 and _merges(page, token))
        if size < 1 or (joined > 1 and size < _EDGE):
            continue
        window = _open(probes, start, end, WORDS)
        if window < 0:
            return
        row = probes.windows[window]
        row[FIRST], row[LAST], row[COMMON] = first, token + 1, common
        _ask_words(tables, page, spare, probes, (window, merges))
        if not rare or size < _MISSPELT or size > TYPO_LETTERS:
            continue
        if joined <= _HEARD:
            sound = key_of_sound(spare.raw, heard_so_far, tables)
            if sound != np.uint64(0):
                _ask(probes, sound, SOUND)
        if joined <= _MISSPELT:
            _misspelt(tables, page, probes, window)
        if depth > 1 and joined <= 2 and size >= 6:
            _misspelt_twice(tables, page, probes, window)


@njit(cache=True, nogil=True)
def _ask_words(tables, page, spare, probes, facts):
    """Ask for a window as it stands, and as one word where that reads differently."""
    window, merges = facts
    row = probes.windows[window]
    size = row[END] - row[START]
    whole = mixed(part(page.hashes, row[START], row[END], tables.power), size)
    common = row[COMMON]
    row[COMMON] = rank_of(tables, whole)
    if row[LAST] - row[FIRST] > 1 and common < 9:
        row[COMMON] = max(row[COMMON], common - 2)
    _ask(probes, whole, WHOLE)
    if merges:
        _joined(tables, page, spare, probes, window)


@njit(cache=True, nogil=True)
def _merges(page, token):
    """Say whether two words read differently when the space between them is gone."""
    row, before = page.tokens[token], page.tokens[token - 1]
    if row[RAW] == before[RAW_END]:
        return True  # a number cut off its word: its digits may be letters
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
    _ask(probes, key_of(spare.skeleton, letters, tables), JOINED)


@njit(cache=True, nogil=True)
def without(page, start, end, at, power):
    """Give the key of a window without one letter."""
    hashes = page.hashes
    tail = part(hashes, at + 1, end, power)
    return mixed(
        part(hashes, start, at, power) * power[end - at - 1] + tail, end - start - 1
    )


@njit(cache=True, nogil=True)
def _misspelt(tables, page, probes, window):
    """Ask for the window without each letter of its rare words."""
    row = probes.windows[window]
    for token in range(row[FIRST], row[LAST]):
        word = page.tokens[token]
        if word[KIND] == WORD and word[RANK] <= RARE:
            for at in range(word[SKELETON], word[SKELETON_END]):
                key = without(page, row[START], row[END], at, tables.power)
                _ask(probes, key, LESS)


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
            _ask(probes, mixed(total, end - start - 2), LESS_TWO)


@njit(cache=True, nogil=True)
def _inside(tables, page, probes, token, depth):
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
            window = _open(probes, left, right, INSIDE)
            if window < 0:
                return
            probes.windows[window, FIRST] = token
            probes.windows[window, LAST] = token + 1
            _ask(probes, mixed(part(page.hashes, left, right, power), size), WHOLE)
            if depth == 0 and size >= _INSIDE_FROM:
                for at in range(left, right):
                    _ask(probes, without(page, left, right, at, power), LESS)


@njit(cache=True, nogil=True)
def _mark_words(tables, page, first, last):
    """Find the words of a run of Han from the left, the longest first."""
    at, end = page.tokens[first, SKELETON], page.tokens[last - 1, SKELETON_END]
    while at < end:
        step = 1
        for size in (4, 3, 2):
            if at + size <= end:
                whole = part(page.hashes, at, at + size, tables.power)
                if rank_of(tables, mixed(whole, size)) >= 2:
                    step = size
                    break
        for letter in range(at + 1, at + step):
            page.inside[letter] = 1
        at += step


@njit(cache=True, nogil=True)
def _run(tables, page, spare, probes, where):
    """Open the windows of a run of Han, kana or Hangul."""
    first, last = where
    begun, done = page.tokens[first, SKELETON], page.tokens[last - 1, SKELETON_END]
    power = tables.power
    for start in range(begun, done):
        for end in range(start + 1, min(done, start + _HAN_LONGEST) + 1):
            size = end - start
            if size == 1 and done - begun > 1:
                continue
            window = _open(probes, start, end, RUN)
            if window < 0:
                return
            whole = mixed(part(page.hashes, start, end, power), size)
            row = probes.windows[window]
            row[FIRST], row[LAST] = first, last
            row[COMMON] = rank_of(tables, whole)
            row[CUTS] = page.inside[start] + (page.inside[end] if end < done else 0)
            _ask(probes, whole, WHOLE)
            if (row[CUTS] == 0 or size > 2) and size > 1 and row[COMMON] <= RARE + 1:
                sound = part(page.sounds, start, end, power)
                _ask(probes, key_of_syllables(sound, size), SYLLABLES)
                _disguised(tables, page, spare, probes, window)


@njit(cache=True, nogil=True)
def _disguised(tables, page, spare, probes, window):
    """Ask for the spelling, look-alike characters and one character less."""
    row = probes.windows[window]
    start, end = row[START], row[END]
    size = end - start
    power = tables.power
    if size <= 6:
        letters = spelt(tables, page.skeleton[start:end], -1, spare)
        if letters >= _EDGE:
            _ask(probes, key_of(spare.skeleton, letters, tables), SPELT)
    if size <= 3:
        for at in range(start, end):
            letter = page.skeleton[at]
            if not NEAR_FROM <= letter < NEAR_TO:
                continue
            head = part(page.hashes, start, at, power)
            tail = part(page.hashes, at + 1, end, power)
            for other in tables.near[letter - NEAR_FROM]:
                if other != 0:
                    total = (head * power[1] + tables.code[other]) * power[end - at - 1]
                    _ask(probes, mixed(total + tail, size), NEAR)
    else:
        for at in range(start, end):
            _ask(probes, without(page, start, end, at, power), LESS)


@njit(cache=True, nogil=True)
def _across(tables, page, spare, probes, where):
    """Open the windows that join Han with the words beside them."""
    first, last = where
    begun, done = page.tokens[first, SKELETON], page.tokens[last - 1, SKELETON_END]
    for words in range(3):
        for after in range(3):
            left, right = first - words, last + after
            if words + after == 0 or left < 0 or right > page.count[TOKENS]:
                continue
            start = page.tokens[left, SKELETON]
            end = page.tokens[right - 1, SKELETON_END]
            if words == 0:
                for at in range(max(begun, done - 5), done):
                    _mixture(tables, page, spare, probes, (at, end))
            elif after == 0:
                for at in range(begun + 1, min(done, begun + 5) + 1):
                    _mixture(tables, page, spare, probes, (start, at))
            elif done - begun <= 4:
                _mixture(tables, page, spare, probes, (start, end))


@njit(cache=True, nogil=True)
def _mixture(tables, page, spare, probes, where):
    """Open one window across scripts."""
    start, end = where
    size = end - start
    if size > LONGEST or end > page.count[SKELETONS]:
        return
    window = _open(probes, start, end, ACROSS)
    if window < 0:
        return
    _ask(probes, mixed(part(page.hashes, start, end, tables.power), size), WHOLE)
    letters = spelt(tables, page.skeleton[start:end], -1, spare)
    if letters >= _EDGE:
        _ask(probes, key_of(spare.skeleton, letters, tables), SPELT)
