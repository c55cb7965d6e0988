"""The letter: kept as evidence, sent, and what its receipt sets running."""

import io
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.clocks import start_clock
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.storage import Storage
from hufu.domain.cases import services as case_services
from hufu.domain.cases.models import Case, CaseParty
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account
from hufu.domain.remedies import periods
from hufu.domain.remedies.models import Decision, DecisionClock
from hufu.domain.remedies.services.drafting import require_handler
from hufu.domain.remedies.workflow import DECISION


@dataclass(frozen=True)
class Letters:
    """The decision letter as PDF, in both languages."""

    en: bytes
    zh: bytes


@dataclass(frozen=True)
class _Kept:
    en: evidence.KeptFile
    zh: evidence.KeptFile


def issue_decision(
    *,
    actor: Account,
    at: datetime,
    decision: Decision,
    storage: Storage,
    letters: Letters,
) -> Decision:
    """Keep the letters as evidence by their hash; the decision is issued."""
    require_handler(decision.case, actor)
    DECISION.check("issue", decision, actor=actor)
    kept = _Kept(
        en=evidence.keep_file(storage=storage, stream=io.BytesIO(letters.en)),
        zh=evidence.keep_file(storage=storage, stream=io.BytesIO(letters.zh)),
    )
    return _issue(actor=actor, at=at, decision=decision, kept=kept)


@transaction.atomic
def _issue(
    *, actor: Account, at: datetime, decision: Decision, kept: _Kept
) -> Decision:
    facts = {"letter_en": kept.en.sha256, "letter_zh": kept.zh.sha256}
    DECISION.take("issue", decision, actor=actor, at=at, facts=facts)
    decision.letter_en = _deposit(decision, kept.en, "en", actor, at)
    decision.letter_zh = _deposit(decision, kept.zh, "zh", actor, at)
    decision.issued_on = timezone.localdate(at)
    decision.save(update_fields=["letter_en", "letter_zh", "issued_on"])
    return decision


def _deposit(
    decision: Decision,
    kept: evidence.KeptFile,
    language: str,
    actor: Account,
    at: datetime,
) -> Item:
    item = evidence.deposit_kept(
        actor=actor,
        at=at,
        kept=kept,
        facts=evidence.ItemFacts(
            name=f"{decision.reference}-{language}.pdf",
            description=decision.case.number,
            source=decision.reference,
            restricted=True,
        ),
        agency=decision.agency,
    )
    team = decision.case.participants.filter(removed_at=None).select_related("account")
    for member in team:
        evidence.grant_item(actor=actor, at=at, item=item, grantee=member.account.label)
    return item


@transaction.atomic
def serve_decision(
    *,
    actor: Account,
    at: datetime,
    decision: Decision,
    party: CaseParty,
    delivery: case_services.Delivery,
) -> Decision:
    """Note that the letter reached a respondent.

    Once it has reached all of them the period for payment begins.
    """
    if decision.state != Decision.State.ISSUED or decision.served_on is not None:
        raise Refusal("not_issued", _("Only an issued decision can be served, once."))
    if party.case_id != decision.case_id:
        raise Refusal("not_respondent", _("This party does not belong to the case."))
    service = case_services.serve_decision(
        actor=actor, at=at, party=party, delivery=delivery
    )
    facts = {"party": str(party.pk), "served_on": service.served_on.isoformat()}
    record(decision, "serve", actor=actor, at=at, facts=facts)
    # The case as its service left it: `party.case` is the object that was moved.
    if party.case.state == Case.State.SERVED:
        decision.served_on = service.served_on
        decision.save(update_fields=["served_on"])
        start_payment(decision, service.served_on)
    return decision


def start_payment(decision: Decision, served_on: date) -> DecisionClock | None:
    """Start the period for payment where there is money to pay."""
    if not decision.penalties.exclude(amount=None).exists():
        return None
    clock = DecisionClock(decision=decision, side=DecisionClock.Side.RESPONDENT)
    start_clock(clock, rule=periods.PAYMENT, on=served_on)
    clock.save()
    return clock
