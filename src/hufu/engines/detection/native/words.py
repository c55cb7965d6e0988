"""The windows of words: whole, joined, misspelt, and inside longer words."""

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.page import (
    CODE,
    DIGITS,
    HAN,
    KIND,
    KNOWN,
    RANK,
    RAW,
    RAW_END,
    SKELETON,
    SKELETON_END,
    SKELETONS,
    TOKENS,
    UNWRITTEN,
    WORD,
    known,
    mixed,
    part,
    skeleton,
    unmerged,
)
from hufu.engines.detection.native.sounds import (
    heard,
    key_of,
    key_of_sound,
)
from hufu.engines.detection.native.windows import (
    COMMON,
    CUTS,
    EDGE,
    END,
    FIRST,
    INSIDE,
    JOINED,
    LAST,
    LESS,
    LESS_TWO,
    MARKED,
    MERGING,
    MISSPELT,
    OF_A_TEXT,
    RARE,
    SORT,
    SOUND,
    START,
    TYPO_LETTERS,
    UNMERGED,
    WHOLE,
    WINDOWS,
    WORDS,
    ask,
    open_window,
    without,
)
from hufu.engines.detection.tables import LONGEST, OTHERS

# Words that are joined to one name, that are misspelt together, and heard together.
_MOST_WORDS = 8
_WORDS_MISSPELT = 4
_WORDS_HEARD = 3
_WORDS_UNMERGED = 2
_WORDS_TWICE = 3
_LEAST_MISSPELT = 4
_INSIDE_FROM, _INSIDE_TO = 5, 18
# Letters and digits that a name written in both has at least, and how many digits cut
# off a word may be letters of it.
_IN_DIGITS = 5
_DIGITS_CUT = 3
_NEVER = 9  # no word is as common
_R, _N, _L, _I, _ONE = (ord(c) for c in "rnli1")


@native
def open_words(page, probes, first, domain):
    """Open the windows of whole words that begin at a token.

    Common words are not searched for misspellings, but in a domain.
    """
    tokens = page.tokens
    start = tokens[first, SKELETON]
    single, rare, common = True, domain, _NEVER
    merges, coded = False, False
    for token in range(first, min(first + LONGEST, page.count[TOKENS])):
        kind, end = tokens[token, KIND], tokens[token, SKELETON_END]
        size, joined = end - start, token - first + 1
        single = single and end - tokens[token, SKELETON] <= 1
        if kind == HAN or size > LONGEST or (joined > _MOST_WORDS and not single):
            return
        if kind == WORD and end - tokens[token, SKELETON] > 1:
            common = min(common, tokens[token, RANK])
            rare = rare or tokens[token, RANK] <= RARE
        merges = merges or (joined > 1 and _merges(page, token))
        coded = coded or tokens[token, CODE] == 1
        if size < 1 or (
            joined > 1 and size < EDGE and not _initials(page, first, token)
        ):
            continue
        at = open_window(probes, start, end, WORDS)
        if at < 0:
            return
        window = probes.windows[at]
        window[FIRST], window[LAST], window[COMMON] = first, token + 1, common
        if rare and _LEAST_MISSPELT <= size <= TYPO_LETTERS:
            window[MARKED] = MISSPELT
        # A code of goods may be a name in digits.
        read_again = merges or (coded and size >= _IN_DIGITS)
        if (read_again and joined <= _WORDS_MISSPELT) or (single and joined > 2):
            window[MARKED] |= MERGING


@inlined
def _initials(page, first, last):
    """Say whether two words are initials with one sign between them: H&M, AT&T."""
    one, other = page.tokens[first], page.tokens[last]
    return (
        last == first + 1
        and one[KIND] == WORD
        and other[KIND] == WORD
        and other[RAW] == one[RAW_END] + 1
        and other[RAW_END] - one[RAW] - 1 <= EDGE
    )


@inlined
def _merges(page, token):
    """Say whether two words read differently when the space between them is gone."""
    row, before = page.tokens[token], page.tokens[token - 1]
    if row[RAW] == before[RAW_END]:
        # A short number cut off its word: the digits may be letters.
        number = before if before[KIND] == DIGITS else row
        return number[RAW_END] - number[RAW] <= _DIGITS_CUT
    if min(row[RAW_END] - row[RAW], before[RAW_END] - before[RAW]) < 2:
        return False
    last = page.skeleton[before[SKELETON_END] - 1]
    after = page.skeleton[row[SKELETON]]
    return last == after or (last == _R and after == _N)


@native
def ask_words(tables, page, probes, thorough):
    """Ask for the windows of words as they stand; for common words only if thorough.

    A word as common as this is no evidence by itself, whatever stands beside it.
    """
    for at in range(probes.count[WINDOWS]):
        window = probes.windows[at]
        if window[SORT] != WORDS:
            continue
        size = window[END] - window[START]
        key = mixed(part(page.hashes, window[START], window[END], tables.power), size)
        told, parts = known(tables, key), window[COMMON] % _NEVER
        if window[LAST] - window[FIRST] == 1:
            told = np.int64(page.tokens[window[FIRST], KNOWN])
        rank = told % OTHERS if told >= OTHERS else 0
        if window[LAST] - window[FIRST] > 1:
            # One word of parts that are none is hardly written so: "ar chive", "C&A".
            rank = max(rank if parts else rank - UNWRITTEN, parts - 2, 0)
        window[COMMON] = rank + OTHERS if rank else told * (told < OTHERS)
        if thorough or rank <= RARE + 1 or size >= 2 * rank:
            ask(probes, at, key, WHOLE)


@native
def ask_misspelt(tables, page, probes, twice, domain):
    """Ask for windows without each letter of their rare words, or without each two."""
    for at in range(probes.count[WINDOWS]):
        window = probes.windows[at]
        if not window[MARKED] & MISSPELT:
            continue
        words = window[LAST] - window[FIRST]
        if words > _WORDS_MISSPELT:
            continue
        for token in range(window[FIRST], window[LAST]):
            word = page.tokens[token]
            if word[KIND] == WORD and (domain or word[RANK] <= RARE):
                for gone in range(word[SKELETON], word[SKELETON_END]):
                    end = window[END]
                    key = without(page, window[START], end, gone, tables.power)
                    ask(probes, at, key, LESS)
        if twice and words <= _WORDS_TWICE and window[END] - window[START] >= 6:
            _misspelt_twice(tables, page, probes, at)


@native
def ask_unmerged(tables, page, spare, probes):
    """Ask for one or two rare words, and without each letter, with no letters merged.

    Of "bernty" the skeleton is "bemty", which hides that two letters changed places.
    """
    for at in range(probes.count[WINDOWS]):
        window = probes.windows[at]
        first, last = window[FIRST], window[LAST]
        if not window[MARKED] & MISSPELT or last - first > _WORDS_UNMERGED:
            continue
        size = unmerged(tables, page, first, last, spare.skeleton)
        if size <= window[END] - window[START]:
            continue
        for place in range(size):
            code = tables.code[spare.skeleton[place]]
            spare.hashes[place + 1] = spare.hashes[place] * tables.power[1] + code
        ask(probes, at, mixed(spare.hashes[size], size), UNMERGED)
        for gone in range(size):
            key = without(spare, 0, size, gone, tables.power)
            ask(probes, at, key, UNMERGED)


@native
def ask_heard(tables, page, spare, probes):
    """Ask for what is heard in windows of rare words."""
    for at in range(probes.count[WINDOWS]):
        window = probes.windows[at]
        words = window[LAST] - window[FIRST]
        if not window[MARKED] & MISSPELT or words > _WORDS_HEARD:
            continue
        size = 0
        for token in range(window[FIRST], window[LAST]):
            word = page.tokens[token]
            if word[KIND] == DIGITS:
                size = 0
                break
            size = heard(page.raw, word[RAW], word[RAW_END], spare.raw, size)
        sound = key_of_sound(spare.raw, size, tables)
        if sound != np.uint64(0):
            ask(probes, at, sound, SOUND)


@native
def ask_joined(tables, page, spare, probes):
    """Ask for windows that read differently as one word."""
    for at in range(probes.count[WINDOWS]):
        window = probes.windows[at]
        if not window[MARKED] & MERGING:
            continue
        size = 0
        for token in range(window[FIRST], window[LAST]):
            for place in range(page.tokens[token, RAW], page.tokens[token, RAW_END]):
                if size < LONGEST:
                    spare.raw[size] = page.raw[place]
                    size += 1
        _ask_as_one(tables, spare, probes, at, size)
        if _ones_otherwise(tables, spare.raw[:size]):
            _ask_as_one(tables, spare, probes, at, size)


@inlined
def _ask_as_one(tables, spare, probes, window, size):
    """Ask for the letters in the spare page, read as one word."""
    spare.count[SKELETONS] = 0
    letters = skeleton(tables, spare, 0, size)
    ask(probes, window, key_of(spare.skeleton, letters, tables), JOINED)


@native
def _ones_otherwise(tables, raw):
    """Read ones beside such letters the other way: "11" may be "ll", "il" or "li".

    Say whether there were any.
    """
    changed = False
    for at in range(1, raw.size):
        one, other = raw[at - 1], raw[at]
        if tables.drawn[one] != _L or tables.drawn[other] != _L:
            continue
        if one == _ONE and other == _ONE:
            raw[at] = _I
        elif one == _ONE:
            raw[at - 1] = other
        elif other == _ONE:
            raw[at] = one
        else:
            continue
        changed = True
    return changed


@native
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
            ask(probes, window, mixed(total, end - start - 2), LESS_TWO)


@native
def ask_inside(tables, page, probes, token):
    """Open the windows inside one word that is not a common one."""
    row = page.tokens[token]
    start, end = row[SKELETON], row[SKELETON_END]
    if row[KIND] != WORD or row[RANK] > RARE or end - start < _INSIDE_FROM:
        return
    for left in range(start, end - 1):
        for right in range(left + 2, min(end, left + LONGEST) + 1):
            size = right - left
            edge = left == start or right == end
            if size > _INSIDE_TO and not edge:
                continue
            if size < end - start and size >= (EDGE if edge else _INSIDE_FROM):
                at = _open_inside(tables, page, probes, (left, right), (token, token))
                if at < 0:
                    return
                probes.windows[at, MARKED] = OF_A_TEXT


@native
def ask_inside_domain(tables, page, probes):
    """Open the windows inside the words of a domain, and over their borders."""
    tokens, total = page.tokens, page.count[TOKENS]
    first = 0
    for left in range(page.count[SKELETONS] - 1):
        while tokens[first, SKELETON_END] <= left:
            first += 1
        begins, last = tokens[first, SKELETON] == left, first
        most = min(page.count[SKELETONS], left + _INSIDE_TO)
        for right in range(left + 2, most + 1):
            while last < total and tokens[last, SKELETON_END] < right:
                last += 1
            ends = tokens[last, SKELETON_END] == right
            one, size = first == last, right - left
            least = _INSIDE_FROM if not one else (2 if begins or ends else EDGE)
            if (begins and ends) or size < least or _has_han(tokens, first, last):
                continue
            at = _open_inside(tables, page, probes, (left, right), (first, last))
            if at < 0:
                return
            probes.windows[at, CUTS] = 0 if one else 2 - begins - ends
            if size >= (EDGE if begins or ends else _INSIDE_FROM):
                for gone in range(left, right):
                    key = without(page, left, right, gone, tables.power)
                    ask(probes, at, key, LESS)


@inlined
def _has_han(tokens, first, last):
    """Say whether some words are a run of Han."""
    for token in range(first, last + 1):
        if tokens[token, KIND] == HAN:
            return True
    return False


@native
def _open_inside(tables, page, probes, where, words):
    """Open one window inside words, and ask for it."""
    left, right = where
    window = open_window(probes, left, right, INSIDE)
    if window >= 0:
        probes.windows[window, FIRST] = words[0]
        probes.windows[window, LAST] = words[1] + 1
        key = mixed(part(page.hashes, left, right, tables.power), right - left)
        ask(probes, window, key, WHOLE)
    return window
