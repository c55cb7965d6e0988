"""Leads for officers: the inbox, one lead, and what becomes of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, WithJsonSchema

from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Lead, LeadClock, Message, Reason
from hufu.domain.people.models import Agency
from hufu.domain.people.queries import agencies
from hufu.domain.rights.models import Right
from hufu.doors.api.cursors import page_of
from hufu.doors.api.records import find
from hufu.doors.api.shapes import (
    Body,
    ClockOut,
    Cursor,
    Limit,
    Line,
    MessageOut,
    Page,
    labels,
    refusals,
)
from hufu.doors.identity import actor_of, now, today

router = Router(tags=["leads"])
State = Annotated[
    Literal["open", "all"] | Lead.State,
    # Written out, because a case has a `State` of its own.
    WithJsonSchema({"type": "string", "enum": ["open", "all", *Lead.State.values]}),
]
Order = Literal["newest", "oldest", "due"]


class LeadSearch(Schema):
    """What an officer wants to see; blank: everything that is open."""

    words: Line = ""
    state: State = "open"
    origin: Lead.Origin | None = None
    lane: Lead.Lane | None = None
    right_kind: Right.Kind | None = None
    overdue: bool = False
    order: Order = "newest"

    def asked(self) -> queries.InboxFilter:
        """Return the filter as the inbox takes it."""
        return queries.InboxFilter(
            words=self.words,
            state=self.state,
            origin=self.origin or "",
            lane=self.lane or "",
            right_kind=self.right_kind or "",
            overdue=self.overdue,
            order=self.order,
        )


class LeadRow(Schema):
    """A lead in the inbox. Who reported is not among it."""

    id: UUID
    reference: str
    state: str
    words: str
    origin: str
    right_kind: str
    right_name: str
    act: str
    lane: str
    title: str
    seller: str
    respondent_name: str
    received_at: datetime
    next_due_on: date | None
    anonymous: bool
    score: float | None
    demo: bool

    @staticmethod
    def resolve_words(lead: Lead) -> str:
        """Say the state in the reader's language."""
        return labels(Lead.State, lead.state)

    @staticmethod
    def resolve_right_name(lead: Lead) -> str:
        """Name the right concerned."""
        return lead.right.name if lead.right else ""


class LeadOut(LeadRow):
    """One lead: what is said, the reasons behind it, its periods, the messages."""

    details: str
    respondent_uscc: str
    place: str
    region: str
    url: str
    goods: str
    quantity: int | None
    value: Decimal | None
    currency: str
    occurred_on: date | None
    reasons: list[Any]
    lane_reasons: list[Any]
    merged_into_id: UUID | None
    case_id: UUID | None
    case_number: str
    reason: str
    reason_text: str
    decided_on: date | None
    sightings: list[UUID] = Field(description="the offers it was detected in")
    clocks: list[ClockOut]
    messages: list[MessageOut]

    @staticmethod
    def resolve_sightings(lead: Lead) -> list[UUID]:
        """Name the offers it was detected in."""
        return list(lead.matches.values_list("sighting_id", flat=True))

    @staticmethod
    def resolve_clocks(lead: Lead) -> list[LeadClock]:
        """List the periods that run or ran for it."""
        return list(lead.clocks.all())

    @staticmethod
    def resolve_messages(lead: Lead) -> list[Message]:
        """List what the office and the sender wrote."""
        return list(queries.messages_of(lead))


class ClosingIn(Schema):
    """Why a lead ends; whoever sent it reads this."""

    reason: Reason
    text: Body = ""


class ReferralIn(Schema):
    """To which agency a lead goes, and why."""

    agency: Line = Field(description="code of the agency")
    note: Body


class MergerIn(Schema):
    """The lead about the same matter that goes on."""

    into: UUID


@router.get("", url_name="leads", response=Page[LeadRow])
def list_leads(
    request: HttpRequest, asked: Query[LeadSearch], cursor: Cursor, limit: Limit
) -> dict[str, Any]:
    """List the leads of the officer's agency."""
    leads = queries.inbox(actor_of(request), asked.asked(), today())
    return page_of(leads, queries.ORDERS[asked.order], cursor, limit)


@router.get(
    "/{uuid:lead_id}",
    url_name="lead",
    response=LeadOut,
)
def read_lead(request: HttpRequest, lead_id: UUID) -> Lead:
    """Read one lead of the officer's agency."""
    return _lead(request, lead_id)


@router.post(
    "/{uuid:lead_id}/accept",
    url_name="lead-accept",
    response={200: LeadOut, **refusals(409)},
)
def accept_lead(request: HttpRequest, lead_id: UUID) -> Lead:
    """Take a lead on."""
    lead = _lead(request, lead_id)
    return services.accept_lead(actor=actor_of(request), at=now(), lead=lead)


@router.post(
    "/{uuid:lead_id}/close",
    url_name="lead-close",
    response={200: LeadOut, **refusals(409)},
)
def close_lead(request: HttpRequest, lead_id: UUID, closing: ClosingIn) -> Lead:
    """End the work on a lead; the sender is told the reason."""
    lead, actor = _lead(request, lead_id), actor_of(request)
    return services.close_lead(
        actor=actor, at=now(), lead=lead, reason=closing.reason, text=closing.text
    )


@router.post(
    "/{uuid:lead_id}/refer",
    url_name="lead-refer",
    response={200: LeadOut, **refusals(409)},
)
def refer_lead(request: HttpRequest, lead_id: UUID, referral: ReferralIn) -> Lead:
    """Pass a lead to the competent agency; what opens there is theirs to see."""
    lead, agency = _lead(request, lead_id), _agency(referral.agency)
    services.refer_lead(
        actor=actor_of(request), at=now(), lead=lead, agency=agency, note=referral.note
    )
    return lead


@router.post(
    "/{uuid:lead_id}/merge",
    url_name="lead-merge",
    response={200: LeadOut, **refusals(409)},
)
def merge_lead(request: HttpRequest, lead_id: UUID, merger: MergerIn) -> Lead:
    """Join a lead with another about the same matter."""
    lead, into = _lead(request, lead_id), _lead(request, merger.into)
    return services.merge_lead(actor=actor_of(request), at=now(), lead=lead, into=into)


def _lead(request: HttpRequest, lead_id: UUID) -> Lead:
    return find(queries.visible_leads(actor_of(request)), lead_id)


def _agency(code: str) -> Agency:
    return find(agencies(), code)
