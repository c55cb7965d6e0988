"""Hits: the forms of marks that the windows of many texts lead to, checked."""

from typing import NamedTuple

import numpy as np

from hufu.engines.detection.native.around import (
    has_border,
    is_of_a_code,
    is_spelt_out,
    known_words,
    rest_of_word,
)
from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.edits import (
    edits_at_most_one,
    edits_at_most_two,
    replaced,
)
from hufu.engines.detection.native.entries import find_entries, is_all, sift
from hufu.engines.detection.native.forms import (
    E_LABEL,
    E_LESS,
    E_LESS_TWO,
    E_OTHER,
    E_SOUND,
    E_SPELT,
    E_SYLLABLES,
    E_WHOLE,
    KNOWN,
    PART,
)
from hufu.engines.detection.native.lengths import LENGTHS_EACH
from hufu.engines.detection.native.page import LETTERS as LETTERS_READ
from hufu.engines.detection.native.page import (
    ODDS,
    SKELETONS,
    first_raw,
    is_digit,
    is_sign,
    known_as_written,
    read,
    unmerged,
)
from hufu.engines.detection.native.probes import probe
from hufu.engines.detection.native.store import (
    FOLD,
    MARK,
    MOST_FORMS,
    kind_of,
    letters_of,
    rest_of,
    words_of,
)
from hufu.engines.detection.native.store import FORM as FORM_BITS
from hufu.engines.detection.native.surprise import surprise
from hufu.engines.detection.native.windows import (
    ACROSS,
    COMMON,
    CUTS,
    END,
    FIRST,
    INSIDE,
    LAST,
    LESS,
    LESS_TWO,
    MARKED,
    NEAR,
    OF_A_TEXT,
    SORT,
    SOUND,
    SPELT,
    START,
    SYLLABLES,
    UNMERGED,
    WHOLE,
    WORDS,
)
from hufu.engines.detection.native.windows import JOINED as JOINED_UP
from hufu.engines.detection.tables import (
    BREAK,
    HAN_FROM,
    NEAR_FROM,
    NEAR_TO,
    Array,
)

# Tricks, as the native code tells them.
(
    EXACT,
    INSIDE_WORD,
    TYPO,
    TYPO_INSIDE,
    TWO_EDITS,
    SOUNDS_LIKE,
    SPELLING,
    HOMOPHONE,
    LOOK_ALIKE,
    KNOWN_NAME,
    PART_OF_NAME,
    PART_IN_DOMAIN,
    PART_MISSPELT,
    SOUNDS_INSIDE,
) = range(14)
# Tricks that leave the letters as they are; a common word is weighed otherwise.
PLAIN_TRICKS = (EXACT, KNOWN_NAME, PART_OF_NAME, SPELLING, PART_IN_DOMAIN)
SAME_LETTERS = (*PLAIN_TRICKS, INSIDE_WORD)
# Tricks whose letters are rather a word by chance than the name, if they look like one.
UNLIKELY_TRICKS = (INSIDE_WORD, TYPO, TYPO_INSIDE, TWO_EDITS, SOUNDS_LIKE)
# Tricks that may turn a word of the name into another word.
CHANGED_WORDS = (TYPO, TWO_EDITS, SOUNDS_LIKE)
# Columns of a hit.
(
    TEXT,
    FORM,
    TRICK,
    FROM,
    TO,
    SIZE,
    LETTERS,
    RANKED,
    CUT,
    ALIKE,
    WHOLE_TEXT,
    AT_START,
    SPLIT,
    REST,
    NUMERALS,
    DISGUISED,
    SURPRISE,
    KNOWN_LETTERS,
    EXCHANGED,
    BORDER,
    OF_SHOPS,
) = range(21)
COLUMNS = 21
_NO = -1


class Hits(NamedTuple):
    """Rows of hits, how many there are, and how many found no room."""

    rows: Array
    count: Array  # type: ignore[assignment]  # hides tuple.count


def new_hits(room: int) -> Hits:
    """Make room for hits."""
    return Hits(np.zeros((room, COLUMNS), np.int32), np.zeros(2, np.int64))


@native
def find(tables, store, texts, scratch, hits):
    """Find the forms in every text.

    `texts` are code points end to end, where each text ends, the classes of each
    folded to twelve bits, the depth of the search for each, and what entries are worth
    a look (`reach`); `scratch` a page, a spare page and probes.
    """
    points, ends, folds, depths, reach = texts
    page, spare, probes = scratch
    begun = 0
    for text in range(ends.size):
        read(tables, points[begun : ends[text]], page)
        begun = ends[text]
        if page.count[SKELETONS]:
            probe(tables, page, spare, probes, depths[text])
            sift(store.sieve, probes)
            _look_up(tables, store, (page, probes), (text, folds[text], reach), hits)


@native
def _look_up(tables, store, read_text, asked, hits):
    """Check each entry letter by letter."""
    page, probes = read_text
    text, fold, reach = asked
    for number in range(find_entries(tables, store, read_text, fold, reach)):
        at, entry = probes.found[number]
        ref = store.refs[entry]
        if (ref >> np.uint32(FORM_BITS)) != rest_of(probes.keys[at]):
            continue
        mark = (store.prints[entry] >> np.uint32(FOLD)) & np.uint32((1 << MARK) - 1)
        means = np.int64(mark // np.uint32(LENGTHS_EACH))
        means = E_WHOLE if means == E_OTHER else means
        how = np.int64(probes.how[at])
        form = np.int64(ref & np.uint32(MOST_FORMS - 1))
        letters = probes.letters[: letters_of(store, form, probes.letters)]
        found = (form, letters, kind_of(store, form))
        window = probes.windows[probes.of[at]]
        seen = page.skeleton[window[START] : window[END]]
        if how == UNMERGED:
            first, last, plain = window[FIRST], window[LAST], probes.plain
            seen = plain[: unmerged(tables, page, first, last, plain)]
        row = _check(tables, seen, window[SORT], found, (how, means))
        if row[0] != _NO and (_is_name(letters) or is_all(page, window)):
            words = words_of(store, form)
            _write(tables, page, (window, text, found, row, words), hits)


@inlined
def _is_name(letters):
    """Say whether letters are a name inside a text: not one letter, not a number."""
    for letter in letters:
        if not is_digit(letter):
            return letters.size > 1
    return False


@native
def _check(tables, seen, sort, found, keys):
    """Give the trick, the distance and what is alike, or a trick of -1."""
    _, letters, kind = found
    how, means = keys
    if means == E_LABEL:
        return _part(seen, letters)
    if how == WHOLE and means == E_WHOLE:
        if not _same(seen, letters):
            return _NO, 0, 0
        if kind != 0:
            return (PART_OF_NAME if kind == PART else KNOWN_NAME), 0, 0
        return (INSIDE_WORD if sort == INSIDE else EXACT), 0, 0
    if means == E_SPELT and how in (WHOLE, SPELT, JOINED_UP) and sort != INSIDE:
        if kind == KNOWN or _same(seen, letters):
            return (KNOWN_NAME if kind == KNOWN else _NO), 0, 0
        alike = _is_han(seen) and _is_han(letters)
        return (HOMOPHONE if alike else SPELLING), 0, 0
    if how == SPELT and means == E_WHOLE and kind == 0:
        return SPELLING, 0, 0
    if how == JOINED_UP and means == E_WHOLE and kind == 0:
        return EXACT, 0, 0
    if how == SOUND and means == E_SOUND:
        if _same(seen, letters):
            return _NO, 0, 0
        return (SOUNDS_INSIDE if sort == INSIDE else SOUNDS_LIKE), 1, 0
    if how == SYLLABLES and means == E_SYLLABLES and not _same(seen, letters):
        return HOMOPHONE, 0, 0
    if how == NEAR and means == E_WHOLE:
        return LOOK_ALIKE, 1, 1
    if kind == PART:
        return _NO, 0, 0
    return _misspelt(tables, seen, letters, sort, keys)


@native
def _part(seen, letters):
    """Check a part of a name, which may be one letter off."""
    distance = edits_at_most_one(seen, letters)
    if distance > 1:
        return _NO, 0, 0
    return (PART_MISSPELT if distance else PART_IN_DOMAIN), distance, 0


@native
def _misspelt(tables, seen, letters, sort, keys):
    """Check a name with one letter changed, or two of a watched one."""
    how, means = keys
    less = how in (WHOLE, LESS, UNMERGED) and means in (E_WHOLE, E_LESS)
    two = means == E_LESS_TWO or how == LESS_TWO
    if not less and not two:
        return _NO, 0, 0
    if two and (sort != WORDS or means not in (E_WHOLE, E_LESS, E_LESS_TWO)):
        return _NO, 0, 0
    if two:
        distance = edits_at_most_two(seen, letters)
    else:
        distance = edits_at_most_one(seen, letters)
    if distance == 0 or distance > (2 if two else 1):
        return _NO, 0, 0
    if distance == 2:
        return TWO_EDITS, 2, 0
    if sort == INSIDE:
        return TYPO_INSIDE, 1, 0
    place = replaced(seen, letters)
    alike = 0
    if place >= 0 and letters[place] >= HAN_FROM:
        alike = _alike(tables, seen[place], letters[place])
    return (LOOK_ALIKE if alike == 1 else TYPO), 1, alike


@inlined
def _is_han(letters):
    """Say whether all letters are Han, or of what is written like it."""
    for letter in letters:
        if letter < HAN_FROM:
            return False
    return True


@inlined
def _same(one, other):
    """Say whether two runs of letters are equal."""
    if one.size != other.size:
        return False
    for at in range(one.size):
        if one[at] != other[at]:
            return False
    return True


@native
def _alike(tables, one, other):
    """Say whether two Han characters look alike (1) or sound alike (2)."""
    for first, second in ((one, other), (other, one)):
        if NEAR_FROM <= first < NEAR_TO:
            for near in tables.near[first - NEAR_FROM]:
                if near == second:
                    return 1
    same = tables.syllable[one] == tables.syllable[other]
    return 2 if same and tables.syllable[one] != 0 else 0


@native
def _write(tables, page, facts, hits):
    """Write one hit with what the score looks at."""
    window, text, found, checked, words = facts
    form, letters, _ = found
    if hits.count[0] >= hits.rows.shape[0]:
        hits.count[1] += 1
        return
    start, end = window[START], window[END]
    row = hits.rows[hits.count[0]]
    row[TEXT], row[FORM], row[TRICK] = text, form, checked[0]
    row[FROM] = page.place[first_raw(page, start)]
    row[TO] = page.place[_last_raw(page, end)] + 1
    row[SIZE], row[LETTERS] = end - start, letters.size
    row[ALIKE] = checked[2]
    row[RANKED], row[CUT] = window[COMMON], window[CUTS]
    row[WHOLE_TEXT] = start == 0 and end == page.count[SKELETONS]
    row[AT_START] = start == 0
    row[SPLIT] = (
        abs(window[LAST] - window[FIRST] - words) if window[SORT] == WORDS else 0
    )
    row[REST : OF_SHOPS + 1] = 0
    swap = checked[1] == 1 and row[SIZE] == row[LETTERS]
    row[EXCHANGED] = swap and replaced(page.skeleton[start:end], letters) < 0
    _count_letters(page, window, _last_raw(page, end) + 1, row)
    if letters[0] < HAN_FROM and window[SORT] != ACROSS:
        _look_around(tables, page, window, letters, row)
    hits.count[0] += 1


@native
def _look_around(tables, page, window, letters, row):
    """Write what the words tell in which a name is read, and what its letters do."""
    trick, start, end = row[TRICK], window[START], window[END]
    if trick in (TYPO, TWO_EDITS):
        row[ALIKE] = page.skeleton[start] == letters[0]
    if trick in UNLIKELY_TRICKS:
        row[SURPRISE] = surprise(tables, page.skeleton[start:end])
    if window[SORT] == INSIDE:
        row[REST], row[OF_SHOPS] = rest_of_word(tables, page, window)
        row[BORDER] = has_border(page, window)
        if window[MARKED] & OF_A_TEXT:
            raw = first_raw(page, start), _last_raw(page, end) + 1
            row[RANKED] = known_as_written(tables, page, (start, end), raw)
    if window[SORT] == WORDS:
        row[CUT] = max(row[CUT], is_of_a_code(page, window))
        if trick in CHANGED_WORDS:
            rank, row[KNOWN_LETTERS] = known_words(tables, page, window, letters)
            row[RANKED] = max(row[RANKED], rank)


@native
def _count_letters(page, window, last, row):
    """Count the digits of what was read, and say whether it is disguised.

    Letters of another script are a disguise beside Latin ones, in the word or the
    text; and so are single letters with signs between them.
    """
    numerals, odd, plain = 0, 0, 0
    for at in range(page.root[window[START]], last):
        letter = page.raw[at]
        digit = is_digit(letter)
        numerals += digit
        odd += page.odd[at]
        plain += not digit and letter < HAN_FROM and page.odd[at] == 0
    latin = 2 * page.count[ODDS] < page.count[LETTERS_READ]
    row[NUMERALS] = numerals
    spelt_out = row[SPLIT] > 0 and is_spelt_out(page, window)
    row[DISGUISED] = spelt_out or (odd > 0 and (plain > 0 or latin))


@native
def _last_raw(page, end):
    """Give the last raw letter of a window; a doubled one belongs to it, no sign."""
    last = page.root[end - 1]
    after = page.root[end] if end < page.count[SKELETONS] else page.count[0]
    while last + 1 < after and page.raw[last + 1] != BREAK:
        last += 1
    while last > page.root[end - 1] and is_sign(page.raw[last]):
        last -= 1
    return last
