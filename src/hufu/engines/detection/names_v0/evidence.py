"""What speaks for and against a hit: the weighted features of names_v0."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hufu.engines.detection.marks import Mark, Offer, Reason
from hufu.engines.detection.names_v0 import weights as words
from hufu.engines.detection.text import is_han, normalise, units

_DISTINCTIVE_FROM = 4
_DISTINCTIVE_TO = 12
_SHORT = 3
# A Han character tells about as much as two letters.
_HAN_LETTERS = 2
# How far a "for" reaches: "case for the new apple iphone 4".
_REFERRING_REACH = 8
_EXCERPT_SIDE = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a mark stands among the units of a field."""

    start: int
    end: int
    joined: bool
    whole: bool


_Phrases = dict[tuple[str, ...], str]


def _phrases(texts: tuple[str, ...]) -> _Phrases:
    """Split phrases into units, keeping how they are shown."""
    return {units(normalise(text)): text for text in texts}


_BETRAYING = _phrases(words.BETRAYING)
_BEFORE = _phrases(words.REFERRING_BEFORE)
_AFTER = _phrases(words.REFERRING_AFTER)
_ACCESSORIES = _phrases(words.ACCESSORIES)


def _find(parts: tuple[str, ...], phrases: _Phrases) -> str:
    """Give the leftmost phrase that occurs in the units, or nothing."""
    longest = max(map(len, phrases))
    for start in range(len(parts)):
        for size in range(longest, 0, -1):
            shown = phrases.get(parts[start : start + size])
            if shown:
                return shown
    return ""


class Reading:
    """An offer read once for all the marks found in it."""

    def __init__(
        self,
        offer: Offer,
        fields: Mapping[str, tuple[str, ...]],
        common: frozenset[str],
    ) -> None:
        """Keep the offer, the units of each field, and the words of many marks."""
        self.offer = offer
        self.fields = fields
        self.common = common

    @cached_property
    def betraying(self) -> tuple[str, str]:
        """Give the word typical of imitations and the field it stands in."""
        for where in ("title", "description"):
            found = _find(self.fields[where], _BETRAYING)
            if found:
                return found, where
        return "", ""

    @cached_property
    def accessory(self) -> str:
        """Give the accessory that the title offers, if it does."""
        return _find(self.fields["title"], _ACCESSORIES)

    def referring(self, hit: Hit) -> str:
        """Give the words of the title that make the mark a reference."""
        title = self.fields["title"]
        before = title[max(0, hit.start - _REFERRING_REACH) : hit.start]
        return _find(before, _BEFORE) or _find(title[hit.end : hit.end + 2], _AFTER)

    def excerpt(self, where: str, hit: Hit) -> str:
        """Give the hit with its neighbours, normalised."""
        parts = self.fields[where]
        start = max(0, hit.start - _EXCERPT_SIDE)
        shown = parts[start : hit.end + _EXCERPT_SIDE]
        return "".join(p if is_han(p) else f" {p} " for p in shown).replace("  ", " ")


def weigh(
    mark: Mark, spaced: str, hits: Mapping[str, Hit], reading: Reading
) -> Iterator[Reason]:
    """List the reasons for and against the mark, in the order they are read."""
    yield from _places(mark, hits, reading)
    yield from _form(spaced, hits)
    if spaced in reading.common and "brand" not in hits:
        yield _reason("common_word", "", spaced, word=spaced)
    yield from _class(mark, reading.offer)
    word, where = reading.betraying
    if word:
        yield _reason("betrays", where, word, word=word)
    if "brand" not in hits:
        yield from _lawful(spaced, hits, reading)


def _places(mark: Mark, hits: Mapping[str, Hit], reading: Reading) -> Iterator[Reason]:
    """Say in which fields the mark stands."""
    for where, hit in hits.items():
        whole = hit.whole and where in ("brand", "title")
        code = f"{where}_{'equals' if whole else 'contains'}"
        excerpt = reading.excerpt(where, hit).strip()
        yield _reason(code, where, excerpt, mark=mark.text)


def _form(spaced: str, hits: Mapping[str, Hit]) -> Iterator[Reason]:
    """Say how much the form of the name itself tells."""
    title = hits.get("title")
    if title is not None and title.start == 0 and not title.whole:
        yield _reason("named_first", "title", spaced)
    if all(hit.joined for hit in hits.values()):
        yield _reason("joined", next(iter(hits)), spaced, mark=spaced)
    letters = sum(_HAN_LETTERS if is_han(c) else 1 for c in spaced if c != " ")
    if letters > _DISTINCTIVE_FROM:
        beyond = min(letters, _DISTINCTIVE_TO) - _DISTINCTIVE_FROM
        weight = round(words.WEIGHTS["distinctive"] * beyond, 2)
        yield Reason("distinctive", weight, "", spaced)
    elif letters <= _SHORT:
        yield _reason("short", "", spaced)


def _class(mark: Mark, offer: Offer) -> Iterator[Reason]:
    """Compare the classes, when both sides have any."""
    if not (mark.classes and offer.classes):
        return
    shared = mark.classes & offer.classes
    shown = ", ".join(map(str, sorted(shared or offer.classes)))
    yield _reason("class_agrees" if shared else "class_differs", "", classes=shown)


def _lawful(spaced: str, hits: Mapping[str, Hit], reading: Reading) -> Iterator[Reason]:
    """Say what suggests that the mark only names what the goods are made for."""
    title = hits.get("title")
    if title is not None:
        word = reading.referring(title)
        if word:
            yield _reason("refers", "title", word, word=word)
        if reading.accessory and title.start > 0:
            word = reading.accessory
            yield _reason("accessory", "title", word, word=word)
    brand = " ".join(reading.fields["brand"])
    if brand and brand not in spaced:
        shown = reading.offer.brand
        yield _reason("other_brand", "brand", shown, brand=shown)


def _reason(code: str, where: str, excerpt: str = "", **params: str) -> Reason:
    """Make a reason with the weight of its code."""
    return Reason(code, words.WEIGHTS[code], where, excerpt, params)
