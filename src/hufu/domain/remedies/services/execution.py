"""Carrying a decision out: money, instalments, goods, demands, the court."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.law import basis
from hufu.domain.cases import services as case_services
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.remedies import queries
from hufu.domain.remedies.models import Decision, Execution, Penalty
from hufu.domain.remedies.workflow import DECISION

Kind = Execution.Kind


@dataclass(frozen=True)
class Instalment:
    """A part of the sum and the day by which it must be paid."""

    amount: Decimal
    due_on: date


@transaction.atomic
def record_payment(
    *, actor: Account, at: datetime, decision: Decision, amount: Decimal, on: date
) -> Execution:
    """Note money that came in on a day."""
    _enter(actor, decision, Permission.DECISION_EXECUTE)
    _require_past(on, at)
    if amount <= 0:
        raise Refusal("amount_missing", _("Give the amount, greater than zero."))
    owing = queries.balance(decision, on)
    if amount > owing.total:
        raise Refusal(
            "overpaid",
            _("Only %(total)s is still to be paid. Return what is above it.")
            % {"total": owing.total},
        )
    step = _note(
        Execution(decision=decision, kind=Kind.PAYMENT, amount=amount, on=on), actor, at
    )
    if queries.balance(decision, on).settled:
        for clock in decision.clocks.filter(met_on=None, dropped_on=None):
            clock.met_on = on
            clock.save(update_fields=["met_on"])
    return step


@transaction.atomic
def grant_instalments(
    *,
    actor: Account,
    at: datetime,
    decision: Decision,
    plan: Sequence[Instalment],
    reason: str,
) -> list[Execution]:
    """Defer payment or accept instalments; the head allows it (APL art. 66)."""
    _enter(actor, decision, Permission.DECISION_APPROVE)
    today = timezone.localdate(at)
    _check_plan(decision, plan, reason, today)
    if decision.executions.filter(kind=Kind.INSTALMENT).exists():
        raise Refusal("plan_exists", _("Instalments were granted already."))
    return [
        _note(
            Execution(
                decision=decision,
                kind=Kind.INSTALMENT,
                amount=part.amount,
                on=today,
                due_on=part.due_on,
                note=reason.strip(),
            ),
            actor,
            at,
        )
        for part in plan
    ]


def _check_plan(
    decision: Decision, plan: Sequence[Instalment], reason: str, today: date
) -> None:
    owing = queries.balance(decision, today)
    if not reason.strip():
        raise Refusal("reason_missing", _("Give the reason; it joins the file."))
    if any(part.due_on <= today or part.amount <= 0 for part in plan):
        raise Refusal(
            "plan_dates",
            _("Each instalment needs an amount and a day still to come."),
        )
    if sum((p.amount for p in plan), Decimal(0)) != owing.outstanding:
        raise Refusal(
            "plan_sum",
            _("The instalments must add up to what is unpaid: %(sum)s.")
            % {"sum": owing.outstanding},
            basis=basis("procedure.deferred_payment", today),
        )


@transaction.atomic
def record_fulfilment(
    *, actor: Account, at: datetime, penalty: Penalty, on: date, note: str
) -> Execution:
    """Note that an order was obeyed, or that goods were confiscated and destroyed."""
    decision = penalty.decision
    _enter(actor, decision, Permission.DECISION_EXECUTE)
    _require_past(on, at)
    if penalty.amount is not None:
        raise Refusal("is_money", _("Money is recorded as a payment."))
    if decision.executions.filter(kind=Kind.FULFILMENT, penalty=penalty).exists():
        raise Refusal("already_done", _("This line was carried out already."))
    return _note(
        Execution(
            decision=decision, kind=Kind.FULFILMENT, penalty=penalty, on=on, note=note
        ),
        actor,
        at,
    )


@transaction.atomic
def demand_payment(
    *, actor: Account, at: datetime, decision: Decision, note: str = ""
) -> Execution:
    """Note the written demand that must precede an application to the court."""
    _enter(actor, decision, Permission.DECISION_EXECUTE)
    today = timezone.localdate(at)
    owing = queries.balance(decision, today)
    if not owing.late_days:
        raise Refusal("not_overdue", _("Nothing is overdue."))
    return _note(
        Execution(
            decision=decision, kind=Kind.DEMAND, amount=owing.total, on=today, note=note
        ),
        actor,
        at,
    )


@transaction.atomic
def note_court_application(
    *, actor: Account, at: datetime, decision: Decision, on: date, note: str = ""
) -> Execution:
    """Note that the court was asked to enforce; a written demand must come before."""
    _enter(actor, decision, Permission.DECISION_EXECUTE)
    _require_past(on, at)
    if not decision.executions.filter(kind=Kind.DEMAND, on__lt=on).exists():
        raise Refusal(
            "demand_first",
            _("Send the written demand first."),
            basis=basis("procedure.demand_before_court", on),
        )
    step = Execution(decision=decision, kind=Kind.COURT, on=on, note=note)
    return _note(step, actor, at)


@transaction.atomic
def complete_decision(*, actor: Account, at: datetime, decision: Decision) -> Decision:
    """Call a decision carried out: all is paid, every other line fulfilled."""
    today = timezone.localdate(at)
    if not queries.balance(decision, today).settled:
        raise Refusal("unpaid", _("Not everything is paid yet."))
    done = decision.executions.filter(kind=Kind.FULFILMENT).values("penalty")
    open_lines = decision.penalties.filter(amount=None).exclude(pk__in=done)
    if open_lines.exclude(kind=Penalty.Kind.WARNING).exists():
        raise Refusal(
            "not_fulfilled", _("Record first that every order was carried out.")
        )
    DECISION.take("complete", decision, actor=actor, at=at)
    case_services.note_executed(actor=actor, at=at, case=decision.case)
    return decision


def _enter(actor: Account, decision: Decision, permission: Permission) -> None:
    if not actor.holds(permission):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if not decision.open_to(actor):
        raise Refusal("other_agency", _("This record belongs to another agency."))
    if decision.state != Decision.State.ISSUED or decision.served_on is None:
        raise Refusal(
            "not_served", _("This is possible once the decision has been served.")
        )


def _require_past(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refusal("day_in_future", _("The day cannot lie in the future."))


def _note(step: Execution, actor: Account, at: datetime) -> Execution:
    step.at, step.author = at, actor.label
    step.save(force_insert=True)
    facts = {"execution": str(step.pk), "amount": str(step.amount or "")}
    record(step.decision, step.kind, actor=actor, at=at, facts=facts)
    return step
