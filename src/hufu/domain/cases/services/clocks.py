"""Periods that stand still or grow longer, on grounds the law names."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.clocks import end_pause, extend_clock, grounds_of, pause_clock
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, enter
from hufu.domain.cases.models import CaseClock, Paper
from hufu.domain.cases.services.papers import file_paper
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Extension

SUSPENSION = "suspension"


@dataclass(frozen=True)
class Standstill:
    """From when to when a period does not count; the end may be an expectation."""

    ground: str
    from_on: date
    to_on: date
    reason: str


@dataclass(frozen=True)
class MoreTime:
    """On which ground a period grows, and by how much where the law leaves it open."""

    ground: str
    reason: str
    days: int | None = None


@transaction.atomic
def suspend_clock(
    *, actor: Account, at: datetime, clock: CaseClock, standstill: Standstill
) -> CaseClock:
    """Leave days uncounted. Suspending the case itself is the head's to approve."""
    case = clock.case
    if standstill.ground == SUSPENSION:
        enter(case, actor, Permission.CASE_DECIDE)
    else:
        enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if standstill.to_on < standstill.from_on or standstill.from_on < clock.started_on:
        raise Refusal("days_out_of_order", _("The days are out of order."))
    kept = file_paper(case, Paper.Kind.PERIOD, standstill.reason, actor, at)
    pause_clock(
        clock,
        from_on=standstill.from_on,
        to_on=standstill.to_on,
        ground=standstill.ground,
    )
    kept["ground"] = standstill.ground
    return _save(clock, "suspend-clock", actor, at, kept)


@transaction.atomic
def resume_clock(
    *, actor: Account, at: datetime, clock: CaseClock, last_on: date
) -> CaseClock:
    """Correct the last uncounted day to the day on which the standstill ended."""
    enter(clock.case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if not clock.pauses:
        raise Refusal("not_paused", _("This period is not paused."))
    if str(last_on) < clock.pauses[-1]["from_on"]:
        raise Refusal("days_out_of_order", _("The days are out of order."))
    end_pause(clock, on=last_on)
    return _save(clock, "resume-clock", actor, at, {"last_on": str(last_on)})


@transaction.atomic
def extend_period(
    *, actor: Account, at: datetime, clock: CaseClock, more: MoreTime
) -> CaseClock:
    """Give more time, as head of the agency; each ground of the law serves once."""
    case = clock.case
    enter(case, actor, Permission.CASE_DECIDE)
    known = {g.code: g for g in grounds_of(clock)}
    ground = known.get(more.ground)
    left_open = ground is not None and ground.length is None
    if left_open and (more.days is None or more.days < 1):
        raise Refusal(
            "days_missing", _("Say how many days the collective discussion gives.")
        )
    extension = Extension(
        more.ground,
        n=more.days if left_open else None,
        unit="day" if left_open else None,
    )
    kept = file_paper(case, Paper.Kind.PERIOD, more.reason, actor, at)
    extend_clock(clock, extension=extension)
    kept["ground"] = more.ground
    return _save(clock, "extend-clock", actor, at, kept)


def _save(
    clock: CaseClock, verb: str, actor: Account, at: datetime, facts: dict[str, str]
) -> CaseClock:
    clock.save(update_fields=["pauses", "extensions", "due_on"])
    periods.refresh(clock.case)
    kept = {"clock": str(clock.pk), "rule": clock.rule, "due_on": str(clock.due_on)}
    record(clock.case, verb, actor=actor, at=at, facts={**facts, **kept})
    return clock
