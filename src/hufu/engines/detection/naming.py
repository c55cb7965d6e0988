"""How the words around a mark in a title name what goods fit, not who made them."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from hufu.engines.detection import phrases
from hufu.engines.detection.tables import everyday_words
from hufu.engines.detection.text import normalise, units

Units = tuple[str, ...]


class Phrases(NamedTuple):
    """Phrases in units, each with how it is shown, and the units of the longest."""

    shown: dict[Units, str]
    longest: int


# Words at the beginning of a title that may be the name of another maker.
_FRONT = 2
_EVERYDAY = 3
_LEAST_NAME = 3
# "iPhone 4", "Galaxy S21 Ultra", "iPod touch 4g": no quantity is written so.
_GENERATION = re.compile(r"[a-z]?\d{1,2}(?:g|gs|s|c|e|th|nd|rd)?")
_MODEL = re.compile(r"([a-z]{1,4})\d{2,5}[a-z]{0,2}")
# How many words may stand between a generation and what is put on the device.
_BETWEEN = 4
# Letters in which the first words of a title stand.
_NEAR = 100
_OF = ("of",)
_ARTICLES = ("a", "an", "ein", "eine", "un", "une", "una")


def cut(texts: Iterable[str], *, plural: bool = False) -> Phrases:
    """Split phrases into units, keeping how they are shown."""
    found = {units(normalise(text)): text for text in texts}
    if plural:
        more = {(*parts[:-1], parts[-1] + "s"): f"{t}s" for parts, t in found.items()}
        found = {parts: t for parts, t in more.items() if t.isascii()} | found
    return Phrases(found, max(map(len, found)))


_ACCESSORIES = cut(phrases.ACCESSORIES, plural=True)
_WORN = cut(phrases.WORN, plural=True)
_POWER = cut(phrases.POWER, plural=True)
_CARRIED = cut(phrases.CARRIED, plural=True)
_DEVICES = cut(phrases.DEVICES, plural=True)
_WORN_OR_DEVICES = cut((*phrases.WORN, *phrases.DEVICES), plural=True)
_PRAISE = cut(phrases.PRAISE)


def find(parts: Units, known: Phrases) -> str:
    """Give the leftmost phrase that occurs in the units, or nothing."""
    for start in range(len(parts)):
        if size := _begins(parts, known, start):
            return known.shown[parts[start : start + size]]
    return ""


def _begins(parts: Units, known: Phrases, at: int = 0) -> int:
    """Count the units of the longest phrase that begins at a place."""
    longest = range(min(len(parts) - at, known.longest), 0, -1)
    return next((n for n in longest if parts[at : at + n] in known.shown), 0)


def bare(parts: Units) -> Units:
    """Leave out the praise at the beginning of a title."""
    while size := _begins(parts, _PRAISE):
        parts = parts[size:]
    return parts


def accessory(before: Units, behind: str) -> str:
    """Give the accessory that the mark only names the device of, or nothing.

    A title that begins with the mark offers the mark's own accessory, unless the mark
    and what follows are the name of a device.
    """
    after = units(normalise(behind))
    if not before:
        return _of_kind(after) or _of_generation(behind) or _of_models(after)
    return find(before, _ACCESSORIES) or find(after, _ACCESSORIES)


def are_own_goods(accessory: str, classes: frozenset[int]) -> bool:
    """Say whether an accessory may be what a mark of these classes is used for."""
    carried = accessory in _CARRIED.shown.values()
    return carried and phrases.CARRIED_CLASS in classes


def _of_kind(after: Units) -> str:
    """Give what loads the devices of a maker: "laptop charger"."""
    size = _begins(after, _DEVICES)
    there = size and _begins(after, _POWER, size)
    return find(after[size:], _POWER) if there else ""


def _of_generation(behind: str) -> str:
    """Give what is put on a device of a generation: "4 silicone case"."""
    words = _as_written(behind[:_NEAR])
    for at, word in enumerate(words[:2]):
        if _GENERATION.fullmatch(word):
            beside = units(normalise(" ".join(words[at + 1 :])))[:_BETWEEN]
            found = find(beside, _WORN_OR_DEVICES)
            return "" if found in _DEVICES.shown.values() else found
    return ""


def _as_written(text: str) -> list[str]:
    """Split a text where it is written apart, so that "16-inch" is one word."""
    split = (
        [word] if word.isascii() else units(normalise(word))
        for word in text.casefold().split()
    )
    return [word for words in split for word in words]


def _of_models(after: Units) -> str:
    """Give what fits models of one series that are named side by side: "tn20 tn30"."""
    for at, (one, other) in enumerate(pairwise(after)):
        if _begins(after, _ACCESSORIES, at):
            return ""
        series, next_series = _MODEL.fullmatch(one), _MODEL.fullmatch(other)
        if series and next_series and series[1] == next_series[1] and one != other:
            return find(after[at:], _ACCESSORIES)
    return ""


def other_maker(before: str) -> str:
    """Give the word at the beginning of a title that is the name of another maker."""
    words = [word for part in before[:_NEAR].split() for word in _names_in(part)]
    return next((word for word in words[:_FRONT] if _is_a_name(word)), "")


def _names_in(part: str) -> Units:
    """Split a part of a title; "T-Mobile" is one name, "t-shirt" is none."""
    parts = bare(units(normalise(part)))
    lone, *word = parts or ("",)
    if "-" in part and len(lone) == len(word) == 1:
        return () if word[0] in phrases.LETTERED else (lone + word[0],)
    return parts


def _is_a_name(word: str) -> bool:
    """Say whether a word is not of everyday language, as names of makers are not."""
    return (
        len(word) >= _LEAST_NAME
        and word.isascii()
        and word.isalpha()
        and word not in everyday_words(_EVERYDAY)
    )


def is_a_word(mark: str, before: Units, after: Units) -> bool:
    """Say whether a mark that is a word of everyday language is used as that word."""
    if mark not in everyday_words(_EVERYDAY):
        return False
    return after[:1] == _OF or (bool(before) and before[-1] in _ARTICLES)
