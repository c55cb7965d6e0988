"""Sending a case on: to another agency, or to the police on suspicion of crime."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, enter, require_officers
from hufu.domain.cases.models import Case, Transfer
from hufu.domain.cases.services.notes import Kind, heads_of, notify, notify_team
from hufu.domain.cases.services.papers import check_said
from hufu.domain.cases.workflow import CASE, RUNNING
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class TransferFacts:
    """Where a case should go, and why."""

    target: Transfer.Target
    receiver: str
    reason: str


@transaction.atomic
def propose_transfer(
    *, actor: Account, at: datetime, case: Case, facts: TransferFacts
) -> Transfer:
    """Propose to send the case on; the head has few days to decide."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    today = timezone.localdate(at)
    require_officers(case, today)
    check_said(facts.reason)
    check_said(facts.receiver)
    if case.state not in RUNNING or case.transfers.filter(approved=None).exists():
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    transfer = Transfer.objects.create(
        case=case,
        target=facts.target,
        receiver=facts.receiver,
        reason=facts.reason,
        proposed_at=at,
        proposed_by=actor.label,
    )
    if facts.target == Transfer.Target.POLICE:
        periods.start(case, periods.TRANSFER_HEAD, today, about=transfer.pk)
    kept = {"transfer": str(transfer.pk), "target": transfer.target}
    kept["reason_sha256"] = digest_of(facts.reason)
    record(case, "propose-transfer", actor=actor, at=at, facts=kept)
    notify(heads_of(case), Kind.MOVED, at=at, case=case)
    return transfer


@transaction.atomic
def approve_transfer(*, actor: Account, at: datetime, transfer: Transfer) -> Transfer:
    """Decide to send the case on. From then on hours count for the police."""
    case = transfer.case
    enter(case, actor, Permission.CASE_DECIDE)
    _check_undecided(transfer)
    today = timezone.localdate(at)
    CASE.take(
        "transfer", case, actor=actor, at=at, facts={"transfer": str(transfer.pk)}
    )
    _decide(transfer, actor, at, approved=True)
    case.ending, case.closed_on = Case.Ending.TRANSFERRED, today
    case.save(update_fields=["ending", "closed_on"])
    periods.meet(case, periods.TRANSFER_HEAD, today, about=transfer.pk)
    periods.drop(case, today)
    if transfer.target == Transfer.Target.POLICE:
        periods.start(case, periods.TRANSFER_SEND, today, about=transfer.pk)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return transfer


@transaction.atomic
def refuse_transfer(
    *, actor: Account, at: datetime, transfer: Transfer, reason: str
) -> Transfer:
    """Decide not to send the case on; the reasons go on file."""
    case = transfer.case
    enter(case, actor, Permission.CASE_DECIDE)
    _check_undecided(transfer)
    check_said(reason)
    transfer.refusal_reason = reason
    transfer.save(update_fields=["refusal_reason"])
    _decide(transfer, actor, at, approved=False)
    periods.meet(case, periods.TRANSFER_HEAD, timezone.localdate(at), about=transfer.pk)
    kept = {"transfer": str(transfer.pk), "reason_sha256": digest_of(reason)}
    record(case, "refuse-transfer", actor=actor, at=at, facts=kept)
    return transfer


def _check_undecided(transfer: Transfer) -> None:
    if transfer.approved is not None:
        raise Refusal("already_decided", _("This was decided already."))


def _decide(
    transfer: Transfer, actor: Account, at: datetime, *, approved: bool
) -> None:
    transfer.approved = approved
    transfer.decided_at, transfer.decided_by = at, actor.label
    transfer.save(update_fields=["approved", "decided_at", "decided_by"])


@transaction.atomic
def send_transfer(
    *, actor: Account, at: datetime, transfer: Transfer, receipt: Item | None = None
) -> Transfer:
    """Note that the file went out, with the receiving body's receipt."""
    case = transfer.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if not transfer.approved or transfer.sent_at is not None:
        raise Refusal("not_approved", _("There is no approved transfer to send."))
    transfer.sent_at, transfer.receipt = at, receipt
    transfer.save(update_fields=["sent_at", "receipt"])
    periods.meet(case, periods.TRANSFER_SEND, timezone.localdate(at), about=transfer.pk)
    record(
        case, "send-transfer", actor=actor, at=at, facts={"transfer": str(transfer.pk)}
    )
    return transfer
