"""Legal review, approval, and the ways a decision ends otherwise."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.base.law import basis
from hufu.domain.cases import services as case_services
from hufu.domain.cases.models import Participant
from hufu.domain.people.models import Account
from hufu.domain.remedies import periods
from hufu.domain.remedies.assessment import check_fine, range_for, unconfirmed
from hufu.domain.remedies.models import Confirmation, Decision, Penalty, Remark
from hufu.domain.remedies.services.drafting import findings_of, require_handler
from hufu.domain.remedies.workflow import DECISION


@transaction.atomic
def comment_decision(
    *, actor: Account, at: datetime, decision: Decision, remark: str
) -> Decision:
    """Tell the drafter what the legal review wants changed."""
    DECISION.check("review", decision, actor=actor)
    facts = _remark(decision, "comment", remark, actor, at)
    record(decision, "comment", actor=actor, at=at, facts=facts)
    return decision


@transaction.atomic
def confirm_ruling(
    *, actor: Account, at: datetime, decision: Decision, rule: str, reason: str
) -> Confirmation:
    """Record that the reviewer read in the law what the pack leaves unconfirmed."""
    DECISION.check("review", decision, actor=actor)
    _refuse_same(actor, decision, timezone.localdate(at))
    if rule not in {r.rule for r in unconfirmed(decision.range["rulings"])}:
        raise Refusal("nothing_to_confirm", _("This rule needs no confirmation."))
    _require(reason)
    confirmation, fresh = Confirmation.objects.get_or_create(
        decision=decision,
        rule=rule,
        defaults={"at": at, "author": actor.label, "reason": reason.strip()},
    )
    if fresh:
        facts = {"rule": rule, "reason": digest_of(confirmation.reason)}
        record(decision, "confirm-ruling", actor=actor, at=at, facts=facts)
    return confirmation


@transaction.atomic
def review_decision(*, actor: Account, at: datetime, decision: Decision) -> Decision:
    """Pass the draft in legal review: never by whoever drafted or investigated it."""
    DECISION.check("review", decision, actor=actor)
    _refuse_same(actor, decision, timezone.localdate(at))
    handled = decision.case.participants.filter(
        account=actor, duty=Participant.Duty.HANDLER
    )
    if handled.exists():
        raise Refusal(
            "investigated_it",
            _("Whoever investigates a case does not review its decision."),
            basis=basis("procedure.legal_reviewer", timezone.localdate(at)),
        )
    _require_complete(decision, timezone.localdate(at))
    _require_confirmed(decision)
    DECISION.take("review", decision, actor=actor, at=at)
    decision.reviewed_by = actor
    decision.save(update_fields=["reviewed_by"])
    return decision


@transaction.atomic
def send_back_decision(
    *, actor: Account, at: datetime, decision: Decision, reason: str
) -> Decision:
    """Return a reviewed draft to its officer, saying why."""
    _require(reason)
    DECISION.check("send_back", decision, actor=actor)
    facts = _remark(decision, "send_back", reason, actor, at)
    DECISION.take("send_back", decision, actor=actor, at=at, facts=facts)
    decision.reviewed_by = None
    decision.save(update_fields=["reviewed_by"])
    return decision


@transaction.atomic
def approve_decision(*, actor: Account, at: datetime, decision: Decision) -> Decision:
    """Decide the case: the head, who neither drafted nor reviewed, signs."""
    DECISION.check("approve", decision, actor=actor)
    _refuse_same(actor, decision, timezone.localdate(at))
    today = timezone.localdate(at)
    _require_lawful_still(decision, today)
    _require_not_heavier_than_told(decision, today)
    DECISION.take(
        "approve",
        decision,
        actor=actor,
        at=at,
        facts={"fine": str(fine_of(decision)), "decided_on": today.isoformat()},
    )
    decision.approved_by, decision.decided_on = actor, today
    decision.periods = periods.periods_from(today)
    decision.save(update_fields=["approved_by", "decided_on", "periods"])
    case_services.decide_case(
        actor=actor,
        at=at,
        case=decision.case,
        decision_ref=str(decision.pk),
        facts={"decision": str(decision.pk), "fine": str(fine_of(decision))},
    )
    return decision


@transaction.atomic
def drop_decision(
    *, actor: Account, at: datetime, decision: Decision, reason: str
) -> Decision:
    """Withdraw a draft; the case may then get another one."""
    require_handler(decision.case, actor)
    _require(reason)
    facts = _remark(decision, "drop", reason, actor, at)
    DECISION.take("drop", decision, actor=actor, at=at, facts=facts)
    return decision


@transaction.atomic
def revoke_decision(
    *, actor: Account, at: datetime, decision: Decision, reason: str
) -> Decision:
    """Note that reconsideration, a court or the agency itself revoked the decision.

    What was published about it must then come down within the statutory days;
    publication finds it by `revoked_on`.
    """
    _require(reason)
    facts = _remark(decision, "revoke", reason, actor, at)
    DECISION.take("revoke", decision, actor=actor, at=at, facts=facts)
    decision.revoked_on = timezone.localdate(at)
    decision.save(update_fields=["revoked_on"])
    for clock in decision.clocks.filter(met_on=None, dropped_on=None):
        clock.dropped_on = decision.revoked_on
        clock.save(update_fields=["dropped_on"])
    return decision


def fine_of(decision: Decision) -> Decimal:
    """Return the fine of a decision, zero where it has none."""
    fines = decision.penalties.filter(kind=Penalty.Kind.FINE)
    return sum((p.amount or Decimal(0) for p in fines), Decimal(0))


def _refuse_same(actor: Account, decision: Decision, day: date) -> None:
    if actor.pk in {decision.drafted_by_id, decision.reviewed_by_id}:
        raise Refusal(
            "same_person",
            _("Drafting, review and approval need three different people."),
            basis=basis("procedure.head_decides", day),
        )


def _require(reason: str) -> None:
    if not reason.strip():
        raise Refusal("reason_missing", _("Give the reason; it joins the file."))


def _require_complete(decision: Decision, day: date) -> None:
    words = (
        decision.findings_en,
        decision.findings_zh,
        decision.reasons_en,
        decision.reasons_zh,
    )
    if not all(w.strip() for w in words):
        raise Refusal(
            "words_missing",
            _("Facts and reasons must be written in both languages before review."),
            basis=basis("procedure.decision_contents", day),
        )


def _require_confirmed(decision: Decision) -> None:
    confirmed = set(decision.confirmations.values_list("rule", flat=True))
    for ruling in unconfirmed(decision.range["rulings"]):
        if ruling.rule not in confirmed:
            language = get_language() or "en"
            raise Refusal(
                "ruling_unconfirmed",
                _(
                    "The pack does not confirm “%(rule)s”. A reviewer must read it in "
                    "the law and record that first."
                )
                % {"rule": ruling.title.say(language)},
                basis=ruling.source.cite(language),
            )


def _require_lawful_still(decision: Decision, today: date) -> None:
    """Ask the law again: between draft and signature it may have changed."""
    findings = findings_of(decision)
    scope = range_for(findings, today)
    if scope.as_json() != decision.range:
        raise Refusal(
            "law_changed",
            _("The law gives another range today. Revise the draft first."),
            basis=scope.ruling.source.cite(get_language() or "en"),
        )
    fine = fine_of(decision)
    if fine:
        check_fine(scope, fine, [g.code for g in findings.grounds])


def _require_not_heavier_than_told(decision: Decision, day: date) -> None:
    """Refuse a fine above the one the respondent was told of and could answer."""
    told = decision.case.intentions.order_by("-at").first()
    if told is not None and fine_of(decision) > (told.fine or 0):
        raise Refusal(
            "heavier_than_told",
            _(
                "The respondent was told of a fine of %(told)s. A heavier one needs a "
                "new notice first."
            )
            % {"told": told.fine or 0},
            basis=basis("procedure.inform_and_hear", day),
        )


def _remark(
    decision: Decision, act: str, body: str, actor: Account, at: datetime
) -> dict[str, str]:
    _require(body)
    remark = Remark.objects.create(
        decision=decision, act=act, at=at, author=actor.label, body=body.strip()
    )
    return {"remark": digest_of(remark.body)}
