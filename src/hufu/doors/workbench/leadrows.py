"""The rows of the inbox, ready to be shown: a word is said once for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from hufu.domain.leads.models import Lead
from hufu.domain.rights.models import Right


@dataclass(frozen=True, slots=True)
class Row:
    """What the inbox shows of one lead."""

    key: str
    url: str
    title: str
    reference: str
    about: str
    origin: str
    anonymous: bool
    right: str
    kind: str
    lane: str
    received_at: datetime
    due_on: date | None
    state: str
    state_words: str


def rows_of(leads: Iterable[Lead]) -> list[Row]:
    """Return a row for each lead, in their order."""
    origins, states = _said(Lead.Origin), _said(Lead.State)
    lanes, kinds = _said(Lead.Lane), {"": "–", **_said(Right.Kind)}
    taken_back = _("taken back")
    return [
        Row(
            key=str(lead.pk),
            url=reverse("workbench:lead", args=[lead.pk]),
            title=lead.title,
            reference=lead.reference,
            about=" · ".join(_about(lead, taken_back)),
            origin=origins[lead.origin],
            anonymous=lead.anonymous,
            right=lead.right.name if lead.right else "",
            kind=kinds[lead.right_kind],
            lane=lanes[lead.lane],
            received_at=lead.received_at,
            due_on=lead.next_due_on,
            state=lead.state,
            state_words=states[lead.state],
        )
        for lead in leads
    ]


def _said(choices: type[TextChoices]) -> dict[str, str]:
    """Say every choice in the reader's language."""
    return {str(value): str(label) for value, label in choices.choices}


def _about(lead: Lead, taken_back: str) -> list[str]:
    """Say whom a lead is about, and whether its sender took it back."""
    said = [lead.seller or lead.respondent_name]
    said += [taken_back] if lead.taken_back_at else []
    return [words for words in said if words]
