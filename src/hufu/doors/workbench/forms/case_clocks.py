"""Moving the periods of a case, as forms."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hufu.base import clocks
from hufu.domain.cases import services
from hufu.domain.cases.models import Case, CaseClock
from hufu.doors.workbench.forms.case_base import (
    ActForm,
    ClockField,
    DateInput,
    long_text,
)


def clocks_of(case: Case) -> QuerySet[CaseClock]:
    """Return the periods of the agency that still run."""
    return case.clocks.filter(met_on=None, dropped_on=None, side=CaseClock.Side.AGENCY)


def grounds_of(case: Case, kind: str) -> list[tuple[str, str]]:
    """Return the grounds the law knows for the running periods, in words."""
    language = get_language() or "en"
    found = {
        ground.code: ground.title.say(language)
        for clock in clocks_of(case)
        for ground in clocks.grounds_of(clock)
        if ground.kind == kind
    }
    return list(found.items())


class Suspend(ActForm):
    """Let days stay uncounted."""

    title = _("Pause a period")
    clock = ClockField(CaseClock.objects.none(), label=_("Period"), empty_label=None)
    ground = forms.ChoiceField(label=_("Ground"))
    from_on = forms.DateField(label=_("From"), widget=DateInput)
    to_on = forms.DateField(
        label=_("Until"),
        help_text=_("The expected end; correct it when it is known."),
        widget=DateInput,
    )
    reason = long_text(_("Reason"))

    def prepare(self) -> None:
        """Offer what the law offers."""
        self.offer("clock", clocks_of(self.case))
        self.fields["ground"].choices = grounds_of(self.case, "pause")  # type: ignore[attr-defined]  # a choice

    def run(self, at: datetime) -> None:
        """Do the act."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        clock = typed.pop("clock")
        services.suspend_clock(
            actor=self.actor,
            at=at,
            clock=clock,
            standstill=services.Standstill(**typed),
        )


class Resume(ActForm):
    """Correct the end of a standstill."""

    title = _("Resume a period")
    clock = ClockField(CaseClock.objects.none(), label=_("Period"), empty_label=None)
    last_on = forms.DateField(label=_("Last uncounted day"), widget=DateInput)

    def prepare(self) -> None:
        """Offer the periods that stand or stood still."""
        self.offer("clock", clocks_of(self.case).exclude(pauses=[]))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.resume_clock(actor=self.actor, at=at, **self.cleaned_data)


class Extend(ActForm):
    """Give more time."""

    title = _("Extend a period")
    clock = ClockField(CaseClock.objects.none(), label=_("Period"), empty_label=None)
    ground = forms.ChoiceField(label=_("Ground"))
    days = forms.IntegerField(
        label=_("Days"),
        help_text=_("Only where the collective discussion sets the length."),
        required=False,
        min_value=1,
    )
    reason = long_text(_("Reason, or minutes of the collective discussion"))

    def prepare(self) -> None:
        """Offer what the law offers."""
        self.offer("clock", clocks_of(self.case))
        self.fields["ground"].choices = grounds_of(self.case, "extension")  # type: ignore[attr-defined]  # a choice

    def run(self, at: datetime) -> None:
        """Do the act."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        clock = typed.pop("clock")
        services.extend_period(
            actor=self.actor, at=at, clock=clock, more=services.MoreTime(**typed)
        )
