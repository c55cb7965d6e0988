"""How the exhibits of a case stand against the law's evidence lists, for its page."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from hufu.domain.cases.models import Case
from hufu.domain.cases.queries import CHANNELS, Standing, evidence_standing
from hufu.domain.cases.workflow import RUNNING
from hufu.engines.law import Item

DOUBTS = {
    "secondary": gettext_lazy("taken from a second source"),
    "unconfirmed": gettext_lazy("not confirmed in the law"),
}


@dataclass(frozen=True)
class Line:
    """One requirement: whether it is met and by what, or how to cure it."""

    title: str
    state: str
    tone: str
    way: str


@dataclass(frozen=True)
class ShownStanding:
    """The list of one channel, what is missing first, and the rule it comes from."""

    title: str
    lines: list[Line]
    present: int
    required: int
    source: str
    since: date
    doubt: str
    day: date


def standings_of(case: Case, today: date) -> list[ShownStanding]:
    """Show the list of the case; while it runs, that of a transfer to the police, too.

    An ended case is measured by the law of the day on which it ended.
    """
    day = case.closed_on or today
    asked = CHANNELS if case.state in RUNNING else CHANNELS[:1]
    found = (evidence_standing(case, channel, day) for channel in asked)
    return [_shown(one, day) for one in found if one is not None]


def _shown(one: Standing, day: date) -> ShownStanding:
    language, listed = get_language() or "en", one.checklist
    there = [item for item in listed.items if item.is_present]
    sorted_items = [*listed.missing, *listed.advised, *there]
    required = sum(item.is_required for item in listed.items)
    return ShownStanding(
        title=listed.title.say(language),
        lines=[_line(item, one.proofs, language) for item in sorted_items],
        present=required - len(listed.missing),
        required=required,
        source=listed.ruling.source.cite(language),
        since=listed.ruling.since,
        doubt=str(DOUBTS.get(listed.ruling.confidence, "")),
        day=day,
    )


def _line(item: Item, proofs: dict[str, list[int]], language: str) -> Line:
    title = capfirst(item.title.say(language))
    if item.is_present:
        state, tone = pgettext("evidence", "present"), "good"
        return Line(title, state, tone, _proof(proofs.get(item.code, [])))
    state, tone = pgettext("evidence", "would help"), "calm"
    if item.is_required:
        state, tone = pgettext("evidence", "missing"), "wait"
    return Line(title, state, tone, capfirst(item.cure.say(language)))


def _proof(numbers: list[int]) -> str:
    if not numbers:
        return _("Kept by the system with every file")
    named = pgettext("between numbers", ", ").join(map(str, numbers))
    return ngettext("Exhibit %s", "Exhibits %s", len(numbers)) % named
