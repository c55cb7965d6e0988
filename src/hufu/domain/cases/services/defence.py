"""What the respondent does through their own door, in time or late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.base.storage import Storage
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, cite, enter, require_respondent, team
from hufu.domain.cases.models import (
    CaseClock,
    CaseParty,
    Conflict,
    Exhibit,
    Submission,
    WrongCode,
)
from hufu.domain.cases.services.notes import Kind, heads_of, notify, notify_team
from hufu.domain.cases.services.papers import check_said
from hufu.domain.cases.workflow import FINAL
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Ruling

RULES = {
    Submission.Kind.STATEMENT: periods.STATEMENT,
    Submission.Kind.HEARING: periods.HEARING_REQUEST,
}
# Wrong codes a minute, from everybody together, before all must wait. A code has
# 128 bits, so this is against load, not against guessing.
WRONG_CODES_A_MINUTE = 30


@dataclass(frozen=True)
class Words:
    """What was written, with the files that go with it."""

    kind: Submission.Kind
    body: str
    items: Sequence[Item] = ()


@transaction.atomic
def make_submission(
    *, actor: Actor, at: datetime, party: CaseParty, words: Words
) -> Submission:
    """Take what the respondent wrote. Late words are kept and shown as late."""
    require_respondent(actor, party)
    case = party.case
    check_said(words.body)
    _check_open(party)
    today = timezone.localdate(at)
    clock = _clock(party, words.kind)
    submission = Submission.objects.create(
        case=case,
        party=party,
        kind=words.kind,
        at=at,
        author=actor.label,
        body=words.body.strip(),
        made_on=today,
        due_on=clock.due_on if clock else None,
        late=clock is not None and today > clock.due_on,
        ruling=clock.ruling if clock else {},
    )
    _keep_items(submission, words.items, actor, at)
    kept = {"submission": str(submission.pk), "kind": submission.kind}
    kept |= {"late": str(submission.late), "body_sha256": digest_of(submission.body)}
    record(case, "submit-words", actor=actor, at=at, facts=kept)
    _note_effects(submission, clock, today)
    notify_team(case, Kind.SUBMISSION, at=at, actor=actor)
    return submission


def _check_open(party: CaseParty) -> None:
    if not party.notice_code_hash and party.represents is None:
        raise Refusal("not_notified", _("No notice was served on this party."))
    if party.case.state in FINAL:
        raise Refusal("case_closed", _("This case has ended."))


def _clock(party: CaseParty, kind: Submission.Kind) -> CaseClock | None:
    rule = RULES.get(kind)
    if rule is None:
        return None
    about = party.represents_id or party.pk
    clock = party.case.clocks.filter(rule=rule, about=about, dropped_on=None).last()
    if clock is None:
        raise Refusal(
            "no_such_right",
            _("The intended decision does not carry a right to a hearing."),
        )
    return clock


def _keep_items(
    submission: Submission, items: Sequence[Item], actor: Actor, at: datetime
) -> None:
    case = submission.case
    submission.items.set(items)
    for item in items:
        evidence.restrict_item(actor=actor, at=at, item=item)
        for member in team(case).select_related("account"):
            evidence.grant_item(
                actor=actor, at=at, item=item, grantee=member.account.label
            )


def _note_effects(submission: Submission, clock: CaseClock | None, today: date) -> None:
    """Meet the period of a timely request; let the agency's period for a hearing run.

    The time the hearing takes does not count towards the decision: the pause is
    written when the hearing has ended.
    """
    if submission.kind == Submission.Kind.WAIVER:
        about = submission.party.represents_id or submission.party_id
        for rule in RULES.values():
            periods.meet(submission.case, rule, today, about=about)
        return
    if clock is None or submission.late or not clock.running:
        return
    periods.meet(submission.case, clock.rule, today, about=clock.about)
    if submission.kind == Submission.Kind.HEARING:
        periods.start(submission.case, periods.HEARING_HOST, today)


@transaction.atomic
def ask_recusal(
    *, actor: Actor, at: datetime, party: CaseParty, officer: Account, reason: str
) -> Conflict:
    """Ask that an officer of the team stand back; the head decides (APL art. 43).

    The investigation goes on until then.
    """
    require_respondent(actor, party)
    case = party.case
    check_said(reason)
    _check_open(party)
    if not team(case).filter(account=officer).exists():
        raise Refusal("not_found", _("There is no such officer in this case."))
    conflict = Conflict.objects.create(
        case=case,
        account=officer,
        reason=reason.strip(),
        raised_at=at,
        raised_by=actor.label,
    )
    kept = {"conflict": str(conflict.pk), "reason_sha256": digest_of(reason)}
    record(case, "ask-recusal", actor=actor, at=at, facts=kept)
    notify(heads_of(case), Kind.RECUSAL, at=at, case=case)
    return conflict


@transaction.atomic
def answer_submission(
    *, actor: Account, at: datetime, submission: Submission, answer: str
) -> Submission:
    """Say what became of a statement: reviewed, accepted or not, and why."""
    case = submission.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    check_said(answer)
    if submission.answered_at is not None:
        raise Refusal("already_decided", _("This was answered already."))
    submission.answer = answer.strip()
    submission.answered_at, submission.answered_by = at, actor.label
    submission.save(update_fields=["answer", "answered_at", "answered_by"])
    kept = {"submission": str(submission.pk), "answer_sha256": digest_of(answer)}
    record(case, "answer-words", actor=actor, at=at, facts=kept)
    return submission


@transaction.atomic
def inspect_exhibit(
    *, actor: Actor, at: datetime, storage: Storage, party: CaseParty, exhibit: Exhibit
) -> tuple[Item, BinaryIO]:
    """Hand a disclosed exhibit to the respondent's side; the look is in its custody.

    Whoever speaks for the respondent by now may inspect the file (APL art. 45), also
    an account or an agent that came after the disclosure.
    """
    require_respondent(actor, party)
    if not exhibit.disclosed or exhibit.case_id != party.case_id:
        raise Refusal("not_found", _("There is no such exhibit."))
    agency = Clockwork(agencies=frozenset({party.case.agency_id}))
    evidence.grant_item(actor=agency, at=at, item=exhibit.item, grantee=actor.label)
    return evidence.download_item(
        actor=actor,
        at=at,
        storage=storage,
        item=exhibit.item,
        purpose=_("inspection of the file by the respondent"),
    )


@transaction.atomic
def note_wrong_code(*, at: datetime) -> None:
    """Count a wrong notice code; about whoever tried it nothing is kept."""
    minute = at.replace(second=0, microsecond=0)
    row = WrongCode.objects.select_for_update().get_or_create(minute=minute)[0]
    row.count += 1
    row.save(update_fields=["count"])
    WrongCode.objects.filter(minute__lt=minute).delete()


def check_code_rate(at: datetime) -> None:
    """Refuse further codes in a minute that has seen too many wrong ones."""
    minute = at.replace(second=0, microsecond=0)
    row = WrongCode.objects.filter(minute=minute).first()
    if row is not None and row.count >= WRONG_CODES_A_MINUTE:
        raise Refusal(
            "too_many_codes", _("Too many codes were tried. Wait a minute, try again.")
        )


def basis_of(submission: Submission) -> str:
    """Cite the rule by which a submission is in time or late."""
    if not submission.ruling:
        return ""
    return cite(Ruling.from_json(submission.ruling))
