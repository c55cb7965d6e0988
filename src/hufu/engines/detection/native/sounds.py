"""How a word sounds, and how Han, kana and Hangul are spelt in Latin letters."""

import numpy as np

from hufu.engines.detection.native.compiler import inlined, native
from hufu.engines.detection.native.page import SKELETONS, mixed, skeleton
from hufu.engines.detection.tables import BREAK, HAN_FROM, LONGEST

SALT = np.uint64(0x1234567)
SYLLABLES = np.uint64(0x7654321)
LEAST = 4  # letters of a sound that tells anything
_A, _C, _E, _F, _G, _H, _I, _K = (ord(c) for c in "acefghik")
_O, _P, _Q, _S, _T, _U, _W, _X, _Y, _Z = (ord(c) for c in "opqstuwxyz")
KANA_FROM, KANA_TO = 0x3040, 0x3100
_STAR = ord("*")
_PLAIN = dict(zip("01345$@!|79yzqw", "oieassaiitgisku", strict=True))
HEARD = np.arange(0x10000, dtype=np.uint16)
for _letter, _sound in _PLAIN.items():
    HEARD[ord(_letter)] = ord(_sound)


@inlined
def _soft(after):
    """Say whether c before this letter is heard as s."""
    return after == _E or after == _I or after == _Y


@native
def heard(raw, start, end, out, size):
    """Append the sounds of a word to `out`, which holds `size` of them; give how many.

    ph is f, c is k or s, x is ks, q is k, z is s, y is i, w is u; ee and ea are i, oo
    and ou are u; h is not heard after another letter; doubles are heard once.
    """
    for at in range(start, end):
        if size >= LONGEST:
            return size
        letter = HEARD[raw[at]]
        last = out[size - 1] if size > 0 else 0
        if letter == _H and size > 0:
            if last == _P:
                out[size - 1] = _F
            continue
        if letter == _C:
            letter = _S if at + 1 < end and _soft(raw[at + 1]) else _K
        if letter == _X:
            if last != _K:
                out[size] = _K
                size += 1
            letter = _S
        elif (letter == _E or letter == _A) and last == _E:
            out[size - 1] = _I
            continue
        elif (letter == _O or letter == _U) and last == _O:
            out[size - 1] = _U
            continue
        if letter != last or size == 0:
            out[size] = letter
            size += 1
    return size


@inlined
def key_of(letters, size, tables):
    """Give the hash of the letters of a buffer."""
    total = np.uint64(0)
    for at in range(size):
        total = total * tables.power[1] + tables.code[letters[at]]
    return mixed(total, size)


@inlined
def key_of_sound(out, size, tables):
    """Give the hash of a sound without its last e, or 0 when it is too short."""
    if size > 1 and out[size - 1] == _E:
        size -= 1
    if size < LEAST:
        return np.uint64(0)
    return mixed(key_of(out, size, tables) ^ SALT, size)


@inlined
def key_of_syllables(total, size):
    """Give the hash of a run of syllables."""
    return mixed(mixed(total, size) ^ SYLLABLES, size)


@native
def spelt(tables, letters, other, spare):
    """Spell letters, Han or not, in Latin; give the length of the skeleton in `spare`.

    The letter at `other` is read in its second way. Nothing (0) when a letter has no
    spelling, or all are too many.
    """
    size = 0
    for place in range(letters.size):
        letter = letters[place]
        number = tables.syllable[letter] if place != other else tables.other[letter]
        if number == 0:
            if letter == BREAK or KANA_FROM <= letter < KANA_TO:
                continue  # a long vowel or a doubling, which Latin leaves out
            if letter >= HAN_FROM:
                return 0
            spare.raw[size] = letter
            size += 1
        else:
            start, end = tables.starts[number], tables.starts[number + 1]
            if tables.letters[start] == _STAR:
                start += 1
                if size > 1 and spare.raw[size - 1] == _I:
                    size -= 1
                    last = spare.raw[size - 1]
                    if last == _H or last == ord("j"):
                        start += 1
            for at in range(start, end):
                spare.raw[size] = tables.letters[at]
                size += 1
        if size > LONGEST:
            return 0
    spare.count[SKELETONS] = 0
    return skeleton(tables, spare, 0, size)
