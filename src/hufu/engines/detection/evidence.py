"""What an offer says beside the name: words that betray, words that excuse, a price."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from hufu.engines.detection import naming, phrases
from hufu.engines.detection.marks import Mark, Offer, Reason
from hufu.engines.detection.naming import cut, find
from hufu.engines.detection.offers import Field
from hufu.engines.detection.text import normalise, units
from hufu.engines.detection.weights import Weights

# How far a "for" reaches: "case for the new apple iphone 4".
_REACH = 8
_AFTER = 2
_CHEAP = Decimal("0.5")
_BULK = 100
# The weights are for so many marks; among fewer than a few, chance plays no part.
_FITTED = 200_000
_FEW = 10_000

_BETRAYING = cut(phrases.BETRAYING)
_BEFORE = cut(phrases.REFERRING_BEFORE)
_BEHIND = cut(phrases.REFERRING_AFTER)
_OTHER_WORDS = {
    "second_hand": cut(phrases.SECOND_HAND),
    "review": cut(phrases.REVIEWS),
}


def among(weights: Weights, marks: int) -> float:
    """Give the points for the number of marks that a text is compared with."""
    return weights.evidence["among"] * math.log(_FITTED / max(marks, _FEW))


class Evidence:
    """An offer read once, for all the marks found in it."""

    def __init__(
        self,
        offer: Offer,
        fields: Mapping[Field, str],
        weights: Weights,
        marks: int,
    ) -> None:
        """Keep the offer, its texts, and what each piece of evidence weighs."""
        self.offer = offer
        self.fields = fields
        self.all_weights = weights
        self.weights = weights.evidence
        self.marks = marks

    def _units(self, where: Field) -> tuple[str, ...]:
        return units(normalise(self.fields.get(where, "")))

    @cached_property
    def _title(self) -> tuple[str, ...]:
        return self._units(Field.TITLE)

    @cached_property
    def _betraying(self) -> tuple[str, str]:
        """Give the word typical of imitations and the field it stands in."""
        for where in (Field.TITLE, Field.DESCRIPTION):
            found = find(
                self._title if where is Field.TITLE else self._units(where), _BETRAYING
            )
            if found:
                return found, where
        return "", ""

    def _reason(
        self, code: str, where: str = "", excerpt: str = "", **told: str
    ) -> Reason:
        return Reason(code, self.weights[code], where, excerpt, told)

    def among(self) -> Reason:
        """Say how likely chance is among so many marks."""
        weight = among(self.all_weights, self.marks)
        return Reason("among", weight, "", "", {"count": f"{self.marks:,}"})

    def most(self) -> float:
        """Give the points that everything beside a name can add at most."""
        offer = self.offer
        there = {
            "betrays": bool(self._betraying[0]),
            "cheap": bool(offer.price),
            "bulk": (offer.quantity or 0) >= _BULK,
            "brand": Field.BRAND in self.fields,
            "shop": Field.SHOP in self.fields,
            "description": Field.DESCRIPTION in self.fields,
        }
        return sum(self.weights[code] for code, met in there.items() if met)

    def about(self, mark: Mark) -> Iterator[Reason]:
        """List what speaks for an imitation of the mark, beside its name."""
        word, where = self._betraying
        if word:
            yield self._reason("betrays", where, word, word=word)
        yield from self._price(mark)
        if (self.offer.quantity or 0) >= _BULK:
            yield self._reason("bulk", "quantity", quantity=str(self.offer.quantity))

    def _price(self, mark: Mark) -> Iterator[Reason]:
        """Compare the price with what the genuine goods cost."""
        price, usual = self.offer.price, mark.usual_price
        if not price or not usual or self.offer.currency != mark.currency:
            return
        if price < usual * _CHEAP:
            shown = f"{mark.currency} {usual}"
            yield self._reason(
                "cheap", "price", str(price), price=str(price), usual=shown
            )

    def lawful(
        self, mark: Mark, spans: Mapping[Field, tuple[int, int]], *, plain: bool
    ) -> Iterator[Reason]:
        """Say what suggests that the mark only names what the goods fit, or are.

        Who names the mark as the brand refers to nothing; who disguises it (`plain` is
        false) has no honest reason to name it behind another name. The weights are of
        the odds that the mark is used as a mark (`used`).
        """
        if Field.BRAND in spans:
            return
        if Field.TITLE in spans:
            yield from self._in_title(mark, spans[Field.TITLE], plain=plain)
        brand = normalise(self.offer.brand)
        if brand and brand not in normalise(mark.text):
            shown = self.offer.brand
            yield self._reason("other_brand", "brand", shown, brand=shown)

    def _in_title(
        self, mark: Mark, span: tuple[int, int], *, plain: bool
    ) -> Iterator[Reason]:
        """Read the words around a mark in the title."""
        title = self.fields[Field.TITLE]
        start, end = span
        before = units(normalise(title[:start]))
        after = units(normalise(title[end:]))
        word = find(before[-_REACH:], _BEFORE) or find(after[:_AFTER], _BEHIND)
        if word:
            yield self._reason("refers", "title", word, word=word)
        found = naming.accessory(naming.bare(before), title[end:])
        if found and not naming.are_own_goods(found, mark.classes):
            yield self._reason("accessory", "title", found, word=found)
        for code, known in _OTHER_WORDS.items():
            if found := find(before, known) or find(after, known):
                yield self._reason(code, "title", found, word=found)
        other = naming.other_maker(title[:start])
        if plain and other:
            yield self._reason("behind", "title", other, word=other)
        named = normalise(title[start:end])
        if naming.is_a_word(named, before, after):
            yield self._reason("as_word", "title", named, word=named)

    def used(self, points: float, lawful: list[Reason]) -> list[Reason]:
        """Weigh the lawful reasons beside so many points of all others.

        A lead must be the mark, and be used as a mark: the chances are multiplied, so
        that no certainty of the name outweighs a lawful use. What that takes off the
        points is shared out among the reasons by their weights.
        """
        total = sum(reason.weight for reason in lawful)
        if not total:
            return lawful
        usual = self.weights["used"]
        odds = (1 + math.exp(-points)) * (1 + math.exp(-usual - total))
        lost = -math.log(odds / (1 + math.exp(-usual)) - 1) - points
        return [replace(r, weight=lost * r.weight / total) for r in lawful]
