"""Checking a name: what somebody wants to know before filing or buying it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hufu.engines.detection.crossing import near_names
from hufu.engines.detection.index import Index
from hufu.engines.detection.marks import Match, Reason, score_of

# Below it a name has little more in common with a mark than chance gives.
LEAST = 0.05
# Read before what speaks of offers is left out, which changes the order.
_READ = 200
# A name alone is no offer: these speak of goods and sellers.
_OF_OFFERS = frozenset(
    {"accessory", "behind", "betrays", "bulk", "refers", "review", "second_hand"}
)
_OF_NAMES = {
    "title_equals": "name_equals",
    "title_contains": "name_contains",
    "named_first": "name_begins",
}


def known_pairs(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Read pairs of names of one brand in two scripts, each once.

    Rows have `latin` and `han`; a row without one of them is left out.
    """
    pairs = ((row["latin"].strip(), row["han"].strip()) for row in rows)
    return list(dict.fromkeys(pair for pair in pairs if all(pair)))


def check_name(
    index: Index, name: str, classes: frozenset[int] = frozenset(), most: int = 30
) -> list[Match]:
    """Give the marks near a name, best first, those in other scripts too.

    `classes` are Nice classes of the goods meant, none where nobody knows. The name is
    read as a sign, not as an offer: "Fit for Life" excuses nothing.
    """
    found = map(_as_name, near_names(index, name, classes, _READ))
    near = [match for match in found if match.score >= LEAST]
    return sorted(near, key=lambda m: (-m.score, m.mark_id))[:most]


def _as_name(match: Match) -> Match:
    """Leave out what speaks of an offer, and say the rest of a name."""
    reasons = tuple(
        _named(reason) for reason in match.reasons if reason.code not in _OF_OFFERS
    )
    score = score_of(sum(reason.weight for reason in reasons))
    return replace(match, reasons=reasons, score=score)


def _named(reason: Reason) -> Reason:
    return replace(reason, code=_OF_NAMES.get(reason.code, reason.code))
