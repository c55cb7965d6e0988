"""The hearing: who holds it, when, and the report that follows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.clocks import pause_clock
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.law import book
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, cite, enter, has_conflict
from hufu.domain.cases.models import Case, Hearing, Paper, Submission
from hufu.domain.cases.services.notes import Kind, notify_team
from hufu.domain.cases.services.papers import check_said, file_paper
from hufu.domain.cases.services.team import Seat, write_participant
from hufu.domain.cases.workflow import CASE
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

HEARING_GROUND = "hearing"


@dataclass(frozen=True)
class Sitting:
    """When and where a hearing takes place, and whether the public may come."""

    held_at: datetime
    place: str
    public: bool = True


@transaction.atomic
def call_hearing(
    *, actor: Account, at: datetime, case: Case, request: Submission, host: Account
) -> Hearing:
    """Appoint who holds the hearing: nobody who investigated or has an interest."""
    enter(case, actor, Permission.CASE_DECIDE)
    _check_request(case, request)
    handled = case.participants.filter(account=host, duty=Duty.HANDLER).exists()
    if handled:
        raise Refusal(
            "investigated_it",
            _("Whoever investigated a case neither reviews it nor holds its hearing."),
        )
    if not host.holds(Permission.CASE_REVIEW) or has_conflict(case, host):
        raise Refusal("not_able", _("This officer cannot hold the hearing."))
    today = timezone.localdate(at)
    CASE.take("call_hearing", case, actor=actor, at=at, facts={"host": str(host.pk)})
    seat = Seat(host, Duty.HEARING_HOST, str(_("hearing")))
    write_participant(case, seat, actor, at)
    hearing = Hearing.objects.create(
        case=case, request=request, host=host, appointed_on=today
    )
    periods.meet(case, periods.HEARING_HOST, today)
    periods.start(case, periods.HEARING_DATE, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return hearing


def _check_request(case: Case, request: Submission) -> None:
    if request.case_id != case.pk or request.kind != Submission.Kind.HEARING:
        raise Refusal("not_found", _("There is no such request."))
    if request.late:
        raise Refusal(
            "request_late",
            _("The request came after %(day)s; no hearing is owed.")
            % {"day": request.due_on},
        )


@transaction.atomic
def set_hearing(
    *, actor: Account, at: datetime, hearing: Hearing, sitting: Sitting
) -> Hearing:
    """Fix time and place early enough for the notice the law wants before it."""
    case = hearing.case
    _check_host(hearing, actor)
    check_said(sitting.place)
    today = timezone.localdate(at)
    held_on = timezone.localdate(sitting.held_at)
    latest = book().deadline(periods.HEARING_NOTICE, start=held_on)
    if latest.due_on < today:
        raise Refusal(
            "too_soon",
            _("The respondent must be told by %(day)s; choose a later day.")
            % {"day": latest.due_on},
            basis=cite(latest.ruling),
        )
    hearing.held_at, hearing.place = sitting.held_at, sitting.place
    hearing.public, hearing.set_on = sitting.public, today
    hearing.save(update_fields=["held_at", "place", "public", "set_on"])
    periods.meet(case, periods.HEARING_DATE, today)
    periods.start(case, periods.HEARING_NOTICE, held_on)
    kept = {"held_on": str(held_on), "public": sitting.public}
    record(case, "set-hearing", actor=actor, at=at, facts=kept)
    return hearing


def _check_host(hearing: Hearing, actor: Account) -> None:
    enter(hearing.case, actor, Permission.CASE_REVIEW)
    if hearing.host_id != actor.pk:
        raise Refusal("not_the_host", _("Only whoever holds the hearing may do this."))
    if hearing.ended_on is not None:
        raise Refusal("hearing_over", _("The hearing is over."))


@transaction.atomic
def end_hearing(*, actor: Account, at: datetime, hearing: Hearing) -> Hearing:
    """Close the sitting: its time is taken out of the period for the decision."""
    case = hearing.case
    _check_host(hearing, actor)
    if hearing.held_at is None or hearing.held_at > at:
        raise Refusal("not_held", _("The hearing has not taken place yet."))
    today = timezone.localdate(at)
    hearing.ended_on = today
    hearing.save(update_fields=["ended_on"])
    periods.meet(case, periods.HEARING_NOTICE, today)
    periods.start(case, periods.HEARING_REPORT, today)
    clock = periods.running(case, periods.DECISION)
    if clock is not None:
        pause_clock(
            clock, from_on=hearing.request.made_on, to_on=today, ground=HEARING_GROUND
        )
        clock.save(update_fields=["pauses", "due_on"])
        periods.refresh(case)
    record(case, "end-hearing", actor=actor, at=at, facts={"ended_on": str(today)})
    return hearing


@transaction.atomic
def report_hearing(
    *, actor: Account, at: datetime, hearing: Hearing, report: str
) -> Case:
    """File the report; the case goes to the legal review the law wants after it."""
    case = hearing.case
    enter(case, actor, Permission.CASE_REVIEW)
    if hearing.host_id != actor.pk:
        raise Refusal("not_the_host", _("Only whoever holds the hearing may do this."))
    if hearing.ended_on is None:
        raise Refusal("not_held", _("The hearing has not taken place yet."))
    today = timezone.localdate(at)
    facts = file_paper(case, Paper.Kind.HEARING, report, actor, at)
    CASE.take("report_hearing", case, actor=actor, at=at, facts=facts)
    periods.meet(case, periods.HEARING_REPORT, today)
    periods.start(case, periods.REVIEW, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case
