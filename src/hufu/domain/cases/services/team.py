"""The team of a case: joining, leaving, looking in, and standing back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.base.law import basis
from hufu.domain.cases.guards import RECUSAL, Duty, enter, has_conflict, team
from hufu.domain.cases.models import Case, Conflict, Interest, Participant
from hufu.domain.cases.services.notes import Kind, notify
from hufu.domain.cases.services.papers import check_said
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account, Party
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class Seat:
    """Who joins a team, for which duty, and why they need to know."""

    account: Account
    duty: Duty
    reason: str


def write_participant(
    case: Case, seat: Seat, actor: Actor, at: datetime
) -> Participant:
    """Add somebody to the team with sight of its exhibits, unless they belong to it."""
    known = team(case).filter(account=seat.account).first()
    if known is not None:
        return known
    participant = Participant.objects.create(
        case=case,
        account=seat.account,
        duty=seat.duty,
        reason=seat.reason,
        added_at=at,
        added_by=actor.label,
    )
    for item in Item.objects.filter(exhibits__case=case):
        evidence.grant_item(actor=actor, at=at, item=item, grantee=seat.account.label)
    return participant


@transaction.atomic
def join_participant(
    *,
    actor: Account,
    at: datetime,
    case: Case,
    account: Account,
    duty: Duty,
    reason: str,
) -> Participant:
    """Add an officer, also of another agency, who needs to know the file."""
    enter(case, actor, Permission.CASE_TEAM)
    check_said(reason)
    if not account.is_officer or not account.holds(Permission.CASE_READ):
        raise Refusal("not_an_officer", _("Only officers who read cases can join."))
    if has_conflict(case, account):
        raise Refusal(
            "conflict",
            _("This officer has an interest in the case."),
            basis=basis(RECUSAL, case.opened_on),
        )
    if team(case).filter(account=account).exists():
        raise Refusal("already_joined", _("This officer belongs to the team already."))
    _check_duty(case, account, duty)
    participant = write_participant(case, Seat(account, duty, reason), actor, at)
    facts = {"account": str(account.pk), "duty": duty.value}
    record(case, "join", actor=actor, at=at, facts=facts)
    notify([account], Kind.JOINED, at=at, case=case)
    return participant


def _check_duty(case: Case, account: Account, duty: Duty) -> None:
    """Refuse a duty the role does not carry, or one the past of the case forbids."""
    needs = {
        Duty.HANDLER: Permission.CASE_HANDLE,
        Duty.REVIEWER: Permission.CASE_REVIEW,
    }
    if duty in needs and not account.holds(needs[duty]):
        raise Refusal(
            "duty_beyond_role", _("The officer's role does not carry this duty.")
        )
    handled = case.participants.filter(account=account, duty=Duty.HANDLER).exists()
    if handled and duty in (Duty.REVIEWER, Duty.HEARING_HOST):
        raise Refusal(
            "investigated_it",
            _("Whoever investigated a case neither reviews it nor holds its hearing."),
        )


@transaction.atomic
def remove_participant(
    *, actor: Account, at: datetime, participant: Participant, reason: str
) -> Participant:
    """Take an officer off the team; their sight of the exhibits ends."""
    case = participant.case
    enter(case, actor, Permission.CASE_TEAM)
    check_said(reason)
    if participant.removed_at is not None:
        raise Refusal("already_left", _("This officer has left the team already."))
    _end_participation(participant, reason, actor, at)
    facts = {"account": str(participant.account_id)}
    record(case, "leave", actor=actor, at=at, facts=facts)
    notify([participant.account], Kind.LEFT, at=at)
    return participant


def _end_participation(
    participant: Participant, reason: str, actor: Actor, at: datetime
) -> None:
    participant.removed_at, participant.removal_reason = at, reason
    participant.save(update_fields=["removed_at", "removal_reason"])
    for item in Item.objects.filter(exhibits__case=participant.case_id):
        evidence.revoke_item(
            actor=actor, at=at, item=item, grantee=participant.account.label
        )


@transaction.atomic
def oversee_case(*, actor: Account, at: datetime, case: Case) -> bool:
    """Leave an entry when somebody looks who is not of the team; say whether."""
    if team(case).filter(account=actor).exists():
        return False
    if not actor.holds(Permission.CASE_OVERSEE) or not case.open_to(actor):
        raise Refusal("not_found", _("There is no such case."))
    record(case, "oversee", actor=actor, at=at)
    return True


@transaction.atomic
def note_interest(
    *, actor: Account, at: datetime, account: Account, party: Party, kind: Interest.Kind
) -> Interest:
    """List a tie between an officer and a party, by themselves or by their head."""
    own = actor.pk == account.pk
    head = actor.holds(Permission.CASE_TEAM) and account.agency_id in actor.agencies
    if not (own or head):
        raise Refusal("no_permission", _("Your role does not include this act."))
    interest = Interest.objects.get_or_create(
        account=account,
        party=party,
        kind=kind,
        defaults={"noted_at": at, "noted_by": actor.label},
    )[0]
    facts = {"interest": str(interest.pk), "kind": interest.kind}
    record(account, "note-interest", actor=actor, at=at, facts=facts)
    return interest


@transaction.atomic
def declare_conflict(
    *, actor: Account, at: datetime, case: Case, reason: str
) -> Conflict:
    """Stand back from a case (自行回避): from now on every act is refused."""
    if not team(case).filter(account=actor).exists():
        raise Refusal("not_of_the_team", _("You do not belong to the team."))
    check_said(reason)
    conflict = Conflict.objects.create(
        case=case,
        account=actor,
        reason=reason,
        raised_at=at,
        raised_by=actor.label,
        outcome=Conflict.Outcome.UPHELD,
        decided_at=at,
        decided_by=actor.label,
    )
    facts = {"conflict": str(conflict.pk), "reason_sha256": digest_of(reason)}
    record(case, "stand-back", actor=actor, at=at, facts=facts)
    _leave(conflict, actor, at)
    return conflict


@transaction.atomic
def decide_conflict(
    *, actor: Account, at: datetime, conflict: Conflict, stands_back: bool, answer: str
) -> Conflict:
    """Answer a respondent's request that an officer stand back (APL art. 43)."""
    case = conflict.case
    enter(case, actor, Permission.CASE_TEAM)
    check_said(answer)
    if conflict.outcome != Conflict.Outcome.OPEN:
        raise Refusal("already_decided", _("This was decided already."))
    if conflict.account_id == actor.pk:
        raise Refusal("own_matter", _("Nobody decides about themselves."))
    outcomes = {True: Conflict.Outcome.UPHELD, False: Conflict.Outcome.REJECTED}
    conflict.outcome = outcomes[stands_back]
    conflict.answer = answer
    conflict.decided_at, conflict.decided_by = at, actor.label
    conflict.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    facts = {"conflict": str(conflict.pk), "outcome": str(conflict.outcome)}
    record(case, "decide-recusal", actor=actor, at=at, facts=facts)
    if stands_back:
        _leave(conflict, actor, at)
    return conflict


def _leave(conflict: Conflict, actor: Actor, at: datetime) -> None:
    for participant in team(conflict.case).filter(account=conflict.account_id):
        _end_participation(participant, str(_("stands back")), actor, at)
