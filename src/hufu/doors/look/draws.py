"""What both faces say of a draw: what is fixed, the value, and how to repeat it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hufu.domain.inspections.models import Draw
from hufu.doors.look.parts import Fact
from hufu.engines.proof.beacons import QUICKNET
from hufu.engines.proof.receipts import Receipt

# Where drand shows the rounds of quicknet; the long number is the chain's hash.
ROUNDS = (
    "https://api.drand.sh/"
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/public/{}"
)
RULE = "procedure.random_inspection"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the receipt of a plan proves by now, and the command that repeats a draw."""

    receipt: Receipt
    command: str

    @property
    def index(self) -> int | None:
        """Where the plan stands in the log; None before it does."""
        return self.receipt.proof.index if self.receipt.proof else None


def recorded(receipt: Receipt) -> Recorded:
    """Tie a receipt to the command for whoever downloads the files."""
    key = receipt.statement.log
    command = f"./hufu draw verify draw.json --receipt receipt.json --key '{key}'"
    return Recorded(receipt, command)


def fixed_facts(draw: Draw) -> list[Fact]:
    """Say what is fixed and public from the beginning: no candidate is in it."""
    return [
        Fact(_("How many are drawn"), draw.seats),
        Fact(_("The value that decides"), _value_name(draw), value_url(draw)),
        Fact(_("When the value is known"), hour(draw.known_at)),
        Fact(_("Plan recorded"), hour(draw.planned_at)),
    ]


def outcome_facts(draw: Draw) -> list[Fact]:
    """Say which value it was, and where it comes from; nothing before the draw."""
    outcome = getattr(draw, "outcome", None)
    if outcome is None:
        return []
    value, at = (
        outcome.drawing.value.hex(),
        Fact(_("Drawn at"), hour(outcome.settled_at)),
    )
    if not outcome.told_by:
        return [Fact(_("Random value"), value), at]
    return [
        Fact(_("Value as it was published"), outcome.said),
        Fact(_("Published by"), outcome.told_by),
        Fact(_("Random value: its SHA-256"), value),
        at,
    ]


def _value_name(draw: Draw) -> str:
    source = draw.planned.source
    if is_beacon(draw):
        return _("drand quicknet, round %(round)s") % {"round": source["round"]}
    return _("%(name)s: %(which)s") % {"name": source["name"], "which": source["round"]}


def is_beacon(draw: Draw) -> bool:
    """Say whether a network's signature decides, which can be checked here."""
    return draw.planned.chain() == QUICKNET


def value_url(draw: Draw) -> str:
    """Return where the round can be read; nothing for another source."""
    return ROUNDS.format(draw.planned.source["round"]) if is_beacon(draw) else ""


def hour(at: datetime) -> str:
    """Write an instant to the second: rounds come every three."""
    return f"{localtime(at):%Y-%m-%d %H:%M:%S}"
