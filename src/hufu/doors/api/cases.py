"""Cases for those who need to know them: the list, and one file at a glance."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, WithJsonSchema

from hufu.base.models import Entry
from hufu.domain.cases import queries, services
from hufu.domain.cases.agenda import Agenda, Next
from hufu.domain.cases.models import Case, CaseClock, CaseParty, Participant, Task
from hufu.domain.cases.words import words_of
from hufu.domain.people.models import Account
from hufu.domain.rights.models import Right
from hufu.doors.api.cursors import page_of
from hufu.doors.api.records import find
from hufu.doors.api.shapes import (
    ClockOut,
    Cursor,
    Limit,
    Line,
    Page,
    labels,
)
from hufu.doors.identity import actor_of, now, today

router = Router(tags=["cases"])
State = Annotated[
    Literal["open", "all"] | Case.State,
    # Written out, because a lead has a `State` of its own.
    WithJsonSchema({"type": "string", "enum": ["open", "all", *Case.State.values]}),
]


class CaseSearch(Schema):
    """What an officer wants to see; blank: everything that is open."""

    words: Line = ""
    state: State = "open"
    right_kind: Right.Kind | None = None
    overdue: bool = False
    mine: bool = False

    def asked(self) -> queries.CaseFilter:
        """Return the filter as the list takes it."""
        return queries.CaseFilter(
            words=self.words,
            state="" if self.state == "all" else self.state,
            right_kind=self.right_kind or "",
            overdue=self.overdue,
            mine=self.mine,
        )


class CaseRow(Schema):
    """A case in a list."""

    id: UUID
    number: str
    state: str
    state_label: str
    title: str
    track: str
    right_kind: str
    act: str
    region: str
    opened_on: date
    next_due_on: date | None
    demo: bool


class PartyOut(Schema):
    """A party in its role."""

    role: str
    words: str
    name: str
    country: str

    @staticmethod
    def resolve_words(party: CaseParty) -> str:
        """Say the role in the reader's language."""
        return labels(CaseParty.Role, party.role)

    @staticmethod
    def resolve_name(party: CaseParty) -> str:
        """Name the party."""
        return party.party.name

    @staticmethod
    def resolve_country(party: CaseParty) -> str:
        """Say where the party comes from."""
        return party.party.country


class MemberOut(Schema):
    """An officer of the team and their duty."""

    name: str
    agency: str
    duty: str
    words: str

    @staticmethod
    def resolve_name(member: Participant) -> str:
        """Name the officer."""
        return _name(member.account)

    @staticmethod
    def resolve_agency(member: Participant) -> str:
        """Name the officer's agency by its code."""
        return member.account.agency_id or ""

    @staticmethod
    def resolve_words(member: Participant) -> str:
        """Say the duty in the reader's language."""
        return labels(Participant.Duty, member.duty)


class CaseClockOut(ClockOut):
    """A legal period of a case, and whose it is."""

    side: str


class EntryOut(Schema):
    """One act in the case."""

    at: datetime
    act: str
    words: str
    after: str = Field(description="the state it led to; blank if it changed none")

    @staticmethod
    def resolve_words(entry: Entry) -> str:
        """Say the act in the reader's language."""
        return words_of(entry.act)


class TaskOut(Schema):
    """Something a member of the team was asked to do."""

    title: str
    assignee: str
    due_on: date
    done_at: datetime | None

    @staticmethod
    def resolve_assignee(task: Task) -> str:
        """Name the officer."""
        return _name(task.assignee)


class NextOut(Schema):
    """Who must act next, and by when."""

    who: str
    title: str
    due_on: date | None

    @staticmethod
    def resolve_who(step: Next) -> str:
        """Say who, in the reader's language."""
        return str(step.who)

    @staticmethod
    def resolve_title(step: Next) -> str:
        """Say what, in the reader's language."""
        return str(step.title)


class CaseOut(CaseRow):
    """One file: who is concerned, what runs, what was done, what is to be done."""

    summary: str
    place: str
    filed_on: date | None
    decided_on: date | None
    closed_on: date | None
    ending: str
    next: list[NextOut]
    parties: list[PartyOut]
    team: list[MemberOut]
    clocks: list[CaseClockOut]
    tasks: list[TaskOut]
    timeline: list[EntryOut]

    @staticmethod
    def resolve_next(case: Case) -> list[Next]:
        """List what is to be done, the most urgent first."""
        return Agenda(case, today()).steps()

    @staticmethod
    def resolve_parties(case: Case) -> list[CaseParty]:
        """List the parties."""
        return list(case.parties.filter(removed_at=None).select_related("party"))

    @staticmethod
    def resolve_team(case: Case) -> list[Participant]:
        """List who takes part."""
        return list(case.participants.filter(removed_at=None).select_related("account"))

    @staticmethod
    def resolve_clocks(case: Case) -> list[CaseClock]:
        """List the periods that run or ran."""
        return list(case.clocks.all())

    @staticmethod
    def resolve_tasks(case: Case) -> list[Task]:
        """List the tasks."""
        return list(case.tasks.select_related("assignee"))

    @staticmethod
    def resolve_timeline(case: Case) -> list[Entry]:
        """List what was done, newest first."""
        return list(queries.timeline(case))


@router.get("", url_name="cases", response=Page[CaseRow])
def list_cases(
    request: HttpRequest, asked: Query[CaseSearch], cursor: Cursor, limit: Limit
) -> dict[str, Any]:
    """List the cases the officer takes part in or oversees, newest first."""
    cases = queries.list_cases(actor_of(request), asked.asked(), today())
    return page_of(cases, ("-opened_on", "-id"), cursor, limit)


@router.get(
    "/{uuid:case_id}",
    url_name="case",
    response=CaseOut,
)
def read_case(request: HttpRequest, case_id: UUID) -> Case:
    """Read one file. Whoever oversees without taking part leaves an entry."""
    actor = actor_of(request)
    case = find(queries.visible_cases(actor), case_id)
    services.oversee_case(actor=actor, at=now(), case=case)
    return case


def _name(account: Account) -> str:
    return account.get_full_name() or account.get_username()
