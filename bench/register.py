"""The register that detection is measured against: real names, then invented ones.

Frozen with the first release of the bench: false leads depend on it. `SEED` and the
order of the draws fix every name. Real names come first (`data/marks.csv.gz`: names in
use, not registrations), then Latin ones drawn letter by letter from what follows two
letters in real names, and Chinese ones drawn from the characters of real ones.
"""

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from hufu.engines.detection.text import is_han, normalise

DATA = Path(__file__).parents[1] / "data"
SEED = 20261122
LETTERS = " abcdefghijklmnopqrstuvwxyz"
HAN_SHARE = 0.25
CHUNK = 250_000
WORDS = (0.62, 0.30, 0.08)  # one, two, three words
HAN_LENGTHS = (0.30, 0.35, 0.25, 0.10)  # two to five characters
CLASSES = 45


@dataclass(frozen=True)
class Row:
    """A name of the register with the classes it is registered for."""

    id: str
    text: str
    classes: frozenset[int]
    real: bool


def rows_of(name):
    """Read a table of data/."""
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def real_names():
    """Give the distinct real names, in the order of their ids."""
    return tuple(dict.fromkeys(row["wordmark"] for row in rows_of("marks.csv.gz")))


def register(count):
    """Give a register of `count` names; a smaller one is the beginning of a larger."""
    return list(drawn(count))


def drawn(count):
    """Give the names one after another, for a register too large for the memory."""
    real = real_names()[:count]
    chance = np.random.default_rng(SEED)
    for at, text in enumerate(real):
        yield Row(f"r{at:07}", text, _classes(chance), real=True)
    at = len(real)
    for begun in range(0, count - len(real), CHUNK):
        chance = np.random.default_rng([SEED, begun])
        for text in invented(CHUNK, chance)[: count - at]:
            yield Row(f"s{at:08}", text, _drawn_classes(chance), real=False)
            at += 1


def _classes(chance):
    """Draw one class, or two in a third of the cases."""
    count = 1 if chance.random() < 2 / 3 else 2
    return frozenset(int(n) for n in chance.integers(1, CLASSES + 1, count))


def _drawn_classes(chance):
    first = int(chance.random() * CLASSES) + 1
    return frozenset({first} if first % 3 else {first, first % CLASSES + 1})


def invented(count, chance):
    """Invent names: Latin ones letter by letter, Chinese ones by character."""
    han = int(count * HAN_SHARE)
    names = _latin(count - han, chance) + _han(han, chance)
    return [names[at] for at in chance.permutation(count)]


@cache
def _following():
    """Count what follows two letters within the words of real Latin names."""
    seen = np.full((27, 27, 27), 0.02)
    for name in real_names():
        for word in normalise(name).split():
            if word.isascii() and word.isalpha() and 3 <= len(word) <= 12:
                codes = [0, 0, *(LETTERS.index(c) for c in word), 0]
                for a, b, c in zip(codes, codes[1:], codes[2:], strict=False):
                    seen[a, b, c] += 1
    seen[0, :, 0] = 0  # no word of one letter
    total = seen.sum(axis=2, keepdims=True)
    return np.cumsum(seen / np.where(total == 0, 1, total), axis=2)


def _words(count, chance):
    """Draw words of three to twelve letters."""
    table = _following()
    held = np.zeros((count, 14), np.int64)
    done = np.zeros(count, bool)
    for at in range(2, 14):
        draws = chance.random(count)
        rows = table[held[:, at - 2], held[:, at - 1]]
        letter = (rows < draws[:, None]).sum(axis=1).clip(0, 26)
        early = (letter == 0) & (at < 5)
        letter[early] = 1 + (draws[early] * 26).astype(int)
        done |= letter == 0
        held[:, at] = np.where(done, 0, letter)
    alphabet = np.array(list(LETTERS))
    return ["".join(row).strip() for row in alphabet[held[:, 2:]]]


def _latin(count, chance):
    numbers = chance.choice(3, count, p=WORDS) + 1
    words = iter(_words(int(numbers.sum()), chance))
    return [" ".join(next(words) for _ in range(n)).title() for n in numbers]


@cache
def han_letters():
    """Give the characters of real Chinese names and how often each is met."""
    letters = [
        c
        for name in real_names()
        for c in name
        if is_han(c) and "\u4e00" <= c <= "\u9fff"
    ]
    found, counts = np.unique(letters, return_counts=True)
    return found, counts / counts.sum()


def _han(count, chance):
    letters, share = han_letters()
    sizes = chance.choice(4, count, p=HAN_LENGTHS) + 2
    drawn = iter(chance.choice(letters, int(sizes.sum()), p=share))
    return ["".join(next(drawn) for _ in range(size)) for size in sizes]
