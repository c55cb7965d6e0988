"""What a deadline says about itself on a day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hufu.doors.look.tones import BUSY, CALM, GOOD, LATE, WAIT

SOON = 3  # days; only the tone changes, nothing legal hangs on it


@dataclass(frozen=True, slots=True)
class Chip:
    """Words, tone and icon of a deadline."""

    words: str
    tone: str
    icon: str


def chip_of(
    due_on: date | None,
    today: date,
    met_on: date | None = None,
    *,
    paused: bool = False,
) -> Chip:
    """Say how a deadline stands; a met one is judged by the day it was met."""
    if due_on is None:
        return Chip(_("no deadline"), CALM, "clock")
    if met_on is not None:
        return _met(due_on, met_on)
    if paused:
        return Chip(_("clock stopped"), CALM, "clock-pause")
    return _running((due_on - today).days)


def _met(due_on: date, met_on: date) -> Chip:
    late = (met_on - due_on).days
    if late <= 0:
        return Chip(_("done in time"), GOOD, "circle-check")
    words = ngettext("done %(days)d day late", "done %(days)d days late", late)
    return Chip(words % {"days": late}, LATE, "alert-circle")


def _running(left: int) -> Chip:
    if left < 0:
        words = ngettext("overdue by %(days)d day", "overdue by %(days)d days", -left)
        return Chip(words % {"days": -left}, LATE, "alert-circle")
    if left == 0:
        return Chip(_("due today"), LATE, "clock")
    words = ngettext("due in %(days)d day", "due in %(days)d days", left)
    return Chip(words % {"days": left}, WAIT if left <= SOON else BUSY, "clock")
