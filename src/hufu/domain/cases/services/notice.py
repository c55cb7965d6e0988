"""Documents that reach a party, and the proof that they did (送达)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.law import book
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, enter
from hufu.domain.cases.models import Case, CaseParty, IntendedDecision, Service
from hufu.domain.cases.services.access import bearer_labels
from hufu.domain.cases.services.notes import Kind, notify, notify_team
from hufu.domain.cases.services.review import latest_intention
from hufu.domain.cases.workflow import CASE
from hufu.domain.evidence import queries as evidence_queries
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

Document, Method = Service.Document, Service.Method


@dataclass(frozen=True)
class Delivery:
    """How a document was brought to a party, and what proves it."""

    method: str
    sent_on: date
    received_on: date | None = None
    receiver: str = ""
    proof: Item | None = None


@transaction.atomic
def serve_document(
    *,
    actor: Account,
    at: datetime,
    party: CaseParty,
    document: Service.Document,
    delivery: Delivery,
) -> Service:
    """Note that a document was served on a party, when, how and with which proof."""
    case = party.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if party.removed_at is not None:
        raise Refusal("party_removed", _("This party no longer belongs to the case."))
    _check_delivery(delivery, actor, at)
    service = Service.objects.create(
        case=case,
        party=party,
        document=document,
        method=delivery.method,
        sent_on=delivery.sent_on,
        served_on=_served_on(delivery),
        receiver=delivery.receiver,
        proof=delivery.proof,
        at=at,
        author=actor.label,
    )
    kept = {"service": str(service.pk), "document": service.document}
    kept |= {"method": service.method, "served_on": str(service.served_on)}
    record(case, "serve-document", actor=actor, at=at, facts=kept)
    notify(
        Account.objects.filter(party=party.party, is_active=True),
        Kind.SERVED,
        at=at,
        case=case,
    )
    return service


def _check_delivery(delivery: Delivery, actor: Account, at: datetime) -> None:
    announced = delivery.method == Method.ANNOUNCEMENT
    if not announced and delivery.received_on is None:
        raise Refusal("day_missing", _("Give the day on which it was received."))
    if delivery.received_on and delivery.received_on < delivery.sent_on:
        raise Refusal("days_out_of_order", _("Received before it was sent."))
    today = timezone.localdate(at)
    if max(delivery.sent_on, delivery.received_on or delivery.sent_on) > today:
        raise Refusal("day_ahead", _("This day is still to come."))
    if delivery.proof is None:
        raise Refusal(
            "proof_missing",
            _("Add the proof of service: receipt, postal record or announcement."),
        )
    seen = evidence_queries.visible_items(actor, at=at)
    if not seen.filter(pk=delivery.proof.pk).exists():
        raise Refusal("not_found", _("There is no such item."))


def _served_on(delivery: Delivery) -> date:
    """Return the day of receipt; an announcement counts when its period is over."""
    if delivery.method == Method.ANNOUNCEMENT:
        return book().deadline(periods.ANNOUNCEMENT, start=delivery.sent_on).due_on
    return delivery.received_on or delivery.sent_on


@transaction.atomic
def notify_respondent(
    *,
    actor: Account,
    at: datetime,
    party: CaseParty,
    delivery: Delivery,
    code_hash: str,
) -> Service:
    """Serve the notice of the intended decision (告知): the rights begin to run.

    `code_hash` is the SHA-256 of the code printed on the notice. With several
    respondents each is notified; the first moves the case.
    """
    case = party.case
    intention = latest_intention(case)
    if intention is None:
        raise Refusal("intention_missing", _("Write down the intended decision first."))
    if party.role != CaseParty.Role.RESPONDENT:
        raise Refusal("not_respondent", _("The notice goes to a respondent."))
    if case.state not in ("reviewed", "notified"):
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    service = serve_document(
        actor=actor, at=at, party=party, document=Document.NOTICE, delivery=delivery
    )
    party.notice_code_hash = code_hash
    party.save(update_fields=["notice_code_hash"])
    if case.state == "reviewed":
        CASE.take("notify", case, actor=actor, at=at, facts={"party": str(party.pk)})
    _start_rights(case, party, intention, service.served_on)
    for exhibit in case.exhibits.filter(disclosed=True).select_related("item"):
        for label in bearer_labels(case):
            evidence.grant_item(actor=actor, at=at, item=exhibit.item, grantee=label)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return service


def _start_rights(
    case: Case, party: CaseParty, intention: IntendedDecision, served_on: date
) -> None:
    """Let the respondent's periods run from the day of service (SAMR rules art. 57)."""
    rules = [periods.STATEMENT]
    if intention.hearing_offered:
        rules.append(periods.HEARING_REQUEST)
    for rule in rules:
        case.clocks.filter(rule=rule, about=party.pk, met_on=None).update(
            dropped_on=served_on
        )
        periods.start(case, rule, served_on, side=periods.RESPONDENT, about=party.pk)


@transaction.atomic
def serve_decision(
    *, actor: Account, at: datetime, party: CaseParty, delivery: Delivery
) -> Service:
    """Serve the decision; the periods for reconsideration and suit begin to run."""
    case = party.case
    if case.state not in ("decided", "served"):
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    service = serve_document(
        actor=actor, at=at, party=party, document=Document.DECISION, delivery=delivery
    )
    for rule in (periods.RECONSIDERATION, periods.SUIT):
        periods.start(
            case, rule, service.served_on, side=periods.RESPONDENT, about=party.pk
        )
    respondents = case.parties.filter(role=CaseParty.Role.RESPONDENT, removed_at=None)
    left = respondents.exclude(services__document=Document.DECISION)
    if case.state == "decided" and not left.exists():
        CASE.take("serve", case, actor=actor, at=at, facts={"party": str(party.pk)})
        periods.meet(case, periods.SERVICE, timezone.localdate(at))
        notify_team(case, Kind.MOVED, at=at, actor=actor)
    return service
