"""The written rule that sends a lead into the simple or the complex lane.

Simple is what an officer can verify by looking: one known respondent, an act that
needs no technical comparison, goods of small value. Everything else is complex. The
statute's own simplified procedure (Administrative Penalty Law art. 51) is decided
later, in the case, when the amount of the fine is known; its ceiling is cited here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from hufu.base.law import book

CEILING = "lanes.simple_procedure.entity"
FEW_PIECES = 100
NEEDS_EXPERTS = frozenset(
    {"patent_infringement", "trade_secret_theft", "piracy", "other"}
)
TECHNICAL_RIGHTS = frozenset(
    {"invention", "utility_model", "layout_design", "plant_variety", "trade_secret"}
)
WORDS = {
    "needs_comparison": _("the act needs a technical or legal comparison"),
    "technical_right": _("the right is a technical one"),
    "respondent_unknown": _("nobody knows yet who did it"),
    "large_value": _("the goods are worth more than the ceiling of the simple lane"),
    "many_pieces": _("there are many pieces"),
    "well_known": _("the mark is said to be well known"),
    "plain_act": _("the act can be seen by looking at goods and mark"),
    "respondent_known": _("the respondent or the shop is known"),
    "small_value": _("the goods are few and of small value, or their value is unknown"),
}


@dataclass(frozen=True)
class Signs:
    """What the rule looks at."""

    act: str
    right_kind: str
    respondent_known: bool
    value: Decimal | None = None
    quantity: int | None = None
    well_known: bool = False


@dataclass(frozen=True)
class Choice:
    """A lane and the reasons for it, as codes of `WORDS`."""

    lane: str
    reasons: tuple[str, ...]


def choose_lane(signs: Signs, on: date) -> Choice:
    """Apply the rule as it stands on a day."""
    against = {
        "needs_comparison": signs.act in NEEDS_EXPERTS,
        "technical_right": signs.right_kind in TECHNICAL_RIGHTS,
        "respondent_unknown": not signs.respondent_known,
        "large_value": signs.value is not None and signs.value > ceiling(on),
        "many_pieces": signs.quantity is not None and signs.quantity > FEW_PIECES,
        "well_known": signs.well_known,
    }
    reasons = tuple(code for code, holds in against.items() if holds)
    if reasons:
        return Choice("complex", reasons)
    return Choice("simple", ("plain_act", "respondent_known", "small_value"))


def ceiling(on: date) -> Decimal:
    """Return the law's ceiling for the simplified procedure on a day."""
    return Decimal(book().on(on, CEILING).value)


def words_of(reasons: Sequence[str]) -> list[str]:
    """Return the English sentences of reasons, for a page to translate."""
    return [WORDS[code] for code in reasons if code in WORDS]
