"""Windows of a text, and the keys by which each is looked up."""

from typing import NamedTuple

import numpy as np

from hufu.engines.detection.native.compiler import inlined
from hufu.engines.detection.native.page import mixed, part
from hufu.engines.detection.tables import LONGEST, Array

# Where a window stands: whole words, a run of Han, inside a word, across scripts.
WORDS, RUN, INSIDE, ACROSS = range(4)
# How a key was made from its window.
WHOLE, LESS, SOUND, SPELT, SYLLABLES, LESS_TWO, NEAR, JOINED, UNMERGED = range(9)
# Columns of a window.
START, END, FIRST, LAST, SORT, COMMON, CUTS, MARKED, LEVEL = range(9)
_COLUMNS = 9
# What a window of words is marked for, and one inside a word of a text, no domain.
MISSPELT, MERGING, OF_A_TEXT = 1, 2, 4
# Counters of the probes.
KEYS, WINDOWS = range(2)
# A word this rare may be a misspelt name.
RARE = 2
TYPO_LETTERS = 24
# Letters at the edge of a word that are looked up by themselves, and of joined words.
EDGE = 4
_ROOM = 20000


class Probes(NamedTuple):
    """Keys to look up, the window each belongs to, how it was made from it.

    `found` holds the entries of the index that a key led to, `letters` the form that
    is compared, `plain` the window it is compared with where no letters are merged.
    """

    keys: Array
    of: Array
    how: Array
    windows: Array
    found: Array
    letters: Array
    plain: Array
    count: Array  # type: ignore[assignment]  # hides tuple.count


def new_probes() -> Probes:
    """Make room for the probes of one text."""
    return Probes(
        keys=np.zeros(8 * _ROOM, np.uint64),
        of=np.zeros(8 * _ROOM, np.int32),
        how=np.zeros(8 * _ROOM, np.uint8),
        windows=np.zeros((_ROOM, _COLUMNS), np.int32),
        found=np.zeros((_ROOM, 2), np.int64),
        letters=np.zeros(LONGEST, np.uint16),
        plain=np.zeros(LONGEST, np.uint16),
        count=np.zeros(2, np.int64),
    )


@inlined
def ask(probes, window, key, how):
    """Look a key up for a window."""
    at = probes.count[KEYS]
    if at < probes.keys.size:
        probes.keys[at] = key
        probes.of[at] = window
        probes.how[at] = how
        probes.count[KEYS] += 1


@inlined
def open_window(probes, start, end, sort):
    """Begin a window; say where it is, or that there is no room left."""
    at = probes.count[WINDOWS]
    if at >= probes.windows.shape[0]:
        return -1
    window = probes.windows[at]
    window[START], window[END], window[SORT] = start, end, sort
    window[FIRST], window[LAST], window[COMMON], window[CUTS] = 0, 0, 0, 0
    window[MARKED], window[LEVEL] = 0, -1
    probes.count[WINDOWS] += 1
    return at


@inlined
def without(page, start, end, at, power):
    """Give the key of a window without one letter."""
    hashes = page.hashes
    tail = part(hashes, at + 1, end, power)
    return mixed(
        part(hashes, start, at, power) * power[end - at - 1] + tail, end - start - 1
    )
