"""Everything one may ask about cases. It starts from what one may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hufu.base.access import Actor
from hufu.base.law import book
from hufu.base.models import Entry
from hufu.domain.cases.codes import hash_of
from hufu.domain.cases.models import (
    Case,
    CaseClock,
    CaseParty,
    Exhibit,
    IntendedDecision,
    Notification,
    Participant,
    Task,
)
from hufu.domain.cases.workflow import FINAL
from hufu.domain.evidence.models import Item
from hufu.domain.people.actors import Bearer
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Bilingual, Checklist

CHANNELS = ("administrative", "criminal")
# What is kept here is a file, so the law of electronic data asks for more. Of that,
# the digest and every hand-over are kept with each item from its first hour.
TRAITS = frozenset({"electronic"})
KEPT_HERE = frozenset({"hash", "custody"})


@dataclass(frozen=True)
class CaseFilter:
    """What an officer wants to see. Empty means everything that is open."""

    words: str = ""
    state: str = "open"
    right_kind: str = ""
    overdue: bool = False
    mine: bool = False


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases whose team the officer belongs to; for those who oversee, the agency's."""
    if not isinstance(actor, Account) or not actor.holds(Permission.CASE_READ):
        return Case.objects.none()
    teams = Participant.objects.filter(account=actor, removed_at=None)
    if not actor.holds(Permission.CASE_OVERSEE):
        return Case.objects.filter(pk__in=teams.values("case"))
    # Asked case by case: a head belongs to the team of nearly every case of the agency.
    joined = Exists(teams.filter(case=OuterRef("pk")))
    return Case.objects.filter(Q(agency__in=actor.agencies) | joined)


def list_cases(actor: Account, asked: CaseFilter, today: date) -> QuerySet[Case]:
    """Return the cases of a list, overdue first, then by the day something is due."""
    cases = visible_cases(actor)
    if asked.state == "open":
        cases = cases.exclude(state__in=FINAL)
    elif asked.state:
        cases = cases.filter(state=asked.state)
    if asked.right_kind:
        cases = cases.filter(right_kind=asked.right_kind)
    if asked.overdue:
        cases = cases.filter(next_due_on__lt=today)
    if asked.mine:
        mine = Participant.objects.filter(account=actor, removed_at=None)
        cases = cases.filter(pk__in=mine.values("case"))
    if words := asked.words.strip():
        named = CaseParty.objects.filter(party__name__icontains=words)
        cases = cases.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(pk__in=named.values("case"))
        )
    order = F("next_due_on").asc(nulls_last=True)
    return cases.defer("summary", "competence").order_by(order, "pk")


def timeline(case: Case) -> QuerySet[Entry]:
    """Return the journal of a case that the caller may see, newest first."""
    return Entry.objects.filter(
        subject_kind=case.subject_kind, subject_id=str(case.pk)
    ).order_by("-pk")


def names_of(labels: set[str]) -> dict[str, str]:
    """Name the officers behind labels, for colleagues on the same file."""
    ids = [UUID(label.partition(":")[2]) for label in labels if "officer:" in label]
    accounts = Account.objects.filter(pk__in=ids)
    return {a.label: a.get_full_name() or a.username for a in accounts}


def offered_items(case: Case) -> QuerySet[Item]:
    """Return what came with the case's leads and is not an exhibit yet."""
    return Item.objects.filter(
        attachment__lead__case_link__case=case, state=Item.State.HELD
    ).exclude(exhibits__case=case)


@dataclass(frozen=True)
class Standing:
    """How the exhibits of a case stand against what a channel asks for.

    `proofs` names by requirement the numbers of the exhibits that meet it.
    """

    checklist: Checklist
    proofs: dict[str, list[int]]


def evidence_standing(case: Case, channel: str, day: date) -> Standing | None:
    """Compare the exhibits with what a channel asks for; None where it is unruled."""
    exhibits = list(case.exhibits.all())
    proofs: dict[str, list[int]] = {}
    for exhibit in exhibits:
        for code in exhibit.meets:
            proofs.setdefault(code, []).append(exhibit.number)
    kept = KEPT_HERE if exhibits else frozenset[str]()
    found = _checklist(channel, day, proofs.keys() | kept)
    return Standing(found, proofs) if found else None


def evidence_requirements(day: date) -> dict[str, Bilingual]:
    """Return what an exhibit can be marked with, over all channels of a case."""
    lists = [_checklist(channel, day) for channel in CHANNELS]
    items = [item for one in lists if one for item in one.items]
    return {item.code: item.title for item in items if item.code not in KEPT_HERE}


def _checklist(
    channel: str, day: date, present: Collection[str] = ()
) -> Checklist | None:
    rule = book().rules.get(f"evidence.{channel}")
    if rule is None or not rule.says(day):
        return None
    return book().evidence(channel, day, present, TRAITS)


def possible_members(case: Case) -> QuerySet[Account]:
    """Officers of the agency who are not of the team yet."""
    members = Participant.objects.filter(case=case, removed_at=None)
    return (
        Account.objects.filter(agency=case.agency_id, is_active=True)
        .exclude(role__in=("administrator", "registrar"))
        .exclude(pk__in=members.values("account"))
        .order_by("role", "username")
    )


def officer_elsewhere(case: Case, agency: Agency, username: str) -> Account | None:
    """Find an officer of another agency by the user name that agency told."""
    officers = Account.objects.filter(agency=agency, is_active=True)
    return officers.exclude(agency=case.agency_id).filter(username=username).first()


def removable_parties(case: Case) -> QuerySet[CaseParty]:
    """Return the parties who may leave: no document was served on them."""
    staying = case.parties.filter(removed_at=None, services=None)
    return staying.select_related("party")


def tied_officers(case: Case, actor: Account) -> QuerySet[Account]:
    """Return whose ties the actor may list: their own, as head those of the agency."""
    listed = Q(pk=actor.pk)
    if actor.holds(Permission.CASE_TEAM):
        listed |= Q(agency__in=actor.agencies, case_duties__case=case)
    officers = Account.objects.filter(listed, is_active=True)
    return officers.distinct().order_by("username")


def my_tasks(actor: Account) -> QuerySet[Task]:
    """Return what the officer was asked to do and has not done."""
    return Task.objects.filter(
        assignee=actor, done_at=None, case__in=visible_cases(actor)
    ).select_related("case")


def due_clocks(actor: Account, today: date, days: int) -> QuerySet[CaseClock]:
    """Return periods that ended or end within so many days, in cases of the team."""
    # Asked period by period, so that the list ends when its page is full.
    teams = Participant.objects.filter(account=actor, removed_at=None)
    return (
        CaseClock.objects.filter(
            Exists(teams.filter(case=OuterRef("case"))),
            side=CaseClock.Side.AGENCY,
            met_on=None,
            dropped_on=None,
            due_on__lte=today + timedelta(days=days),
        )
        .select_related("case")
        .order_by("due_on")
    )


def ending_clocks(today: date, days: int) -> QuerySet[CaseClock]:
    """Return the agencies' running periods that end today or within so many days."""
    return CaseClock.objects.filter(
        side=CaseClock.Side.AGENCY,
        met_on=None,
        dropped_on=None,
        due_on__range=(today, today + timedelta(days=days)),
    ).select_related("case")


def notifications(actor: Account) -> QuerySet[Notification]:
    """Return what the account was told, newest first."""
    return Notification.objects.filter(account=actor).select_related("case")


def unmailed() -> QuerySet[Notification]:
    """Return notifications for which no mail went out and whose reader has one."""
    return (
        Notification.objects.filter(mailed_at=None, read_at=None)
        .exclude(account__email="")
        .select_related("account")
        .order_by("at")
    )


def party_by_code(code: str) -> CaseParty | None:
    """Find the respondent whose notice carries a code; only its digest is compared."""
    return (
        CaseParty.objects.filter(notice_code_hash=hash_of(code), removed_at=None)
        .exclude(notice_code_hash="")
        .select_related("case__agency", "party")
        .first()
    )


def respondent_parties(actor: Actor) -> QuerySet[CaseParty]:
    """Respondents, and agents of respondents, for whom the actor may speak.

    Only cases in which a notice was served: before, the file is not theirs to see.
    """
    parties = CaseParty.objects.filter(
        Q(services__document="notice") | Q(represents__services__document="notice"),
        Q(role=CaseParty.Role.RESPONDENT)
        | Q(role=CaseParty.Role.AGENT, represents__role=CaseParty.Role.RESPONDENT),
        removed_at=None,
    ).distinct()
    parties = parties.select_related("case__agency", "party", "represents__party")
    if not actor.holds(Permission.CASE_DEFEND):
        return parties.none()
    if isinstance(actor, Bearer):
        return parties.filter(case=actor.case)
    if isinstance(actor, Account) and actor.party_id is not None:
        return parties.filter(party=actor.party_id)
    return parties.none()


def disclosed_exhibits(party: CaseParty) -> QuerySet[Exhibit]:
    """Return the exhibits that a respondent is shown."""
    return Exhibit.objects.filter(case=party.case_id, disclosed=True).select_related(
        "item"
    )


def served_intention(party: CaseParty) -> IntendedDecision | None:
    """Return the intended decision as it stood when the notice was served."""
    about = party.represents or party
    served = about.services.filter(document="notice").order_by("at").last()
    if served is None:
        return None
    told = IntendedDecision.objects.filter(case=party.case_id, at__lte=served.at)
    return told.order_by("at").last()


def respondent_clocks(party: CaseParty) -> QuerySet[CaseClock]:
    """Return the periods that run for a respondent."""
    return CaseClock.objects.filter(
        case=party.case_id,
        side=CaseClock.Side.RESPONDENT,
        about=party.represents_id or party.pk,
    ).order_by("started_on", "due_on")
