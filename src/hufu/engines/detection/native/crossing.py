"""How well a name in one script renders a name in another: words and sounds."""

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.forms import OWN
from hufu.engines.detection.native.sounds import KANA_FROM, KANA_TO
from hufu.engines.detection.native.store import kind_of, letters_of
from hufu.engines.detection.tables import HAN_FROM, LONGEST, Array

# Columns of an entry: a translated word of the query, and its translation.
FROM, TO, START, END, TELLS = range(5)
_SPELT = 8 * LONGEST
_STAR, _I, _H, _J, _L = (ord(c) for c in "*ihjl")
# What a translated character tells, beside the two points of a consonant in common.
_TRANSLATED = 2.0
_ONE = 1.0
_VOWELS = "aeiouy"
# Consonants that one language writes for the other's, and letters easily left out.
_ALIKE = ("bp", "dt", "gkqc", "zsxjc", "lr", "fh", "wv")
_NEAR = (
    "ei iy ou ae ao uy wu wv eo yj wh bv wf ln nm cs vf tc dj kh gh ry ts xk xh dz zt "
    "tq tx kj gj"
)
_LEFT_OUT = {"h": 0.3, "n": 0.5, "g": 0.5, "s": 0.6, "r": 0.5, "l": 0.6, "w": 0.4}


def _agreements():
    """Tell how far two letters agree, and what a letter costs that has no other."""
    table = np.full((128, 128), -1.2, np.float32)
    near = {frozenset(pair) for pair in _NEAR.split()}
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    for one in letters:
        for other in letters:
            pair = frozenset((one, other))
            if one == other:
                points = 1.0 if one in _VOWELS else 2.0
            elif one in _VOWELS and other in _VOWELS:
                points = 0.3 if pair in near else 0.0
            elif any(one in group and other in group for group in _ALIKE):
                points = 1.2
            else:
                points = 0.5 if pair in near else -1.2
            table[ord(one), ord(other)] = points
    gaps = np.full(128, 0.8, np.float32)
    for letter in _VOWELS:
        gaps[ord(letter)] = 0.25
    for letter, cost in _LEFT_OUT.items():
        gaps[ord(letter)] = cost
    return table, gaps


_AGREE, _GAP = _agreements()


def new_room() -> tuple[Array, Array, Array, Array]:
    """Make room for two spellings, rows of an alignment, used letters and a name."""
    return (
        np.zeros((2, _SPELT), np.uint8),
        np.zeros((2, _SPELT + 1), np.float32),
        np.zeros((2, LONGEST + 1), np.uint8),
        np.zeros(LONGEST, np.uint16),
    )


@native
def rendered(reading, store, query, room, out):
    """Write how well each form renders a name, 0 to 1; 0 for forms of its own script.

    `query` holds the letters of the name, its translated words (`entries`) with the
    letters of the translations, and whether it is Han; `reading` are the tables, and
    what gives characters a second reading: the place in `starts`, `letters`; `room` is
    from `new_room`.
    """
    tables, read_other = reading
    letters, entries, other, is_han = query
    spelt, rows, used, held = room
    for form in range(store.ends.size):
        out[form] = 0
        name = held[: letters_of(store, form, held)]
        if kind_of(store, form) != OWN or name.size < 2 or _has_han(name) == is_han:
            continue
        used[:] = 0
        told = _translated((letters, entries, other), name, used)
        for second in range(2):
            sizes = (
                _spell(tables, read_other, (letters, used[0], second), spelt[0]),
                _spell(tables, read_other, (name, used[1], second), spelt[1]),
            )
            if is_han:
                _draw(spelt[0], sizes[0])
            points = _heard(spelt, sizes, rows)
            whole = _points(spelt[0], sizes[0]) + _points(spelt[1], sizes[1])
            twice = 2 * _TRANSLATED * told
            out[form] = max(out[form], (2 * points + twice) / (whole + twice + _ONE))


@inlined
def _has_han(letters):
    for letter in letters:
        if letter >= HAN_FROM:
            return True
    return False


@native
def _translated(query, name, used):
    """Find the translations of words in a name; give how many characters they are."""
    _, entries, other = query
    told = 0
    for entry in entries:
        free = True
        for at in range(entry[FROM], entry[TO]):
            free = free and used[0, at] == 0
        place = _place(name, used[1], other[entry[START] : entry[END]]) if free else -1
        if place >= 0:
            used[0, entry[FROM] : entry[TO]] = 1
            used[1, place : place + entry[END] - entry[START]] = 1
            told += entry[TELLS]
    return told


@native
def _place(name, used, part):
    """Find a word in the unused letters of a name, or -1."""
    for start in range(name.size - part.size + 1):
        same = True
        for at in range(part.size):
            if name[start + at] != part[at] or used[start + at]:
                same = False
                break
        if same:
            return start
    return -1


@native
def _spell(tables, read_other, asked, out):
    """Spell the unused letters of a name; give how many there are."""
    letters, used, second = asked
    readings, others, starts = read_other
    size = 0
    for place in range(letters.size):
        letter = letters[place]
        if used[place] or size > _SPELT - 12:
            continue
        number = readings[letter] if second else 0
        if number:
            for at in range(starts[number - 1], starts[number]):
                out[size] = others[at]
                size += 1
            continue
        number = tables.syllable[letter]
        if number == 0:
            if letter < HAN_FROM or not KANA_FROM <= letter < KANA_TO:
                out[size] = letter if letter < 128 else 0
                size += letter < 128
            continue
        begun, end = tables.starts[number], tables.starts[number + 1]
        if tables.letters[begun] == _STAR:
            begun += 1
            if size > 1 and out[size - 1] == _I:
                size -= 1
                begun += out[size - 1] == _H or out[size - 1] == _J
        for at in range(begun, end):
            out[size] = tables.letters[at]
            size += 1
    return size


@native
def _draw(spelt, size):
    """Write i as l, as the names of the index are written."""
    for at in range(size):
        if spelt[at] == _I:
            spelt[at] = _L


@native
def _points(spelt, size):
    """Give the points of a spelling beside itself."""
    total = np.float32(0)
    for at in range(size):
        total += _AGREE[spelt[at], spelt[at]]
    return total


@native
def _heard(spelt, sizes, rows):
    """Give the points of the best local alignment (Smith and Waterman, 1981)."""
    best = np.float32(0)
    last, now = 0, 1
    rows[0, : sizes[1] + 1] = 0
    rows[1, 0] = 0
    for one in range(sizes[0]):
        first = spelt[0, one]
        for two in range(sizes[1]):
            letter = spelt[1, two]
            points = rows[last, two] + _AGREE[first, letter]
            points = max(points, rows[last, two + 1] - _GAP[first])
            points = max(points, rows[now, two] - _GAP[letter], np.float32(0))
            rows[now, two + 1] = points
            best = max(best, points)
        last, now = now, last
    return best
