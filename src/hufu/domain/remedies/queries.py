"""Everything one may ask about decisions. It starts from what one may see."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from hufu.base.access import Actor
from hufu.base.models import Entry
from hufu.domain.cases import queries as case_queries
from hufu.domain.cases.models import Case, Participant
from hufu.domain.evidence.models import Blob
from hufu.domain.evidence.queries import visible_items
from hufu.domain.people.actors import Bearer
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.remedies import collection, periods
from hufu.domain.remedies.assessment import (
    Findings,
    known_circumstances,
    range_for,
    rules_on,
    unconfirmed,
)
from hufu.domain.remedies.letter import Letter, letter_of
from hufu.domain.remedies.models import Decision, Execution
from hufu.domain.remedies.workflow import DECISION, OPEN_FOR_DRAFTS
from hufu.engines import law

__all__ = [
    "Findings",
    "Letter",
    "balance",
    "decision_of_case",
    "decision_served_in",
    "decisions_to_publish",
    "entries_of",
    "known_circumstances",
    "letter_blob",
    "letter_of",
    "may_draft",
    "open_acts",
    "range_for",
    "rules_on",
    "served_decisions",
    "suggested_rule",
    "unread_rules",
    "visible_decisions",
]

IN_FORCE = (Decision.State.ISSUED, Decision.State.EXECUTED)


def visible_decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions of the cases the actor may see."""
    return Decision.objects.filter(
        case__in=case_queries.visible_cases(actor)
    ).select_related("case", "agency")


def served_decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions served on the respondent the actor stands for; drafts do not exist."""
    served = Decision.objects.exclude(served_on=None).select_related("case", "agency")
    if isinstance(actor, Bearer):
        return served.filter(case=actor.case)
    if isinstance(actor, Account) and actor.party_id:
        return served.filter(
            case__parties__party=actor.party_id,
            case__parties__role__in=("respondent", "agent"),
            case__parties__removed_at=None,
        ).distinct()
    return served.none()


def decisions_to_publish(actor: Actor) -> QuerySet[Decision]:
    """Decisions of the actor's agencies that were made and stand."""
    return (
        Decision.objects.filter(
            agency__in=actor.agencies,
            state__in=(Decision.State.APPROVED, *IN_FORCE),
        )
        .select_related("case", "agency")
        .order_by("decided_on")
    )


def decision_of_case(case_id: UUID) -> Decision | None:
    """Return the live decision of a case the caller may see."""
    ended = (Decision.State.DROPPED, Decision.State.REVOKED)
    return Decision.objects.filter(case=case_id).exclude(state__in=ended).first()


def may_draft(case: Case, actor: Account) -> bool:
    """Say whether the actor may write the first draft of the case's decision."""
    handles = case.participants.filter(
        account=actor, duty=Participant.Duty.HANDLER, removed_at=None
    )
    open_now = case.state in OPEN_FOR_DRAFTS and decision_of_case(case.pk) is None
    return open_now and actor.holds(Permission.DECISION_DRAFT) and handles.exists()


def decision_served_in(case_id: UUID) -> Decision | None:
    """Return the decision served in a case the caller may see, once it was served."""
    decision = decision_of_case(case_id)
    return decision if decision and decision.served_on else None


def may_download(decision: Decision, actor: Account, at: datetime) -> bool:
    """Say whether the actor may have the letters as files; of a draft, whoever reads.

    Letters that were issued belong to the file of the case, as its exhibits do.
    """
    letters = [x for x in (decision.letter_zh_id, decision.letter_en_id) if x]
    seen = visible_items(actor, at=at).filter(pk__in=letters)
    return seen.count() == len(letters)


def letter_blob(decision: Decision, language: str) -> Blob | None:
    """Return the bytes of the letter as it was issued."""
    item = decision.letter_zh if language.startswith("zh") else decision.letter_en
    return item.blob if item else None


def entries_of(decision: Decision) -> QuerySet[Entry]:
    """Return the journal of a decision the caller may see, oldest first."""
    return Entry.objects.filter(
        subject_kind=decision.subject_kind, subject_id=str(decision.pk)
    )


def balance(decision: Decision, day: date) -> collection.Balance:
    """Return what was owed and paid at the end of a day, the surcharge included.

    While a reconsideration or a suit is pending no surcharge accrues (Administrative
    Penalty Law art. 73).
    """
    money = decision.penalties.exclude(amount=None)
    total = sum((p.amount or Decimal(0) for p in money), Decimal(0))
    steps = list(decision.executions.all())
    payments = [
        collection.Paid(s.on, s.amount or Decimal(0))
        for s in steps
        if s.kind == Execution.Kind.PAYMENT
    ]
    fine = sum((p.amount or Decimal(0) for p in money if p.kind == "fine"), Decimal(0))
    return collection.balance_on(
        day,
        _dues(decision, steps, total),
        payments,
        surcharge=_surcharge(decision, fine, total),
        rests=_rests(decision, day),
    )


def _dues(
    decision: Decision, steps: list[Execution], total: Decimal
) -> list[collection.Due]:
    plan = [s for s in steps if s.kind == Execution.Kind.INSTALMENT]
    clock = decision.clocks.filter(rule=periods.PAYMENT).first()
    if clock is None or not total:
        return []
    dues = [
        collection.Due(s.due_on, s.amount)
        for s in plan
        if s.due_on is not None and s.amount is not None
    ]
    rest = total - sum((d.amount for d in dues), Decimal(0))
    return [collection.Due(clock.due_on, rest), *dues] if rest else dues


def _surcharge(
    decision: Decision, fine: Decimal, total: Decimal
) -> collection.Surcharge:
    """Only the fine carries a surcharge, and never more than itself."""
    if not decision.periods or not total:
        return collection.Surcharge(Decimal(0), Decimal(0))
    percent = law.Ruling.from_json(decision.periods["surcharge"]).value
    share = fine / total
    return collection.Surcharge(Decimal(percent) / 100 * share, share)


def _rests(decision: Decision, day: date) -> list[collection.Rest]:
    challenges = decision.case.challenges.all()
    return [collection.Rest(c.filed_on, c.resolved_on or day) for c in challenges]


VIOLATIONS = {
    "trademark": "trademark_infringement",
    "copyright": "copyright_infringement",
    "trade_secret": "trade_secret_infringement",
    "plant_variety": "plant_variety_infringement",
    "layout_design": "layout_design_infringement",
}


def suggested_rule(case: Case) -> str:
    """Return the violation a case most likely is; the officer may choose another."""
    if case.act == "patent_passing_off":
        return "patent_passing_off"
    return VIOLATIONS.get(case.right_kind, "trademark_infringement")


def open_acts(decision: Decision, actor: Account) -> list[str]:
    """Return the acts the actor may do now, in the order people do them."""
    verbs = set(DECISION.open_verbs(decision, actor=actor))
    involved = {decision.drafted_by_id, decision.reviewed_by_id}
    if actor.pk in involved:
        verbs -= {"review", "approve"}
    if "review" in verbs:
        verbs.add("comment")
        if unread_rules(decision):
            verbs = (verbs - {"review"}) | {"confirm"}
    if decision.state == Decision.State.ISSUED:
        verbs |= _execution_acts(decision, actor)
    order = (
        "revise comment confirm review send_back approve drop issue serve pay fulfil"
        " plan demand court complete revoke"
    )
    return [verb for verb in order.split() if verb in verbs]


def _execution_acts(decision: Decision, actor: Account) -> set[str]:
    acts: set[str] = set()
    if actor.holds(Permission.DECISION_EXECUTE):
        acts |= {"serve"} if decision.served_on is None else EXECUTION_ACTS
    if decision.served_on is not None and actor.holds(Permission.DECISION_APPROVE):
        acts.add("plan")
    return acts


EXECUTION_ACTS = {"pay", "fulfil", "demand", "court"}


def unread_rules(decision: Decision) -> list[law.Ruling]:
    """Return the unconfirmed rules that no reviewer has read in the law yet."""
    read = set(decision.confirmations.values_list("rule", flat=True))
    rulings = unconfirmed(decision.range["rulings"])
    return [r for r in {r.rule: r for r in rulings}.values() if r.rule not in read]
