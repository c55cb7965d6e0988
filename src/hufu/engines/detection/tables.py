"""The frozen tables of names_v1: what letters look and sound like, and common words."""

import functools
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "tables"
BREAK = 1
CODES = 0x10000
# Scripts that do not part their words: Han, kana, Hangul, and what folds to them.
HAN_FROM, HAN_TO = 0x2E80, 0xF900
NEAR_FROM, NEAR_TO = 0x4E00, 0xA000
LONGEST = 40  # letters of a window, and of a mark as far as it is compared
SLOTS = 1 << 19
OTHERS, OURS = 16, 32

_ODD = 0x9E3779B97F4A7C15
_FULL = (1 << 64) - 1
# What is drawn alike is one letter.
_DRAWN = dict(zip("i1!|0234@5$6789", "llllozeaassgtbg", strict=True))

Array = NDArray[Any]


class Tables(NamedTuple):
    """Arrays that the native code reads.

    `fold` gives up to three codes for a code point; `drawn` the look-alike letter of a
    code; `syllable` the spelling of a code as a place in `starts` and `letters`;
    `other` a second spelling; `near` the Han characters drawn alike; `code` and `power`
    serve the rolling hash; `keys` and `ranks` are the common words, ranked 1 to 9,
    and `OURS` or `OTHERS` beside that; `surprise` tells of each three letters how
    little the third follows the others in those words.
    """

    fold: Array
    drawn: Array
    syllable: Array
    other: Array
    letters: Array
    starts: Array
    near: Array
    code: Array
    power: Array
    keys: Array
    ranks: Array
    surprise: Array


@functools.cache
def version() -> str:
    """Give the hash of the frozen tables; an index belongs to one of them."""
    digest = hashlib.sha256()
    for name in ("letters.npz", "words.tsv.gz"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()


@functools.cache
def letters() -> Tables:
    """Read the tables of letters; the common words are still empty."""
    with np.load(FOLDER / "letters.npz") as held:
        parts = {name: held[name] for name in held.files}
    drawn = np.arange(CODES, dtype=np.uint16)
    for letter, other in _DRAWN.items():
        drawn[ord(letter)] = ord(other)
    return Tables(
        **parts,
        drawn=drawn,
        code=_scrambled(np.arange(CODES, dtype=np.uint64)),
        power=_powers(LONGEST + 2),
        keys=np.zeros(SLOTS, np.uint64),
        ranks=np.zeros(SLOTS, np.uint8),
        surprise=np.zeros(0, np.uint8),
    )


def common_words() -> Iterator[tuple[str, int]]:
    """Read the common words of the languages, each with its rank.

    `OURS` is added to the rank of a word, or `OTHERS` if it is only known of other
    languages: such a word is hardly a name, but may be a misspelt one. Nothing is added
    to the name of a maker: it means that maker, and is not another one misspelt.
    """
    with gzip.open(FOLDER / "words.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            word, rank = line.rstrip("\n").split("\t")
            yield word, int(rank)


@functools.cache
def everyday_words(rank: int) -> frozenset[str]:
    """Give the words of the languages read here that are as common as a rank."""
    return frozenset(word for word, known in common_words() if known >= OURS + rank)


def _scrambled(numbers: Array) -> Array:
    """Give each number 64 bits of its own (the finalizer of SplitMix64)."""
    with np.errstate(over="ignore"):
        mixed = numbers + np.uint64(_ODD)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def _powers(count: int) -> Array:
    """Give the powers of the base of the rolling hash."""
    powers, power = [], 1
    for _ in range(count):
        powers.append(power)
        power = power * (_ODD | 1) & _FULL
    return np.array(powers, np.uint64)
