"""The judgement: all evidence for one mark in one offer, as points and reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hufu.engines.detection.apart import letters_apart
from hufu.engines.detection.evidence import Evidence
from hufu.engines.detection.marks import Mark, Match, Offer, Reason, score_of
from hufu.engines.detection.native.features import (
    BESIDE_SHOP_WORD,
    BORDERED,
    COMMON,
    COMMON_DISGUISED,
    COMMON_TRICK,
    CUTS,
    DIGITS,
    IN_KNOWN_WORDS,
    NUMBER,
    REST_KNOWN,
    START,
    SURPRISED,
    WHOLE,
)
from hufu.engines.detection.native.hits import EXACT, FROM, TO, TRICK
from hufu.engines.detection.offers import Field
from hufu.engines.detection.reading import TURNED
from hufu.engines.detection.tables import Array
from hufu.engines.detection.text import normalise
from hufu.engines.detection.tricks import trick_of
from hufu.engines.detection.weights import FEATURES, MIDDLE, TRICKS, Weights

_NAMED = {
    COMMON: "everyday_word",
    COMMON_TRICK: "everyday_word",
    CUTS: "cuts_words",
    WHOLE: "whole_text",
    START: "named_first",
    REST_KNOWN: "rest_known",
    NUMBER: "number",
    DIGITS: "digits",
    COMMON_DISGUISED: "so_written",
    BORDERED: "capitals",
    BESIDE_SHOP_WORD: "shop_word",
    SURPRISED: "unlike_words",
    IN_KNOWN_WORDS: "known_words",
}
_SECOND_PLACES = {
    Field.BRAND: "brand",
    Field.SHOP: "shop",
    Field.DESCRIPTION: "description",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a mark in one field: its points, its features and what they weigh."""

    where: Field
    points: float
    hit: Array
    step: int
    features: Array


def judge(
    mark: Mark, evidence: Evidence, found: list[Found], weights: Weights
) -> Match:
    """Excuse the owner and whom the owner authorised; weigh everybody else.

    An excused match stays in the answer with score 0, so that nobody wonders.
    """
    offer = evidence.offer
    if code := _excuse(mark, offer):
        seller = normalise(offer.seller or offer.shop_name)
        reason = Reason(code, 0.0, "seller", seller, {"mark": mark.text})
        return Match(mark.id, 0.0, (reason,), excused=True, matcher=weights.matcher)
    best = max(found, key=lambda hit: (hit.where is not Field.DESCRIPTION, hit.points))
    reasons = tuple(_reasons(mark, evidence, found, (best, weights)))
    points = sum(reason.weight for reason in reasons)
    spans = {hit.where: (int(hit.hit[FROM]), int(hit.hit[TO])) for hit in found}
    plain = reasons[0].code == _place(best)
    lawful = list(evidence.lawful(mark, spans, plain=plain))
    reasons = _with_used(
        reasons, evidence.used(points, [*_outside(reasons, weights), *lawful])
    )
    score = score_of(sum(reason.weight for reason in reasons))
    return Match(mark.id, score, reasons, matcher=weights.matcher)


def disguise(trick: int, part: str, mark: str, text: str) -> str:
    """Name how a part of a text is written otherwise than the mark, "" for plainly."""
    code = TRICKS[trick] if trick != EXACT else trick_of(part, mark)
    return code or ("invisible" if TURNED in text else "")


def _outside(reasons: tuple[Reason, ...], weights: Weights) -> list[Reason]:
    """Give goods of other classes as a reason why the mark is not used as a mark.

    However sure the name is, that other goods bear it is mostly no infringement.
    """
    weight = weights.evidence["outside"]
    return [replace(r, weight=weight) for r in reasons if r.code == "class_differs"]


def _with_used(reasons: tuple[Reason, ...], used: list[Reason]) -> tuple[Reason, ...]:
    """Add the reasons of use; one that is among the others already adds its weight."""
    more = {reason.code: reason.weight for reason in used}
    told = [replace(r, weight=r.weight + more.pop(r.code, 0.0)) for r in reasons]
    return (*told, *(reason for reason in used if reason.code in more))


def _excuse(mark: Mark, offer: Offer) -> str:
    """Give the code that excuses a seller, or nothing."""
    seller = normalise(offer.seller or offer.shop_name)
    if seller and seller in mark.authorised:
        return "authorised_seller"
    return "owner_sells" if seller and seller == normalise(mark.owner) else ""


def _reasons(
    mark: Mark, evidence: Evidence, found: list[Found], chosen: tuple[Found, Weights]
) -> Iterator[Reason]:
    """List the reasons as they are read; their weights add up to the points."""
    best, weights = chosen
    yield from _name(mark, evidence.fields[best.where], best, weights)
    yield from _classes(mark, evidence.offer, weights)
    if mark.watched:
        yield Reason("monitored", weights.evidence["monitored"])
    yield evidence.among()
    for other in found:
        if other is not best and other.where in _SECOND_PLACES:
            weight = weights.evidence[_SECOND_PLACES[other.where]]
            text = _span(evidence.fields[other.where], other.hit)
            code = _place(other)
            yield Reason(code, weight, other.where, text, {"mark": mark.text})
    if best.where is Field.DESCRIPTION:
        weight = weights.evidence["description_only"]
        yield Reason("description_only", weight, best.where)
    elif best.where is Field.BRAND:
        yield Reason(
            "brand_equals",
            weights.evidence["brand"],
            best.where,
            params={"mark": mark.text},
        )
    yield from evidence.about(mark)


def _span(text: str, hit: Array) -> str:
    """Give the part of the text that was read as the mark."""
    return text[int(hit[FROM]) : int(hit[TO])]


def _place(found: Found) -> str:
    """Name the reason of a plain hit by its field."""
    whole = found.features[WHOLE] and found.where in (Field.BRAND, Field.TITLE)
    return f"{found.where}_{'equals' if whole else 'contains'}"


def _name(mark: Mark, text: str, best: Found, weights: Weights) -> Iterator[Reason]:
    """Say which part of the offer is read as the mark, how, and how telling that is."""
    part = _span(text, best.hit)
    trick = int(best.hit[TRICK])
    told = {"mark": mark.text, "part": part}
    code = disguise(trick, part, mark.text, text)
    rest = sum(
        float(weights.features[at] * best.features[at])
        for at in range(len(FEATURES))
        if at not in _NAMED
    )
    middle = float(weights.points[trick, MIDDLE])
    yield Reason(code or _place(best), middle + rest, best.where, part, told)
    letters = float(weights.points[trick, best.step]) - middle
    if letters:
        longer = "distinctive" if best.step > MIDDLE else "short"
        yield Reason(longer, letters, best.where, part)
    if apart := letters_apart(part, mark.text, trick):
        weight = float(weights.apart[trick]) * apart
        yield Reason("apart", weight, best.where, part, {**told, "count": str(apart)})
    for at, named in _NAMED.items():
        weight = float(weights.features[at] * best.features[at])
        if weight:
            yield Reason(named, weight, best.where, part, {"word": part})


def _classes(mark: Mark, offer: Offer, weights: Weights) -> Iterator[Reason]:
    """Compare the classes, when both sides have any."""
    if not (mark.classes and offer.classes):
        return
    shared = mark.classes & offer.classes
    shown = ", ".join(map(str, sorted(shared or offer.classes)))
    code = "class_agrees" if shared else "class_differs"
    yield Reason(code, weights.feature(code), "", "", {"classes": shown})
