"""What a mark is found by: its forms, and the keys of each form."""

from typing import NamedTuple

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
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
    mixed,
    read,
    skeleton,
    unmerged,
)
from hufu.engines.detection.native.sounds import (
    heard,
    key_of,
    key_of_sound,
    key_of_syllables,
    spelt,
)
from hufu.engines.detection.native.windows import RARE
from hufu.engines.detection.tables import HAN_FROM, LONGEST, Array

# A form is the name, a part of it in one script, its known name in another script, or
# a part that domain names alone are compared with (`labels.py`); beside that its byte
# tells the number of its words.
OWN, PART, KNOWN, LABEL = range(4)
KINDS, WORDS_AT, MOST_WORDS = 3, 2, 15
# What a key of a form stands for; the last are the whole of a part or a known name, and
# anything of a part that domain names are compared with.
(
    E_WHOLE, E_LESS, E_SOUND, E_SPELT, E_SYLLABLES, E_LESS_TWO, E_OTHER, E_LABEL,
) = range(8)  # fmt: skip
TYPO_FROM, TYPO_TO = 5, 24
_LABEL_FROM = 7
_WATCHED_FROM, _TWO_FROM, _TWO_TO = 4, 7, 20
_HAN_TYPO_FROM = 4
_SPELT_FROM = 4
# Characters of a name, from its beginning, that may be read in a second way.
_READ_TWICE = 8
# What a name is still known by when it is left out: the article, and such words as
# companies and registers add. A word of a name tells it when it is long and rare.
_ARTICLE = "the"
_ADDED = (
    "inc", "ltd", "llc", "co", "corp", "company", "group", "gmbh", "plc", "studio",
    "device", "logo", "design",
)  # fmt: skip
_TELLING = 6
_MOST_CORES = 3
# Forms of one mark: itself, joined, unmerged, its cores, its telling word.
_MOST_EACH = _MOST_CORES + 4


def _rows(words):
    """Write words as rows of letters, filled up with zeros."""
    rows = np.zeros((len(words), max(map(len, words)) + 1), np.uint16)
    for row, word in zip(rows, words, strict=True):
        row[: len(word)] = [ord(letter) for letter in word]
    return rows


_BEFORE, _BEHIND = _rows((_ARTICLE,)), _rows(_ADDED)
MOST_KEYS = 2 * LONGEST + 16
MOST_KEYS_WATCHED = MOST_KEYS + _TWO_TO * _TWO_TO // 2


class Forms(NamedTuple):
    """Forms of many marks: letters end to end, and one row of facts for each.

    `owner` is the row of the mark; `key` the hash of the letters, `sound` the hash of
    what is heard (0 for none).
    """

    letters: Array
    ends: Array
    kind: Array
    owner: Array
    key: Array
    sound: Array
    count: Array  # type: ignore[assignment]  # hides tuple.count


def new_forms(marks: int, letters: int) -> Forms:
    """Make room for the forms of some marks."""
    most = _MOST_EACH * marks + 1
    return Forms(
        letters=np.zeros(
            min(_MOST_EACH * LONGEST * marks, 12 * letters + 64), np.uint16
        ),
        ends=np.zeros(most, np.int64),
        kind=np.zeros(most, np.uint8),
        owner=np.zeros(most, np.uint32),
        key=np.zeros(most, np.uint64),
        sound=np.zeros(most, np.uint64),
        count=np.zeros(2, np.int64),
    )


@native
def make_forms(tables, texts, page, spare, forms):
    """Write the forms of every text; a text without letters has none."""
    points, ends, watched = texts
    begun = 0
    for mark in range(ends.size):
        read(tables, points[begun : ends[mark]], page)
        begun = ends[mark]
        if page.count[TOKENS] == 0:
            continue
        _own(tables, page, spare, forms, mark)
        if watched[mark]:
            _unmerged(tables, page, spare, forms, mark)
        has_han, has_word = False, False
        for token in range(page.count[TOKENS]):
            kind = page.tokens[token, KIND]
            has_han = has_han or kind == HAN
            has_word = has_word or (kind != HAN and kind != DIGITS)
        if has_han and has_word:
            _parts(tables, page, spare, forms, mark)
        elif watched[mark] and not has_han and page.count[TOKENS] > 1:
            _telling(tables, page, forms, mark)


@native
def _own(tables, page, spare, forms, mark):
    """Write the whole name as it stands, and as it reads without its spaces."""
    size = min(page.count[SKELETONS], LONGEST)
    tokens = page.count[TOKENS]
    sounds = 0
    for token in range(tokens):
        row = page.tokens[token]
        if row[KIND] == HAN:
            sounds = 0
            break
        sounds = heard(page.raw, row[RAW], row[RAW_END], spare.raw, sounds)
    sound = key_of_sound(spare.raw, sounds, tables)
    facts = (told(OWN, tokens), mark, sound)
    _write(tables, page.skeleton[:size], facts, forms)
    if tokens == 1 or size >= LONGEST:
        return
    raw = 0
    for token in range(tokens):
        row = page.tokens[token]
        if row[KIND] != 0:
            return
        for at in range(row[RAW], row[RAW_END]):
            spare.raw[raw] = page.raw[at]
            raw += 1
    spare.count[SKELETONS] = 0
    joined = skeleton(tables, spare, 0, raw)
    if joined != size and joined > 0:
        facts = (told(OWN, tokens), mark, np.uint64(0))
        _write(tables, spare.skeleton[:joined], facts, forms)


@native
def _unmerged(tables, page, spare, forms, mark):
    """Write a name as it reads when doubled letters count twice, where that differs."""
    tokens = page.count[TOKENS]
    size = unmerged(tables, page, 0, tokens, spare.raw)
    if size > page.count[SKELETONS]:
        facts = (told(OWN, tokens), mark, np.uint64(0))
        _write(tables, spare.raw[:size], facts, forms)


@inlined
def told(kind, words):
    """Give the byte of a form."""
    return kind | min(words, MOST_WORDS) << WORDS_AT


@native
def _parts(tables, page, spare, forms, mark):
    """Write the Latin and the Han letters of a name of both by themselves."""
    for script in range(2):
        size = 0
        for token in range(page.count[TOKENS]):
            row = page.tokens[token]
            if (row[KIND] == HAN) == (script == 1):
                for at in range(row[SKELETON], row[SKELETON_END]):
                    if size < LONGEST:
                        spare.skeleton[size] = page.skeleton[at]
                        size += 1
        if size >= (2 if script == 1 else 4):
            facts = (told(PART, 1), mark, np.uint64(0))
            _write(tables, spare.skeleton[:size], facts, forms)


@native
def _telling(tables, page, forms, mark):
    """Write the parts that a watched name is known by: its core, and one rare word."""
    tokens, count = page.tokens, page.count[TOKENS]
    first = 1 if _is_among(page, tokens[0], _BEFORE) else 0
    last = count
    while last > max(first, count - _MOST_CORES):
        core = page.skeleton[tokens[first, SKELETON] : tokens[last - 1, SKELETON_END]]
        rare = last - first > 1 or tokens[first, RANK] <= RARE
        if last - first < count and rare and 2 <= core.size <= LONGEST:
            facts = (told(PART, last - first), mark, np.uint64(0))
            _write(tables, core, facts, forms)
        last -= 1
        if not _is_among(page, tokens[last], _BEHIND):
            break
    best, most = 0, _TELLING - 1
    for token in range(count):
        size = tokens[token, SKELETON_END] - tokens[token, SKELETON]
        if tokens[token, RANK] == 0 and most < size <= LONGEST:
            best, most = token, size
    if most >= _TELLING:
        start = tokens[best, SKELETON]
        facts = (told(PART, 1), mark, np.uint64(0))
        _write(tables, page.skeleton[start : start + most], facts, forms)


@native
def _is_among(page, token, words):
    """Say whether a token is one of some words."""
    size = token[RAW_END] - token[RAW]
    if size >= words.shape[1]:
        return False
    for word in words:
        same = word[size] == 0
        for at in range(size):
            same = same and word[at] == page.raw[token[RAW] + at]
        if same:
            return True
    return False


@native
def _write(tables, letters, facts, forms):
    """Append one form."""
    at, begun = forms.count[0], forms.count[1]
    size = letters.size
    for place in range(size):
        forms.letters[begun + place] = letters[place]
    forms.kind[at], forms.owner[at], forms.sound[at] = facts
    forms.key[at] = key_of(letters, size, tables)
    forms.ends[at] = begun + size
    forms.count[0] += 1
    forms.count[1] += size


@native
def keys_of_form(tables, letters, facts, spare, out):
    """Write every key that a form is found by; give how many there are.

    `facts` is what is known of the form: its kind, its sound, whether it is watched.
    """
    kind, sound, watched = facts
    kind &= KINDS
    keys, means = out
    size = letters.size
    keys[0] = key_of(letters, size, tables)
    means[0] = E_WHOLE if kind == OWN else E_OTHER
    count = 1
    if kind == LABEL:
        if _LABEL_FROM <= size <= TYPO_TO:
            count = _less(tables, letters, -1, out, count)
        means[:count] = E_LABEL
        return count
    han = letters[0] >= HAN_FROM
    if kind == PART or size < 2:
        return count
    least = _HAN_TYPO_FROM if han else (_WATCHED_FROM if watched else TYPO_FROM)
    if least <= size <= TYPO_TO:
        count = _less(tables, letters, -1, out, count)
        if watched and not han and _TWO_FROM <= size <= _TWO_TO:
            for at in range(size - 1):
                count = _less(tables, letters, at, out, count)
    if sound != np.uint64(0) and kind == OWN:
        keys[count], means[count] = sound, E_SOUND
        count += 1
    if han or letters[size - 1] >= HAN_FROM:
        count = _spoken(tables, letters, spare, out, count)
    return count


@native
def _less(tables, letters, skipped, out, count):
    """Write the keys without one letter, or without the skipped one and a later one."""
    keys, means = out
    size = letters.size
    for gone in range(skipped + 1, size):
        total = np.uint64(0)
        for at in range(size):
            if at != gone and at != skipped:
                total = total * tables.power[1] + tables.code[letters[at]]
        keys[count] = mixed(total, size - (1 if skipped < 0 else 2))
        means[count] = E_LESS if skipped < 0 else E_LESS_TWO
        count += 1
    return count


@native
def _spoken(tables, letters, spare, out, count):
    """Write the keys of the syllables and of the spelling in Latin letters."""
    keys, means = out
    size = letters.size
    total = np.uint64(0)
    plain = True
    for letter in letters:
        syllable = tables.syllable[letter]
        plain = plain and syllable != 0
        total = total * tables.power[1] + tables.code[syllable]
    if plain and size >= 2:
        keys[count], means[count] = key_of_syllables(total, size), E_SYLLABLES
        count += 1
    for other in range(-1, min(size, _READ_TWICE)):
        if other >= 0 and tables.other[letters[other]] == 0:
            continue
        written = spelt(tables, letters, other, spare)
        if written >= _SPELT_FROM:
            keys[count] = key_of(spare.skeleton, written, tables)
            means[count] = E_SPELT
            count += 1
    return count
