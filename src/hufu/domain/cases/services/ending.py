"""How a case ends: decided, closed, ended without penalty; and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.law import book
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, cite, enter
from hufu.domain.cases.models import Case, Challenge, Paper
from hufu.domain.cases.services.notes import Kind, notify_team
from hufu.domain.cases.services.papers import check_said, file_paper
from hufu.domain.cases.services.review import needs_collective, require_heard
from hufu.domain.cases.workflow import CASE, DECIDED
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

WITHDRAWALS = (
    Case.Ending.NO_PENALTY,
    Case.Ending.NO_VIOLATION,
    Case.Ending.LIMITATION,
    Case.Ending.WITHDRAWN,
)


@transaction.atomic
def decide_case(
    *,
    actor: Account,
    at: datetime,
    case: Case,
    decision_ref: str,
    facts: Mapping[str, Any],
) -> Case:
    """Note that the decision was issued. Called by the room that writes decisions."""
    enter(case, actor, Permission.CASE_DECIDE)
    today = timezone.localdate(at)
    require_heard(case, today)
    if needs_collective(case) and case.state in ("notified", "reviewed"):
        raise Refusal(
            "collective_needed",
            _("This decision wants a collective discussion of the leaders first."),
            basis=cite(book().on(today, "procedure.collective_decision")),
        )
    CASE.take("decide", case, actor=actor, at=at, facts={**facts, "ref": decision_ref})
    case.decision_ref, case.decided_on = decision_ref, today
    case.ending = Case.Ending.PENALTY
    case.save(update_fields=["decision_ref", "decided_on", "ending"])
    periods.meet(case, periods.DECISION, today)
    periods.start(case, periods.SERVICE, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


@transaction.atomic
def note_executed(*, actor: Account, at: datetime, case: Case) -> Case:
    """Note that the decision was carried out: the period for closing begins."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if case.state != Case.State.SERVED:
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    if periods.running(case, periods.CLOSING) is None:
        periods.start(case, periods.CLOSING, timezone.localdate(at))
        record(case, "execute", actor=actor, at=at)
    return case


@transaction.atomic
def close_case(*, actor: Account, at: datetime, case: Case, report: str) -> Case:
    """Approve the closing of a case whose decision was carried out (结案)."""
    enter(case, actor, Permission.CASE_DECIDE)
    today = timezone.localdate(at)
    facts = file_paper(case, Paper.Kind.CLOSING, report, actor, at)
    CASE.take("close", case, actor=actor, at=at, facts=facts)
    case.closed_on = today
    case.save(update_fields=["closed_on"])
    periods.meet(case, periods.CLOSING, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


@transaction.atomic
def withdraw_case(
    *, actor: Account, at: datetime, case: Case, ending: Case.Ending, reason: str
) -> Case:
    """End a case without a penalty: no violation, none owed, or filing revoked."""
    enter(case, actor, Permission.CASE_DECIDE)
    if ending not in WITHDRAWALS:
        raise Refusal("ending_unknown", _("A case does not end in this way here."))
    today = timezone.localdate(at)
    facts = file_paper(case, Paper.Kind.WITHDRAWAL, reason, actor, at)
    facts["ending"] = ending.value
    CASE.take("withdraw", case, actor=actor, at=at, facts=facts)
    case.ending, case.closed_on, case.decided_on = ending, today, today
    case.save(update_fields=["ending", "closed_on", "decided_on"])
    periods.meet(case, periods.DECISION, today)
    periods.drop(case, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


@dataclass(frozen=True)
class ChallengeFacts:
    """Which body was asked to look at the decision again, and when."""

    kind: Challenge.Kind
    body_name: str
    filed_on: date
    number: str = ""


@transaction.atomic
def note_challenge(
    *, actor: Account, at: datetime, case: Case, facts: ChallengeFacts
) -> Challenge:
    """Note that reconsideration was asked for or a suit was brought."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if case.state not in DECIDED:
        raise Refusal("not_decided", _("There is no decision to challenge yet."))
    check_said(facts.body_name)
    challenge = Challenge.objects.create(
        case=case,
        kind=facts.kind,
        body_name=facts.body_name,
        number=facts.number,
        filed_on=facts.filed_on,
    )
    kept = {"challenge": str(challenge.pk), "kind": challenge.kind}
    record(case, "note-challenge", actor=actor, at=at, facts=kept)
    return challenge


@transaction.atomic
def resolve_challenge(
    *, actor: Account, at: datetime, challenge: Challenge, result: Challenge.Result
) -> Challenge:
    """Note how reconsideration or suit ended."""
    enter(challenge.case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if challenge.result != Challenge.Result.PENDING:
        raise Refusal("already_decided", _("This was decided already."))
    challenge.result = result
    challenge.resolved_on = timezone.localdate(at)
    challenge.save(update_fields=["result", "resolved_on"])
    kept = {"challenge": str(challenge.pk), "result": result.value}
    record(challenge.case, "resolve-challenge", actor=actor, at=at, facts=kept)
    return challenge
