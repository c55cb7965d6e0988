"""What is looked up in domain names alone: what is heard at the ends of a label."""

import numpy as np

from hufu.engines.detection.native.compiler import native
from hufu.engines.detection.native.page import (
    KIND,
    RAW_END,
    SKELETON,
    SKELETON_END,
    TOKENS,
    WORD,
    mixed,
    part,
    rank_of,
)
from hufu.engines.detection.native.sounds import heard, key_of_sound
from hufu.engines.detection.native.windows import (
    FIRST,
    INSIDE,
    LAST,
    RARE,
    SOUND,
    ask,
    open_window,
)

_HEARD_FROM = 5


@native
def ask_heard_inside(tables, page, spare, probes):
    """Ask for what is heard at the beginning and at the end of each longer word."""
    for token in range(page.count[TOKENS]):
        row = page.tokens[token]
        start, end = row[SKELETON], row[SKELETON_END]
        if row[KIND] != WORD:
            continue
        for cut in range(start + _HEARD_FROM, end):
            _ask_heard(tables, (page, spare), probes, (token, start, cut))
        for cut in range(start + 1, end - _HEARD_FROM + 1):
            _ask_heard(tables, (page, spare), probes, (token, cut, end))


@native
def _ask_heard(tables, pages, probes, where):
    """Ask for what is heard in a part of a word that is no common word itself."""
    page, spare = pages
    token, start, end = where
    whole = part(page.hashes, start, end, tables.power)
    if rank_of(tables, mixed(whole, end - start)) > RARE:
        return
    row = page.tokens[token]
    last = page.root[end] if end < row[SKELETON_END] else row[RAW_END]
    letters = heard(page.raw, page.root[start], last, spare.raw, 0)
    sound = key_of_sound(spare.raw, letters, tables)
    window = open_window(probes, start, end, INSIDE) if sound != np.uint64(0) else -1
    if window >= 0:
        probes.windows[window, FIRST] = token
        probes.windows[window, LAST] = token + 1
        ask(probes, window, sound, SOUND)
