"""Drafting a decision: the facts, the range they give, the lines inside it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record
from hufu.base.law import basis
from hufu.domain.cases.models import Case, Participant
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.remedies.assessment import (
    Findings,
    GroundFacts,
    check_fine,
    check_grounds,
    range_for,
)
from hufu.domain.remedies.models import Decision, Ground, Penalty
from hufu.domain.remedies.workflow import DECISION, OPEN_FOR_DRAFTS
from hufu.engines import law

MONEY = frozenset({Penalty.Kind.FINE, Penalty.Kind.GAINS})


@dataclass(frozen=True)
class Line:
    """One line of a decision as the officer proposes it."""

    kind: str
    amount: Decimal | None = None
    text_en: str = ""
    text_zh: str = ""


@dataclass(frozen=True)
class Wording:
    """What the letter says about facts and reasons, in both languages."""

    findings_en: str = ""
    findings_zh: str = ""
    reasons_en: str = ""
    reasons_zh: str = ""


@dataclass(frozen=True)
class Proposal:
    """A whole draft: what was found, what follows from it, in which words."""

    findings: Findings
    lines: tuple[Line, ...]
    wording: Wording = Wording()


@transaction.atomic
def draft_decision(
    *, actor: Account, at: datetime, case: Case, proposal: Proposal
) -> Decision:
    """Write the first draft of the decision of a case; only its handlers may."""
    require_handler(case, actor)
    if case.state not in OPEN_FOR_DRAFTS:
        raise Refusal(
            "case_not_ready",
            _("A decision is drafted while its case is open."),
        )
    live = Decision.objects.filter(case=case).exclude(
        state__in=[Decision.State.DROPPED, Decision.State.REVOKED]
    )
    if live.exists():
        raise Refusal("decision_exists", _("This case already has a decision."))
    decision = Decision(
        state=Decision.State.DRAFT,
        agency=case.agency,
        case=case,
        drafted_at=at,
        drafted_by=actor,
    )
    scope, known = _judge(proposal, timezone.localdate(at))
    _fill(decision, proposal, scope)
    facts = _facts(proposal, scope)
    open_record(decision, "draft", actor=actor, at=at, facts=facts)
    _write_lines(decision, proposal, scope, known)
    return decision


@transaction.atomic
def revise_decision(
    *, actor: Account, at: datetime, decision: Decision, proposal: Proposal
) -> Decision:
    """Replace the contents of a draft; what was confirmed before no longer counts."""
    require_handler(decision.case, actor)
    scope, known = _judge(proposal, timezone.localdate(at))
    DECISION.take("revise", decision, actor=actor, at=at, facts=_facts(proposal, scope))
    _fill(decision, proposal, scope)
    # Whoever last wrote the words is the one who may not review them.
    decision.drafted_by, decision.drafted_at = actor, at
    decision.save()
    decision.grounds.all().delete()
    decision.penalties.all().delete()
    decision.confirmations.all().delete()
    _write_lines(decision, proposal, scope, known)
    return decision


def require_handler(case: Case, actor: Account) -> None:
    """Refuse whoever does not handle the case."""
    if not actor.holds(Permission.DECISION_DRAFT):
        raise Refusal("no_permission", _("Your role does not include this act."))
    handles = case.participants.filter(
        account=actor, duty=Participant.Duty.HANDLER, removed_at=None
    )
    if not handles.exists():
        raise Refusal(
            "not_your_duty", _("Only an officer who handles the case may do this.")
        )


def findings_of(decision: Decision) -> Findings:
    """Return what the decision rests on, as the law engine asks it."""
    from_rows = decision.grounds.values_list("code", "reason")
    return Findings(
        rule=decision.rule,
        acted_on=decision.acted_on,
        illegal_turnover=decision.illegal_turnover,
        gains=decision.gains,
        goods_value=decision.goods_value,
        copies=decision.copies,
        grounds=tuple(GroundFacts(code, reason) for code, reason in from_rows),
    )


def _judge(
    proposal: Proposal, day: date
) -> tuple[law.PenaltyRange, dict[str, law.Circumstance]]:
    """Find the range and refuse lines that the law does not allow."""
    findings = proposal.findings
    if findings.acted_on > day:
        raise Refusal("act_in_future", _("The act cannot lie in the future."))
    known = check_grounds(findings)
    scope = range_for(findings, day)
    if not proposal.lines:
        raise Refusal("no_lines", _("A decision needs at least one line."))
    fines = [line for line in proposal.lines if line.kind == Penalty.Kind.FINE]
    if len(fines) > 1:
        raise Refusal(
            "fined_twice",
            _("One violation is fined once."),
            basis=basis("penalty_principles.one_fine", day),
        )
    for line in proposal.lines:
        _check_line(line, findings, scope)
    if fines and fines[0].amount is not None:
        check_fine(scope, fines[0].amount, known)
    return scope, known


def _check_line(line: Line, findings: Findings, scope: law.PenaltyRange) -> None:
    if line.kind in MONEY and (line.amount is None or line.amount <= 0):
        raise Refusal("amount_missing", _("Give the amount, greater than zero."))
    if line.kind == Penalty.Kind.GAINS and (
        findings.gains is None or (line.amount or 0) > findings.gains
    ):
        raise Refusal(
            "gains_not_found",
            _("No more gains can be confiscated than were established."),
        )
    if line.kind == Penalty.Kind.CONFISCATION and not (
        scope.confiscation or scope.orders
    ):
        raise Refusal(
            "no_confiscation",
            _("The law knows no confiscation for this violation."),
            basis=scope.ruling.source.cite("en"),
        )


def _fill(decision: Decision, proposal: Proposal, scope: law.PenaltyRange) -> None:
    found, said = proposal.findings, proposal.wording
    decision.rule, decision.acted_on = found.rule, found.acted_on
    decision.illegal_turnover, decision.gains = found.illegal_turnover, found.gains
    decision.goods_value, decision.copies = found.goods_value, found.copies
    decision.range = scope.as_json()
    decision.findings_en, decision.findings_zh = said.findings_en, said.findings_zh
    decision.reasons_en, decision.reasons_zh = said.reasons_en, said.reasons_zh


def _write_lines(
    decision: Decision,
    proposal: Proposal,
    scope: law.PenaltyRange,
    known: dict[str, law.Circumstance],
) -> None:
    Ground.objects.bulk_create(
        Ground(
            decision=decision,
            code=g.code,
            effect=known[g.code].effect,
            title=known[g.code].title.as_json(),
            reason=g.reason.strip(),
            ruling=known[g.code].ruling.as_json(),
        )
        for g in proposal.findings.grounds
    )
    Penalty.objects.bulk_create(
        Penalty(
            decision=decision,
            number=number,
            kind=line.kind,
            amount=line.amount,
            currency=scope.unit,
            text_en=line.text_en.strip(),
            text_zh=line.text_zh.strip(),
            ruling=scope.ruling.as_json(),
        )
        for number, line in enumerate(proposal.lines, 1)
    )


def _facts(proposal: Proposal, scope: law.PenaltyRange) -> dict[str, object]:
    said = proposal.wording
    words = (said.findings_en, said.findings_zh, said.reasons_en, said.reasons_zh)
    return {
        "rule": scope.name,
        "low": str(scope.low),
        "high": str(scope.high),
        "grounds": [g.code for g in proposal.findings.grounds],
        "lines": [[n.kind, str(n.amount or "")] for n in proposal.lines],
        "words": digest_of(json.dumps(words, ensure_ascii=False)),
    }
