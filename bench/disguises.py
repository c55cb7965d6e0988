"""The tricks that are planted: each writes a name as somebody who hides it would."""

import csv
import gzip
import unicodedata
from functools import cache

import opencc
import pypinyin
from register import DATA, han_letters

KEYS = "abcdefghijklmnopqrstuvwxyz"
GLYPHS = {
    "a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і",
    "s": "ѕ", "h": "һ", "k": "к", "d": "ԁ", "n": "ո", "g": "ɡ", "l": "ӏ", "m": "м",
    "t": "т", "b": "Ь", "v": "ν", "w": "ԝ", "j": "ј", "q": "ԛ", "u": "υ", "r": "г",
}  # fmt: skip
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "l": "1", "b": "8"}
ACCENTS = ["\u0301", "\u0300", "\u0308", "\u0302", "\u0303"]
HIDDEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u0008"]
SOUNDS = [
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("k", "c"), ("x", "ks"), ("s", "z"),
    ("z", "s"), ("y", "i"), ("i", "y"), ("ee", "ea"), ("oo", "u"), ("f", "ph"),
]  # fmt: skip
AFFIXES = [
    "super", "my", "pro", "shop", "store", "mall", "outlet", "official", "sale", "hub",
    "x", "uk", "best", "top", "club", "zone", "gear", "wear", "world", "plus",
]  # fmt: skip


def inner(name, chance):
    """Choose a place of a letter within a name."""
    places = [at for at, c in enumerate(name) if c.isalpha() and at > 0]
    return places[chance.integers(len(places))] if places else 0


def substitute(name, chance):
    at = inner(name, chance)
    other = KEYS.replace(name[at].lower(), "")[chance.integers(25)]
    return name[:at] + other + name[at + 1 :]


def delete(name, chance):
    at = inner(name, chance)
    return name[:at] + name[at + 1 :]


def insert(name, chance):
    at = inner(name, chance)
    return name[:at] + KEYS[chance.integers(26)] + name[at:]


def transpose(name, chance):
    places = [
        at for at in range(1, len(name) - 1)
        if name[at : at + 2].isalpha() and name[at].lower() != name[at + 1].lower()
    ]  # fmt: skip
    if not places:
        return None
    at = places[chance.integers(len(places))]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def doubled(name, chance):
    at = inner(name, chance)
    return name[:at] + name[at] + name[at:]


def swapped(name, chance, table, share=0.5):
    """Replace some letters by a table, one at least."""
    places = [at for at, c in enumerate(name.lower()) if c in table]
    if not places:
        return None
    sure = places[chance.integers(len(places))]
    chosen = {at for at in places if at == sure or chance.random() < share}
    return "".join(
        table.get(c.lower(), c) if at in chosen else c for at, c in enumerate(name)
    )


def homoglyph(name, chance):
    return swapped(name, chance, GLYPHS)


def leet(name, chance):
    return swapped(name, chance, LEET, 0.3)


def accents(name, chance):
    table = {
        c: unicodedata.normalize("NFC", c + ACCENTS[chance.integers(5)])
        for c in "aeiouncs"
    }
    return swapped(name, chance, table)


def hidden(name, chance):
    at = inner(name, chance)
    return name[:at] + HIDDEN[chance.integers(len(HIDDEN))] + name[at:]


def spaced(name, chance):
    bare = name.replace(" ", "")
    how = chance.integers(3)
    if how == 0 and " " in name:
        return bare
    if how == 1:
        return "-. _"[chance.integers(4)].join(bare)
    at = 1 + int(chance.integers(len(bare) - 1))
    return bare[:at] + " -._"[chance.integers(4)] + bare[at:]


def inside(name, chance):
    bare = "".join(c for c in name if c.isalnum())
    word = AFFIXES[chance.integers(len(AFFIXES))]
    return word + bare if chance.random() < 0.5 else bare + word


def phonetic(name, chance):
    low = name.lower()
    able = [(a, b) for a, b in SOUNDS if a in low]
    if not able:
        return None
    old, new = able[chance.integers(len(able))]
    at = low.index(old)
    return name[:at] + new + name[at + len(old) :]


def glyph_and_typo(name, chance):
    return homoglyph(substitute(name, chance), chance)


def two_edits(name, chance):
    if len(name.replace(" ", "")) < 8:
        return None
    tricks = (substitute, delete, insert, transpose)
    once = tricks[chance.integers(3)](name, chance)
    return tricks[chance.integers(4)](once, chance)


def reversed_run(name, _chance):
    return "\u202e" + name[::-1] + "\u202c"


def full_width(name, _chance):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


def simplified(name):
    """Write a name, also a Japanese one, in simplified characters."""
    return opencc.OpenCC("t2s").convert(opencc.OpenCC("jp2t").convert(name))


def traditional(name, _chance):
    other = opencc.OpenCC("s2t").convert(name)
    return other if other != name else None


def _by_sound():
    sounds = {}
    for point in range(0x4E00, 0x9FA6):
        char = chr(point)
        if len(char.encode("gb2312", "ignore")) == 2:
            sounds.setdefault(pypinyin.lazy_pinyin(char)[0], []).append(char)
    return sounds


_SOUNDS = _by_sound()


def homophone(name, chance):
    at = int(chance.integers(len(name)))
    alike = [
        c for c in _SOUNDS.get(pypinyin.lazy_pinyin(name[at])[0], []) if c != name[at]
    ]
    if not alike:
        return None
    return name[:at] + alike[chance.integers(len(alike))] + name[at + 1 :]


def pinyin(name, chance):
    parts = pypinyin.lazy_pinyin(simplified(name))
    return ("" if chance.random() < 0.5 else " ").join(parts)


def han_spaced(name, chance):
    return " ·-*|"[chance.integers(5)].join(name)


def han_substitute(name, chance):
    letters, _ = han_letters()
    if len(name) < 4:
        return None
    at = int(chance.integers(len(name)))
    return name[:at] + letters[chance.integers(len(letters))] + name[at + 1 :]


def _features():
    """Read strokes, structure, radical and four corners of the common characters."""
    held = {}
    for name in ("sijiaobianma", "bihuashu", "hanzijiegou", "pianpangbushou"):
        path = DATA / f"reference/hanzi/{name}.txt.gz"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in csv.reader(file, delimiter=" "):
                if len(row) == 2 and len(row[0].encode("gb2312", "ignore")) == 2:
                    held.setdefault(row[0], {})[name] = row[1]
    return {char: told for char, told in held.items() if len(told) == 4}


_FEATURES = _features()


@cache
def drawn_alike(char):
    """Give characters of the same structure, corners and number of strokes, nearly."""
    told = _FEATURES.get(char)
    if not told:
        return ()
    alike = []
    for other, facts in _FEATURES.items():
        corners = sum(
            a == b
            for a, b in zip(
                facts["sijiaobianma"][:4], told["sijiaobianma"][:4], strict=False
            )
        )
        strokes = abs(int(facts["bihuashu"]) - int(told["bihuashu"]))
        same = facts["hanzijiegou"] == told["hanzijiegou"]
        radical = facts["pianpangbushou"] == told["pianpangbushou"]
        if (
            other != char
            and same
            and strokes <= 2
            and (corners == 4 or (corners == 3 and radical))
        ):
            alike.append(other)
    return tuple(alike)


def look_alike(name, chance):
    places = [at for at, c in enumerate(name) if drawn_alike(c)]
    if not places:
        return None
    at = places[chance.integers(len(places))]
    alike = drawn_alike(name[at])
    return name[:at] + alike[chance.integers(len(alike))] + name[at + 1 :]


def mixed_script(name, chance):
    at = int(chance.integers(len(name)))
    return name[:at] + pypinyin.lazy_pinyin(simplified(name[at]))[0] + name[at + 1 :]


LATIN = {
    "exact": lambda name, _: name,
    "substitute": substitute,
    "delete": delete,
    "insert": insert,
    "transpose": transpose,
    "doubled": doubled,
    "homoglyph": homoglyph,
    "leet": leet,
    "accents": accents,
    "hidden": hidden,
    "spaced": spaced,
    "inside": inside,
    "phonetic": phonetic,
    "glyph_and_typo": glyph_and_typo,
    "two_edits": two_edits,
    "right_to_left": reversed_run,
    "full_width": full_width,
}
HAN = {
    "zh_exact": lambda name, _: name,
    "zh_traditional": traditional,
    "zh_homophone": homophone,
    "zh_pinyin": pinyin,
    "zh_spaced": han_spaced,
    "zh_substitute": han_substitute,
    "zh_look_alike": look_alike,
    "zh_mixed_script": mixed_script,
}
SINGLE = [kind for kind in LATIN if kind not in ("two_edits", "glyph_and_typo")]
