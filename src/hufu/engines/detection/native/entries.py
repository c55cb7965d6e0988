"""The entries of an index that the keys of a text lead to, as far as memory is read."""

import numpy as np

from hufu.engines.detection.native.around import has_border, is_spelt_out, rest_of_word
from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.forms import E_OTHER, E_WHOLE
from hufu.engines.detection.native.lengths import LENGTHS_EACH
from hufu.engines.detection.native.memory import fetch
from hufu.engines.detection.native.page import ODDS, SKELETONS, is_digit
from hufu.engines.detection.native.store import (
    FOLD,
    MARK,
    print_of,
    sieve_at,
    sieve_bits,
)
from hufu.engines.detection.native.surprise import level_of
from hufu.engines.detection.native.windows import (
    COMMON,
    END,
    INSIDE,
    KEYS,
    LEVEL,
    SORT,
    START,
    WHOLE,
)

# Where a window stands, and how common it may be: see `reach`.
LATER, FIRST_OF_ALL, ALL = range(3)
PLACES, RANKS = 3, 48
# What a text shows, as bits: digits in whole words, or words of single letters; of what
# is inside a word a border of capitals, or a word of shops beside it.
SHOWN_DIGITS = SHOWN_BORDER = 1
SHOWN_LETTERS = SHOWN_SHOP = 2
# Keys that are on their way from memory while one is looked at.
_AHEAD = 16
# Names written as they are are found in any class.
_ANY_CLASS = np.uint64(
    (0xFF << LENGTHS_EACH * E_WHOLE) | (0xFF << LENGTHS_EACH * E_OTHER)
)


@native
def sift(sieve, probes):
    """Keep the keys that may be in the index; four bits in a word, one miss each."""
    kept, count = 0, probes.count[KEYS]
    for at in range(count):
        ahead = probes.keys[min(at + _AHEAD, count - 1)]
        fetch(sieve, np.int64(sieve_at(ahead, sieve.size)))
        key = probes.keys[at]
        bits = sieve_bits(key)
        probes.keys[kept] = key
        probes.of[kept] = probes.of[at]
        probes.how[kept] = probes.how[at]
        kept += sieve[sieve_at(key, sieve.size)] & bits == bits
    probes.count[KEYS] = kept


@native
def find_entries(tables, store, read_text, fold, reach):
    """Find the entries whose print and classes agree and may reach the floor.

    Only keys and prints are read here, so that many are on their way from memory at
    once. What is found is written over the keys: the entry, and the key's number.
    """
    page, probes = read_text
    shift = np.uint64(64 - _bits(store.directory.size - 1))
    count, asked = 0, probes.count[KEYS]
    for at in range(asked):
        fetch(store.directory, np.int64(probes.keys[at] >> shift))
    for at in range(asked):
        fetch(store.prints, np.int64(store.directory[probes.keys[at] >> shift]))
    for at in range(asked):
        bucket = probes.keys[at] >> shift
        print_ = print_of(probes.keys[at])
        first, last = store.directory[bucket], store.directory[bucket + np.uint64(1)]
        worth, elsewhere, known = np.uint64(0), np.uint64(0), False
        for entry in range(first, last):
            held = store.prints[entry]
            if (held >> np.uint32(FOLD + MARK)) != print_:
                continue
            if not known:
                known, worth = True, _worth(tables, page, probes, at, reach)
                elsewhere = worth & _ANY_CLASS if probes.how[at] == WHOLE else elsewhere
            sought = worth if held & fold else elsewhere
            mark = np.uint64((held >> np.uint32(FOLD)) & np.uint32((1 << MARK) - 1))
            if (sought >> mark) & np.uint64(1) and count < probes.found.shape[0]:
                probes.found[count, 0] = at
                probes.found[count, 1] = entry
                count += 1
    return count


@inlined
def _worth(tables, page, probes, at, reach):
    """Say what entries of a key may be a hit with enough points."""
    window = probes.windows[probes.of[at]]
    place = LATER if window[START] else FIRST_OF_ALL
    if is_all(page, window):
        place = ALL
    rank = min(max(window[COMMON], 0), RANKS - 1)
    odd = 1 if page.count[ODDS] else 0
    if window[LEVEL] < 0:
        seen = page.skeleton[window[START] : window[END]]
        window[LEVEL] = level_of(tables, seen)
    if window[SORT] == INSIDE:
        of_shops = rest_of_word(tables, page, window)[1]
        shown = SHOWN_BORDER * has_border(page, window) + SHOWN_SHOP * of_shops
    else:
        spelt_out = is_spelt_out(page, window)
        shown = SHOWN_DIGITS * _has_digits(page, window) + SHOWN_LETTERS * spelt_out
    return reach[odd, shown, window[LEVEL], probes.how[at], window[SORT], place, rank]


@inlined
def _has_digits(page, window):
    """Say whether digits stand in a window."""
    for at in range(page.root[window[START]], page.root[window[END] - 1] + 1):
        if is_digit(page.raw[at]):
            return 1
    return 0


@inlined
def is_all(page, window):
    """Say whether a window is all that is written."""
    return window[START] == 0 and window[END] == page.count[SKELETONS]


@inlined
def _bits(size):
    """Give the binary logarithm of a power of two."""
    bits = 0
    while size > 1:
        size >>= 1
        bits += 1
    return bits
