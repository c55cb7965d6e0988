"""Make the frozen tables of detection from Unicode, OpenCC, pypinyin and data/.

    .venv/bin/python bench/letters.py

Writes `src/hufu/engines/detection/tables/letters.npz` and `words.tsv.gz`. A released
matcher is frozen with its tables: run this for a new version of the matcher only.
"""

import csv
import gzip
import importlib.util
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import opencc
import pypinyin
from halves import is_development

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TABLES = ROOT / "src/hufu/engines/detection/tables"
sys.path.insert(0, str(ROOT / "src"))

LAST = 0x30000
BREAK = 1
NEAR = 40
ALIKE = 0.66
SIGNS = "@$!|"
# What parts the frequency of words on the scale of Zipf from classes of powers of ten;
# and the class of a word that is one though a maker bears it.
ZIPF, SURELY_A_WORD = 0.23, 5
# How much a name of a maker that has more letters than so many weighs as a word.
SHORT, KNOWN_NAME = 2, 2
# Read by their looks, else by their sound; TR39 knows the others.
CYRILLIC = {
    "б": "b", "в": "b", "г": "r", "д": "d", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "h", "п": "p", "т": "t", "ф": "f", "ц": "c",
    "ч": "ch", "ш": "w", "щ": "w", "ъ": "", "ы": "y", "ь": "b", "э": "e", "ю": "yu",
    "я": "ya", "ё": "e",
}  # fmt: skip
GREEK = {
    "α": "a", "β": "b", "γ": "y", "δ": "d", "ε": "e", "ζ": "z", "η": "n", "ι": "i",
    "κ": "k", "λ": "l", "μ": "u", "ν": "v", "ξ": "x", "π": "p", "ρ": "p", "σ": "o",
    "ς": "s", "τ": "t", "υ": "u", "φ": "f", "χ": "x", "ψ": "ps", "ω": "w",
}  # fmt: skip
NAMED = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])(?: WITH .*)?$")
SMALL_CAPITAL = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])$")
SQUARED = re.compile(
    r"(?:(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])$"
)
BASES = ("LATIN", "GREEK", "CYRILLIC")
ROMAJI_DROPPED = "ッっー"
# What every Chinese shop writes, and dictionaries leave out; and how common it is.
SHOP_TALK = (
    "包邮", "正品", "现货", "秒杀", "特价", "促销", "清仓", "顺丰", "旗舰店", "专柜",
    "代购", "同款", "新款", "爆款", "热卖", "热销", "加厚", "大码", "礼盒", "套装",
    "代发", "批发", "直销", "官方", "官网", "授权", "专卖店", "免运费", "保税", "尾货",
    "断码", "网红", "潮牌", "加绒", "宽松", "显瘦", "百搭", "韩版", "欧美", "爆品",
)  # fmt: skip
TALKED = 6


def confusable():
    """Map each character outside ASCII to the ASCII letter it is confused with."""
    path = DATA / "reference/unicode/confusables.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        groups = json.load(file)
    seen = {}
    for char, others in groups.items():
        letters = [o["c"].lower() for o in others if o["c"].isascii()]
        letters = [c for c in letters if len(c) == 1 and c.isalnum()]
        if not char.isascii() and letters:
            seen[char] = min(letters, key=lambda c: (c.isdigit(), c))
    return seen


def simplified():
    """Map each Han character to its simplified form, variants and Japanese ones too."""
    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, LAST))
    chars = [chr(c) for start, end in blocks for c in range(start, end)]
    forms = [unicodedata.normalize("NFKC", c) for c in chars]
    steps = [opencc.OpenCC("jp2t"), *[opencc.OpenCC("t2s")] * 3]
    for step in steps:
        forms = step.convert("\n".join(forms)).split("\n")
    return {a: b[:1] for a, b in zip(chars, forms, strict=True) if b}


def is_han_like(char):
    """Say whether a character belongs to the scripts that mark no words."""
    return "\u2e80" <= char <= "\ud7ff" or ord(char) >= 0x20000


class Folding:
    """What each code point becomes."""

    def __init__(self):
        self.looks = confusable()
        self.simple = simplified()

    def folded(self, char):
        """Give the letters of a character, a space for a break, or nothing."""
        kind = unicodedata.category(char)
        if kind in ("Cn", "Cs", "Co"):
            return " "
        if kind in ("Cf", "Mn", "Me") or char in "'’ʼ`‘\u115f\u1160\u3164\uffa0\u2800":
            return ""
        if kind == "Cc":
            return " " if char.isspace() else ""
        if char in self.simple:
            return self.simple[char]
        return "".join(map(self.letter, self.plain(char)))

    def plain(self, char):
        """Apply NFKC, case and the loss of accents."""
        named = SQUARED.match(unicodedata.name(char, ""))
        if named:
            return named[1].lower()
        text = unicodedata.normalize("NFKC", char).casefold()
        if unicodedata.name(text[:1] or " ", "").startswith(BASES):
            text = unicodedata.normalize("NFKD", text)
            text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        return unicodedata.normalize("NFKC", text)

    def letter(self, char):  # noqa: PLR0911 - one line for each way to read a letter
        """Give the letter that a folded character is read as."""
        if char.isascii():
            return char if char.isalnum() or char in SIGNS else " "
        for table in (CYRILLIC, GREEK):
            if char in table:
                return table[char]
        name = unicodedata.name(char, "")
        named = NAMED.match(name) or SMALL_CAPITAL.match(name)
        if named:
            return named[1].lower()
        if not is_han_like(char) and char in self.looks:
            return self.looks[char]
        if "\u3041" <= char <= "\u3096":
            return chr(ord(char) + 0x60)  # hiragana and katakana are one script
        special = {"€": "e", "£": "l", "¥": "y", "¢": "c", "×": "x", "æ": "ae"}
        special |= {"œ": "oe", "þ": "th", "ß": "ss", "ə": "e", "ı": "i"}
        if char in special:
            return special[char]
        return self.simple.get(char, char) if char.isalnum() or char == "ー" else " "


def code(char):
    """Give the code of a folded character in sixteen bits."""
    number = ord(char)
    if number > 0xFFFF:
        return 0xE000 + (number * 2654435761 >> 7) % 0x1800
    return BREAK if char == " " else number


def fold_table(folding):
    """Fill the table of all code points: up to three codes each, 0 for none."""
    table = np.zeros((LAST, 3), np.uint16)
    for point in range(LAST):
        char = chr(point)
        if 0xAC00 <= point <= 0xD7A3:
            table[point, 0] = point
            continue
        for place, letter in enumerate(folding.folded(char)[:3]):
            table[point, place] = code(letter)
    return table


HANGUL = [
    row.split(",")
    for row in (
        "g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h",
        "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i",
        ",k,k,k,n,n,n,t,l,k,m,p,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t",
    )
]


def hangul(point):
    """Spell a Hangul syllable by the Revised Romanization."""
    first, middle, last = HANGUL
    at = point - 0xAC00
    return first[at // 588] + middle[at % 588 // 28] + last[at % 28]


def spelling(char):
    """Spell a Han, kana or Hangul character in Latin letters."""
    if "\uac00" <= char <= "\ud7a3":
        return hangul(ord(char))
    if "\u30a1" <= char <= "\u30fa":
        name = unicodedata.name(char).removeprefix("KATAKANA LETTER ")
        return "" if char in ROMAJI_DROPPED else name.lower().replace("small ", "*")
    read = pypinyin.lazy_pinyin(char, errors="ignore")
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", read[0])) if read else ""


ROMAJI = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji"}


def other_readings(numbers, of):
    """Give the second reading of characters read in two ways: 行 is hang and xing."""
    other = np.zeros(0x10000, np.uint16)
    for point in range(0x4E00, 0xA000):
        if len(chr(point).encode("gb2312", "ignore")) != 2:
            continue
        style = pypinyin.Style.NORMAL
        reads = pypinyin.pinyin(chr(point), style=style, heteronym=True)[0]
        reads = [numbers[r] for r in dict.fromkeys(reads) if r in numbers]
        rest = [number for number in reads if number != of[point]]
        other[point] = rest[0] if rest else 0
    return other


def syllables():
    """Number the spellings; give each character its number, and the spellings."""
    of = np.zeros(0x10000, np.uint16)
    numbers, spelt = {"": 0}, [""]
    ranges = ((0x30A1, 0x30FB), (0x3400, 0xA000), (0xAC00, 0xD7A4))
    for point in (p for start, end in ranges for p in range(start, end)):
        text = spelling(chr(point))
        if point < 0x3100:
            text = ROMAJI.get(text, text)
        if text not in numbers:
            numbers[text] = len(spelt)
            spelt.append(text)
        of[point] = numbers[text]
    letters = np.frombuffer("".join(spelt).encode("ascii"), np.uint8)
    starts = np.cumsum([0, *map(len, spelt)]).astype(np.int32)
    return of, other_readings(numbers, of), letters, starts


def hanzi(name):
    """Read one of the tables of features of Han characters."""
    path = DATA / f"reference/hanzi/{name}.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = (line.split() for line in file)
        return {row[0]: row[1] for row in rows if len(row) == 2}


def near_table():
    """Give each common character the ones that look like it most, best first."""
    corners, shape = hanzi("sijiaobianma"), hanzi("hanzijiegou")
    radical, strokes = hanzi("pianpangbushou"), hanzi("bihuashu")
    common = [
        chr(c)
        for c in range(0x4E00, 0xA000)
        if len(chr(c).encode("gb2312", "ignore")) == 2
    ]
    common = [c for c in common if c in strokes and len(corners.get(c, "")) == 5]
    digits = np.array([[int(d) for d in corners[c]] for c in common])
    kinds = np.array([int(shape.get(c, -1)) for c in common])
    roots = np.array([code(radical.get(c, " ")) for c in common])
    counts = np.array([int(strokes[c]) for c in common])
    near = np.zeros((0xA000 - 0x4E00, NEAR), np.uint16)
    for at, char in enumerate(common):
        fewer = np.minimum(counts, counts[at]) / np.maximum(counts, counts[at])
        alike = 0.5 * (digits == digits[at]).mean(axis=1) + 0.15 * (kinds == kinds[at])
        alike += 0.2 * (roots == roots[at]) + 0.15 * fewer
        alike[at] = 0
        best = np.argsort(-alike, kind="stable")[:NEAR]
        chosen = [ord(common[i]) for i in best if alike[i] >= ALIKE]
        near[ord(char) - 0x4E00, : len(chosen)] = chosen
    return near


def kept(name):
    """Say whether a listing belongs to the development half."""
    return is_development(name)


def rows_of(name):
    """Read a table of data/."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _bends(word, known):
    """Say whether a word has other forms, as words have and names have not."""
    forms = {word + "s", word + "es", word + "ed", word + "ing", word[:-1] + "ing"}
    forms |= {word[:-1]} if word.endswith("s") else set()
    return not word.isascii() or not forms.isdisjoint(known)


def languages():
    """Give the frequent words of languages with their classes.

    The file tells how frequent on the scale of Zipf: 4 is once among 100,000 words.
    """
    path = DATA / "reference/words/languages.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = (line.split("\t") for line in file)
        return {word: max(1, int(float(zipf) - ZIPF)) for word, zipf in rows}


def dictionaries():
    """Count English and Chinese words in classes of powers of ten, 1 to 9."""
    classes = {}
    names = importlib.util.find_spec("symspellpy").submodule_search_locations
    english = Path(next(iter(names))) / "frequency_dictionary_en_82_765.txt"
    for line in english.read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        classes[word] = max(1, len(count) - 4)
    path = DATA / "reference/words/chinese.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            word, count = line.split("\t")
            classes[word] = len(count.strip())
    return classes


def shop_words(named):
    """Count the words of titles of the development half that are no names."""
    from hufu.engines.detection.text import normalise

    seen = Counter()
    for row in rows_of("listings.csv.gz"):
        if kept(row["listing_id"]):
            parts = normalise(row["title"]).split()
            brand = set(normalise(row["brand"]).split())
            seen.update({p for p in parts if p not in brand and p not in named})
    return {w: 1 + len(str(n)) for w, n in seen.items() if n >= 4 and w.isalpha()}


def words():
    """Give the rank of each common word, with what tells where it is known from."""
    from hufu.engines.detection.tables import OTHERS, OURS
    from hufu.engines.detection.text import normalise

    named = {normalise(row["wordmark"]) for row in rows_of("marks.csv.gz")}
    ours = dictionaries()
    ours = {w: n for w, n in ours.items() if w not in named or _bends(w, ours)}
    for word, size in (shop_words(named) | dict.fromkeys(SHOP_TALK, TALKED)).items():
        ours[word] = max(ours.get(word, 0), size)
    others = languages()
    classes = {
        word: KNOWN_NAME
        for word in named
        if word.isascii() and word.isalpha() and len(word) > SHORT
    }
    for word, size in others.items():
        if word not in named or size >= SURELY_A_WORD:
            classes[word] = OTHERS + size
    for word, size in ours.items():
        classes[word] = OURS + max(size, others.get(word, 0))
    return "".join(f"{word}\t{rank}\n" for word, rank in sorted(classes.items()))


if __name__ == "__main__":
    TABLES.mkdir(exist_ok=True)
    of, other, spelt, starts = syllables()
    held = io.BytesIO()
    np.savez_compressed(
        held,
        fold=fold_table(Folding()),
        syllable=of,
        other=other,
        letters=spelt,
        starts=starts,
        near=near_table(),
    )
    (TABLES / "letters.npz").write_bytes(held.getvalue())
    raw = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(words().encode())
    (TABLES / "words.tsv.gz").write_bytes(raw.getvalue())
    for path in sorted(TABLES.iterdir()):
        print(path.name, path.stat().st_size)
