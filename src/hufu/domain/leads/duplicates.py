"""Which leads may be about the same matter, and why. Pure: it is given both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_noop as _
from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.utils import default_process

SAME_PAGE, SAME_SELLER, SAME_RESPONDENT, SAME_RIGHT = 60, 25, 25, 20
ALIKE_FROM, ALIKE_WEIGHT = 70, 30
ENOUGH = 40

WORDS = {
    "same_page": _("the same address on the web"),
    "same_seller": _("the same seller"),
    "same_respondent": _("the same respondent"),
    "same_right": _("the same right"),
    "alike_title": _("a title alike"),
}


class Comparable(Protocol):
    """What of a lead is compared."""

    id: UUID
    url_key: str
    seller: str
    respondent_name: str
    respondent_uscc: str
    right_id: UUID | None
    title: str


@dataclass(frozen=True)
class Likeness:
    """How alike two leads are, from 0 to 100 and more, and in what."""

    id: UUID
    score: int
    reasons: tuple[str, ...]


def compare(lead: Comparable, other: Comparable) -> Likeness:
    """Add up what two leads have in common; never a score without its reasons."""
    points: dict[str, int] = {}
    if lead.url_key and lead.url_key == other.url_key:
        points["same_page"] = SAME_PAGE
    if lead.seller and _same(lead.seller, other.seller):
        points["same_seller"] = SAME_SELLER
    if _same_respondent(lead, other):
        points["same_respondent"] = SAME_RESPONDENT
    if lead.right_id and lead.right_id == other.right_id:
        points["same_right"] = SAME_RIGHT
    alike = token_set_ratio(lead.title, other.title, processor=default_process)
    if alike >= ALIKE_FROM:
        points["alike_title"] = round(ALIKE_WEIGHT * alike / 100)
    return Likeness(other.id, sum(points.values()), tuple(points))


def rank(lead: Comparable, others: Iterable[Comparable]) -> list[Likeness]:
    """Return the likely duplicates, likeliest first."""
    found = [compare(lead, other) for other in others if other.id != lead.id]
    return sorted((f for f in found if f.score >= ENOUGH), key=lambda f: -f.score)


def _same(left: str, right: str) -> bool:
    return default_process(left) == default_process(right)


def _same_respondent(lead: Comparable, other: Comparable) -> bool:
    if lead.respondent_uscc:
        return lead.respondent_uscc == other.respondent_uscc
    return bool(lead.respondent_name) and _same(
        lead.respondent_name, other.respondent_name
    )
