"""Holders' complaints: made with evidence, listed and followed by their holder."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Form, Router, Schema, Status

from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Lead, Message
from hufu.domain.rights.queries import visible_rights
from hufu.doors.api.cursors import page_of
from hufu.doors.api.facts import FactsIn, Files
from hufu.doors.api.records import find, keep
from hufu.doors.api.shapes import (
    Cursor,
    Limit,
    MessageOut,
    Page,
    labels,
    refusals,
)
from hufu.doors.identity import actor_of, now

router = Router(tags=["complaints"])


class ComplaintIn(FactsIn):
    """What a holder complains of, and the right concerned."""

    right: UUID


class ComplaintRow(Schema):
    """A complaint in its holder's list."""

    id: UUID
    reference: str
    state: str
    words: str
    title: str
    received_at: datetime
    decided_on: date | None

    @staticmethod
    def resolve_words(lead: Lead) -> str:
        """Say the state in the reader's language."""
        return labels(Lead.State, lead.state)


class ComplaintOut(ComplaintRow):
    """One complaint with what both sides wrote."""

    details: str
    reason_text: str
    case_number: str
    messages: list[MessageOut]

    @staticmethod
    def resolve_messages(lead: Lead) -> list[Message]:
        """List what both sides wrote."""
        return list(queries.messages_of(lead))


@router.get(
    "",
    url_name="complaints",
    response=Page[ComplaintRow],
)
def list_complaints(
    request: HttpRequest, cursor: Cursor, limit: Limit
) -> dict[str, Any]:
    """List the complaints of the account's party, newest first."""
    mine = queries.visible_leads(actor_of(request))
    return page_of(mine, ("-received_at", "-id"), cursor, limit)


@router.post(
    "", url_name="complaints", response={201: ComplaintOut, **refusals(404, 409)}
)
def send_complaint(
    request: HttpRequest,
    complaint: Form[ComplaintIn],
    files: Files,
) -> Status[Lead]:
    """Complain of an infringement of one's own right, with at least one file."""
    actor = actor_of(request)
    facts = complaint.facts(find(visible_rights(actor), complaint.right))
    lead = services.complain_lead(actor=actor, at=now(), facts=facts, files=keep(files))
    return Status(201, lead)


@router.get(
    "/{uuid:lead_id}",
    url_name="complaint",
    response=ComplaintOut,
)
def read_complaint(request: HttpRequest, lead_id: UUID) -> Lead:
    """Read one complaint of the account's party."""
    return find(queries.visible_leads(actor_of(request)), lead_id)
