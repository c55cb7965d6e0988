"""The seam of detection: what a matcher is given and what it must answer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A protected name. `authorised` holds normalised ids or names of sellers.

    A `watched` mark is monitored: it is also found with two letters changed, and is
    likelier to be imitated than another. `usual_price` is what the genuine goods cost,
    in `currency`.
    """

    id: str
    text: str
    classes: frozenset[int] = frozenset()
    authorised: frozenset[str] = frozenset()
    owner: str = ""
    usual_price: Decimal | None = None
    currency: str = ""
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers for sale, in the seller's words.

    `brand` is the maker the seller names; `classes` are Nice classes, empty when
    nobody knows; `seller` is the platform's id of the seller or, failing that, a name;
    `domain` is set for a domain name that is checked by itself.
    """

    id: str
    title: str
    seller: str = ""
    classes: frozenset[int] = frozenset()
    price: Decimal | None = None
    currency: str = ""
    description: str = ""
    shop_name: str = ""
    url: str = ""
    brand: str = ""
    quantity: int | None = None
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: its code, its weight in points, and where it stands.

    The words are `reasons.REASONS[code] % params`; a door translates the template.
    A negative weight speaks against the match.
    """

    code: str
    weight: float
    where: str = ""
    excerpt: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A mark found in an offer, with the reasons that make up its score.

    `score` is the logistic of the points, so it rises with every point and never
    reaches 1: two strong matches stay in order. `excused` says that the offer is no
    lead at all, because the owner or an authorised seller makes it; its score is 0.
    """

    mark_id: str
    score: float
    reasons: tuple[Reason, ...]
    excused: bool = False
    matcher: str = "names_v1"

    @property
    def points(self) -> float:
        """Give the sum of the weights."""
        return sum(reason.weight for reason in self.reasons)


def score_of(points: float) -> float:
    """Turn points into a score between 0 and 1, both excluded."""
    return 1 / (1 + math.exp(-points))
