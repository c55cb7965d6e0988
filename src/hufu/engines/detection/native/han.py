"""The windows of Han, kana and Hangul, and of words beside them."""

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.page import (
    HAN,
    KIND,
    SKELETON,
    SKELETON_END,
    SKELETONS,
    TOKENS,
    known,
    mixed,
    part,
    rank_of,
)
from hufu.engines.detection.native.sounds import (
    KANA_FROM,
    KANA_TO,
    key_of,
    key_of_syllables,
    spelt,
)
from hufu.engines.detection.native.windows import (
    ACROSS,
    COMMON,
    CUTS,
    EDGE,
    END,
    FIRST,
    LAST,
    LESS,
    NEAR,
    RARE,
    RUN,
    SPELT,
    START,
    SYLLABLES,
    WHOLE,
    ask,
    open_window,
    without,
)
from hufu.engines.detection.tables import (
    LONGEST,
    NEAR_FROM,
    NEAR_TO,
)

# Characters of a name, and of a run that is spelt together with a word beside it.
_LONGEST_NAME = 10
_BESIDE = 4


@inlined
def _is_kana(letter):
    return KANA_FROM <= letter < KANA_TO


@native
def mark_words(tables, page, first, last):
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
    for token in range(first, last):
        row = page.tokens[token]
        for letter in range(row[SKELETON] + 1, row[SKELETON_END]):
            if _is_kana(page.skeleton[letter]) and _is_kana(page.skeleton[letter - 1]):
                page.inside[letter] = 1


@native
def ask_run(tables, page, spare, probes, where):
    """Open the windows of a run of Han, kana or Hangul."""
    first, last = where
    begun, done = page.tokens[first, SKELETON], page.tokens[last - 1, SKELETON_END]
    power = tables.power
    for start in range(begun, done):
        for end in range(start + 1, min(done, start + _LONGEST_NAME) + 1):
            size = end - start
            if size == 1 and done - begun > 1:
                continue
            window = open_window(probes, start, end, RUN)
            if window < 0:
                return
            whole = mixed(part(page.hashes, start, end, power), size)
            row = probes.windows[window]
            row[FIRST], row[LAST] = first, last
            row[COMMON], rank = known(tables, whole), rank_of(tables, whole)
            row[CUTS] = page.inside[start] + (page.inside[end] if end < done else 0)
            ask(probes, window, whole, WHOLE)
            if (row[CUTS] == 0 or size > 2) and size > 1 and rank <= RARE + 1:
                sound = part(page.sounds, start, end, power)
                ask(probes, window, key_of_syllables(sound, size), SYLLABLES)
                _disguised(tables, page, spare, probes, window)


@native
def _disguised(tables, page, spare, probes, window):
    """Ask for the spelling, look-alike characters and one character less."""
    row = probes.windows[window]
    start, end = row[START], row[END]
    size = end - start
    power = tables.power
    if size <= 6:
        letters = spelt(tables, page.skeleton[start:end], -1, spare)
        if letters >= EDGE:
            ask(probes, window, key_of(spare.skeleton, letters, tables), SPELT)
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
                    ask(probes, window, mixed(total + tail, size), NEAR)
    else:
        for at in range(start, end):
            ask(probes, window, without(page, start, end, at, power), LESS)


@native
def ask_across(tables, page, spare, probes, where):
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


@native
def ask_between(tables, page, spare, probes, where):
    """Open the windows of a word with Han on both sides: one character is spelt."""
    first, last = where
    if last + 1 >= page.count[TOKENS] or page.tokens[last + 1, KIND] != HAN:
        return
    begun, done = page.tokens[first, SKELETON], page.tokens[last - 1, SKELETON_END]
    after = page.tokens[last + 1, SKELETON]
    most = min(page.tokens[last + 1, SKELETON_END], after + _BESIDE)
    for start in range(max(begun, done - _BESIDE), done):
        for end in range(after + 1, most + 1):
            _mixture(tables, page, spare, probes, (start, end))


@native
def _mixture(tables, page, spare, probes, where):
    """Open one window across scripts."""
    start, end = where
    size = end - start
    if size > LONGEST or end > page.count[SKELETONS]:
        return
    window = open_window(probes, start, end, ACROSS)
    if window < 0:
        return
    ask(probes, window, mixed(part(page.hashes, start, end, tables.power), size), WHOLE)
    written = page.raw[page.root[start] : page.root[end - 1] + 1]
    letters = spelt(tables, written, -1, spare)
    if letters >= EDGE:
        ask(probes, window, key_of(spare.skeleton, letters, tables), SPELT)
