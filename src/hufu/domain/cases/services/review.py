"""Legal review, the intended decision, and the collective discussion."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.base.law import basis, book
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, cite, enter
from hufu.domain.cases.models import Case, CaseParty, IntendedDecision, Paper
from hufu.domain.cases.services.notes import Kind, notify_team
from hufu.domain.cases.services.papers import check_said, file_paper
from hufu.domain.cases.workflow import CASE
from hufu.domain.people.models import Account, Party
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Ruling

UNHEARD = "procedure.inform_and_hear"


@dataclass(frozen=True)
class IntentionFacts:
    """What the agency means to decide, in the words the respondent will read."""

    violation: str
    grounds: str
    proposal: str
    fine: Decimal | None = None
    confiscation: Decimal | None = None
    currency: str = "CNY"
    graver_order: bool = False
    complex_case: bool = False


@transaction.atomic
def review_case(*, actor: Account, at: datetime, case: Case, opinion: str) -> Case:
    """Approve the file as legal reviewer (法制审核); not by whoever investigated."""
    enter(case, actor, Permission.CASE_REVIEW, Duty.REVIEWER)
    facts = file_paper(case, Paper.Kind.REVIEW, opinion, actor, at)
    CASE.take("review", case, actor=actor, at=at, facts=facts)
    periods.meet(case, periods.REVIEW, timezone.localdate(at))
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


@transaction.atomic
def send_back_case(*, actor: Account, at: datetime, case: Case, opinion: str) -> Case:
    """Return the file for more investigation, saying what is missing."""
    enter(case, actor, Permission.CASE_REVIEW, Duty.REVIEWER)
    facts = file_paper(case, Paper.Kind.REVIEW, opinion, actor, at)
    CASE.take("send_back", case, actor=actor, at=at, facts=facts)
    periods.meet(case, periods.REVIEW, timezone.localdate(at))
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


@transaction.atomic
def propose_decision(
    *, actor: Account, at: datetime, case: Case, facts: IntentionFacts
) -> IntendedDecision:
    """Write down what is meant to be decided; say which steps the law then wants."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if case.state not in ("investigating", "in_review", "reviewed"):
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    for text in (facts.violation, facts.grounds, facts.proposal):
        check_said(text)
    today = timezone.localdate(at)
    hearing, rulings = hearing_rulings(case, facts, today)
    rulings.append(book().on(today, "procedure.collective_decision"))
    intention = IntendedDecision.objects.create(
        case=case,
        at=at,
        author=actor.label,
        violation=facts.violation,
        grounds=facts.grounds,
        proposal=facts.proposal,
        fine=facts.fine,
        confiscation=facts.confiscation,
        currency=facts.currency,
        graver_order=facts.graver_order,
        complex_case=facts.complex_case,
        hearing_offered=hearing,
        collective_needed=facts.graver_order or facts.complex_case,
        rulings=[ruling.as_json() for ruling in rulings],
    )
    kept = {
        "intention": str(intention.pk),
        "hearing_offered": hearing,
        "collective_needed": intention.collective_needed,
        "proposal_sha256": digest_of(facts.proposal),
    }
    record(case, "propose-decision", actor=actor, at=at, facts=kept)
    return intention


def hearing_rulings(
    case: Case, facts: IntentionFacts, day: date
) -> tuple[bool, list[Ruling]]:
    """Say whether the respondent has a right to a hearing, and by which rules.

    Fine and value confiscated are each held against the threshold for a natural
    person or for an organisation; an individual business counts as the person who
    runs it. Graver orders always give the right.
    """
    natural = case.parties.filter(
        role=CaseParty.Role.RESPONDENT,
        removed_at=None,
        party__kind__in=(Party.Kind.PERSON, Party.Kind.SOLE_TRADER),
    ).exists()
    who = "natural_person" if natural else "entity"
    fine = book().on(day, f"hearing.{who}_fine")
    confiscation = book().on(day, f"hearing.{who}_confiscation")
    large = _reaches(facts.fine, fine) or _reaches(facts.confiscation, confiscation)
    return large or facts.graver_order, [fine, confiscation]


def _reaches(amount: Decimal | None, threshold: Ruling) -> bool:
    return amount is not None and amount >= Decimal(threshold.value)


@transaction.atomic
def discuss_case(*, actor: Account, at: datetime, case: Case, minutes: str) -> Case:
    """Enter the minutes of the leaders' collective discussion (集体讨论)."""
    enter(case, actor, Permission.CASE_DECIDE)
    require_heard(case, timezone.localdate(at))
    facts = file_paper(case, Paper.Kind.MINUTES, minutes, actor, at)
    CASE.take("discuss", case, actor=actor, at=at, facts=facts)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


def latest_intention(case: Case) -> IntendedDecision | None:
    """Return the intended decision that stands now."""
    return case.intentions.order_by("at").last()


def require_heard(case: Case, day: date) -> None:
    """Refuse to go on before the respondents were told and could speak (art. 62)."""
    respondents = case.parties.filter(role=CaseParty.Role.RESPONDENT, removed_at=None)
    told = respondents.filter(services__document="notice").distinct()
    if respondents.count() != told.count():
        raise Refusal(
            "not_notified",
            _("Every respondent must be notified before a decision is taken."),
            basis=basis(UNHEARD, day),
        )
    open_rights = case.clocks.filter(
        rule__in=(periods.STATEMENT, periods.HEARING_REQUEST),
        met_on=None,
        dropped_on=None,
        due_on__gte=day,
    ).order_by("-due_on")
    if last := open_rights.first():
        raise Refusal(
            "still_may_speak",
            _("The respondent may still answer or ask for a hearing until %(day)s.")
            % {"day": last.due_on},
            basis=cite(Ruling.from_json(last.ruling)),
        )
    _require_hearing_held(case)
    _require_answers(case)


def _require_hearing_held(case: Case) -> None:
    asked = case.submissions.filter(kind="hearing", late=False)
    if asked.filter(hearing=None).exists() and not hasattr(case, "hearing"):
        raise Refusal(
            "hearing_owed", _("A hearing was asked for in time and must be held first.")
        )


def _require_answers(case: Case) -> None:
    if case.submissions.filter(
        kind__in=("statement", "objection"), answered_at=None
    ).exists():
        raise Refusal(
            "defence_unanswered",
            _("Say first what became of each statement of the respondent."),
        )


def needs_collective(case: Case) -> bool:
    """Say whether leaders must discuss the decision together.

    They must where it is complex or grave, and where legal review follows a hearing
    (SAMR rules art. 50, 60).
    """
    intention = latest_intention(case)
    heard = case.papers.filter(kind=Paper.Kind.HEARING).exists()
    return heard or (intention is not None and intention.collective_needed)
