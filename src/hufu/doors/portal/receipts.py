"""What whoever sent a lead reads about it: where it stands, clocks, and words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext

from hufu.base.clocks import explain_clock
from hufu.domain.leads import queries
from hufu.domain.leads.models import Lead, LeadClock
from hufu.domain.people.actors import Reporter
from hufu.engines.law import Ruling


@dataclass(frozen=True)
class Promise:
    """A date by which the office owes something, and why this date."""

    title: str
    due_on: date
    met_on: date | None
    source: str
    reasons: tuple[str, ...]


def report_actor(lead: Lead) -> Reporter:
    """Act for whoever holds the receipt: the agency's record is within reach."""
    return Reporter(agencies=frozenset({lead.agency_id}))


def followed(lead: Lead) -> dict[str, Any]:
    """Return what a sender may know. Nothing of another sender is in it."""
    standing = queries.standing_of(lead)
    thread = queries.thread_of(lead)
    return {
        "record": lead,
        "title": lead.title,
        "state": standing.state,
        "words": state_words(standing),
        "agency": standing.agency,
        "merged": standing.pk != thread.pk,
        "referred": thread.pk != lead.pk,
        "promises": promises(standing, thread),
        "messages_": queries.messages_of(lead),
        "files": thread.attachments.filter(from_officer=False).select_related(
            "item", "item__blob"
        ),
        "open": standing.state != Lead.State.CLOSED,
        "can_take_back": thread.state in Lead.OPEN and thread.taken_back_at is None,
    }


def state_words(lead: Lead) -> str:
    """Say in plain words where a lead stands."""
    words = {
        "new": pgettext("to the sender", "The office has it and will look at it."),
        "accepted": pgettext("to the sender", "An officer is checking it."),
        "in_case": pgettext(
            "to the sender", "The office has opened a case. The inquiry goes on."
        ),
        "closed": pgettext("to the sender", "The office has finished with it."),
        "merged": pgettext(
            "to the sender", "It was joined with another report on the same matter."
        ),
        "referred": pgettext("to the sender", "It was passed to another agency."),
    }
    return words[lead.state]


def promises(*leads: Lead) -> list[Promise]:
    """Return the dates that count for the sender, each with its reason."""
    clocks = {c.pk: c for one in leads for c in one.clocks.filter(dropped_on=None)}
    return [_promise(clock) for clock in sorted(clocks.values(), key=_when)]


def _when(clock: LeadClock) -> date:
    return clock.due_on


def _promise(clock: LeadClock) -> Promise:
    language = get_language() or "en"
    ruling = Ruling.from_json(clock.ruling)
    explained = explain_clock(clock)
    return Promise(
        title=ruling.title.say(language),
        due_on=clock.due_on,
        met_on=clock.met_on,
        source=ruling.source.cite(language),
        reasons=tuple(s.say(language) for s in explained.sentences),
    )
