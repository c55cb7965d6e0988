"""Clean listings, and listings with a disguised name planted in them."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from disguises import HAN, LATIN
from halves import is_development
from register import CLASSES, register, rows_of

from hufu.engines.detection import phrases
from hufu.engines.detection.naming import cut, find
from hufu.engines.detection.text import is_han, normalise, units

SEED = 4
HAN_TITLES = 4000
GOODS = [
    "运动鞋", "手机壳", "连衣裙", "保温杯", "电饭煲", "蓝牙耳机", "羽绒服",
    "洗发水", "面膜", "白酒", "茶叶", "奶粉", "玩具", "书包", "台灯", "充电宝",
    "数据线", "牛仔裤", "衬衫", "手表", "自行车", "沐浴露", "洗衣液", "牛奶",
    "饼干", "巧克力", "咖啡", "雨伞", "床单", "毛巾",
]  # fmt: skip
BEFORE = [
    "正品", "新款", "2026新款", "官方", "包邮", "特价", "热卖", "家用", "男士",
    "女士", "儿童", "进口", "大容量", "夏季", "冬季", "轻便", "防水", "全新",
]  # fmt: skip
AFTER = [
    "送礼", "套装", "两件装", "500ml", "大码", "顺丰包邮", "学生", "礼盒", "加厚",
    "透气", "便携", "旗舰店", "一件代发", "黑色", "白色",
]  # fmt: skip

_LAWFUL = (
    cut(phrases.ACCESSORIES, plural=True),
    cut((*phrases.REFERRING_BEFORE, *phrases.REFERRING_AFTER)),
    cut((*phrases.SECOND_HAND, *phrases.REVIEWS)),
)


@dataclass(frozen=True)
class Query:
    """A text, the trick planted in it, and the mark that it hides; none when clean."""

    text: str
    kind: str
    target: str
    classes: frozenset[int]


@cache
def brands():
    """Give the brands that the listings offer, named as such or found in titles."""
    named, seen = set(), Counter()
    known = {normalise(row["wordmark"]) for row in rows_of("marks.csv.gz")}
    for row in rows_of("listings.csv.gz"):
        if row["brand"]:
            named.add(normalise(row["brand"]))
        words = normalise(row["title"]).split()
        parts = {
            " ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 4)
        }
        seen.update(part for part in parts if part in known)
        if row["dataset"].startswith("wdc"):
            seen.update({w for w in words[:2] if w.isalpha() and len(w) > 2})
    for row in rows_of("listings_nominative_use.csv.gz"):
        named |= {normalise(row["mentioned_mark"]), normalise(row["mark_owner"])}
    named |= {part for part, count in seen.items() if count >= 2 and not _is_word(part)}
    named |= {part for part in seen if " " in part}  # a name of two words is no chance
    return frozenset(name for name in named if len(name) > 1)


@cache
def _everyday():
    from hufu.engines.detection.tables import everyday_words

    return everyday_words(4)


def _is_word(text):
    return all(part in _everyday() or part.isdigit() for part in text.split())


def _shortened(text):
    return {text[:at] + text[at + 1 :] for at in range(len(text))} | {text}


def without_brands(rows):
    """Take the offered brands out of a register, with their variants.

    A name goes when it has the words of a brand in it, or is one but for one letter.
    """
    names = brands()
    near = set().union(
        *(_shortened(name.replace(" ", "")) for name in names if len(name) > 4)
    )
    kept = []
    for row in rows:
        text = normalise(row.text)
        words = text.split()
        parts = (
            " ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, a + 4)
        )
        bare = text.replace(" ", "")
        if any(
            part in names and (part == text or not _is_word(part)) for part in parts
        ):
            continue
        if len(bare) > 4 and not near.isdisjoint(_shortened(bare)):
            continue
        kept.append(row)
    return kept


@cache
def cleaned(count):
    """Give the register without the offered brands."""
    return tuple(without_brands(register(count)))


def titles(*, development):
    """Give the titles of one half of the listings, brands left in: they are clean."""
    rows = [
        r
        for r in rows_of("listings.csv.gz")
        if is_development(r["listing_id"]) == development
    ]
    return list(dict.fromkeys(row["title"] for row in rows))


def speaks_of_fit(title):
    """Say whether a title has words of lawful naming; nothing is planted there."""
    words = units(normalise(title))
    return any(find(words, known) for known in _LAWFUL)


def chinese(count, chance):
    """Make Chinese titles from words of shops; invented, and said so in reports."""

    def some(words, most):
        chosen = chance.choice(len(words), chance.integers(1, most), replace=False)
        return [words[at] for at in chosen]

    made = []
    for _ in range(count):
        goods = GOODS[chance.integers(len(GOODS))]
        made.append("".join([*some(BEFORE, 4), goods, *some(AFTER, 4)]))
    return made


def targets(rows, *, development, han):
    """Give the marks of a half to plant: 5 to 20 letters, or 2 to 6 characters."""
    chosen = []
    for row in rows:
        text = normalise(row.text)
        bare = text.replace(" ", "")
        if is_development(text) != development:
            continue
        if han:
            fits = 2 <= len(bare) <= 6 and all(
                is_han(c) and "\u4e00" <= c <= "\u9fff" for c in bare
            )
        else:
            fits = (
                5 <= len(bare) <= 20
                and bare.isascii()
                and bare.isalpha()
                and len(text.split()) <= 3
            )
        if fits:
            chosen.append(row)
    return chosen


def planted(rows, each, *, development):
    """Plant every trick in `each` titles, half of the marks real and half invented."""
    chance = np.random.default_rng([SEED, development])
    queries = []
    for tricks, han in ((LATIN, False), (HAN, True)):
        texts = chinese(HAN_TITLES, chance) if han else titles(development=development)
        texts = [text for text in texts if not speaks_of_fit(text)]
        pool = targets(rows, development=development, han=han)
        sides = [[r for r in pool if r.real], [r for r in pool if not r.real]]
        for kind, trick in tricks.items():
            done = 0
            while done < each:
                side = sides[done % 2] or sides[0]
                row = side[chance.integers(len(side))]
                name = row.text if not han else normalise(row.text)
                written = trick(name, chance)
                if written is None:
                    continue
                title = texts[chance.integers(len(texts))]
                queries.append(
                    Query(_put(title, written, chance, han), kind, row.id, row.classes)
                )
                done += 1
    return queries


def _put(title, written, chance, han):
    """Put a name into a title, at a place where a word begins."""
    if han:
        places = [0, *(title.find(g) for g in GOODS if g in title)]
        at = places[chance.integers(len(places))]
        gap = " " if written[:1].isascii() else ""
        return f"{title[:at]}{gap}{written}{gap}{title[at:]}"
    words = title.split()
    at = int(chance.integers(len(words) + 1))
    return " ".join([*words[:at], written, *words[at:]])


def clean(count, *, development, han=False):
    """Give clean offers of a half with a class drawn evenly from the 45."""
    chance = np.random.default_rng([SEED, 7, development])
    texts = chinese(count, chance) if han else titles(development=development)
    picked = chance.permutation(len(texts))[:count]
    kind = "clean_zh" if han else "clean"
    drawn = (frozenset({int(chance.integers(1, CLASSES + 1))}) for _ in picked)
    return [Query(texts[at], kind, "", c) for at, c in zip(picked, drawn, strict=True)]
