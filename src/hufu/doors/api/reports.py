"""Citizens' reports. Nothing about the sender is read or kept but what they write."""

import secrets
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status

from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Lead, Message, Reason
from hufu.domain.leads.receipts import BYTES, code_of
from hufu.domain.people.actors import Reporter
from hufu.doors.api.facts import FactsIn, Files
from hufu.doors.api.records import keep
from hufu.doors.api.shapes import Body, Line, MessageOut, labels, refusals
from hufu.doors.identity import now

router = Router(tags=["reports"], auth=None)


class ReportIn(FactsIn):
    """What somebody reports. Without name and contact it stays anonymous."""

    name: Line = ""
    contact: Line = ""


class ReceiptOut(Schema):
    """The code with which the report is followed. It is shown once; keep it."""

    receipt: str


class ReceiptIn(Schema):
    """The code of a receipt, however it was typed."""

    receipt: Line


class WordsIn(ReceiptIn):
    """Something to add to a report."""

    text: Body


class ReportOut(Schema):
    """Where a report stands, and what was written about it."""

    state: str
    words: str
    received_at: datetime
    decided_on: date | None
    reason: str
    case_number: str
    messages: list[MessageOut]

    @staticmethod
    def resolve_words(lead: Lead) -> str:
        """Say the state in the reader's language."""
        return labels(Lead.State, queries.standing_of(lead).state)

    @staticmethod
    def resolve_state(lead: Lead) -> str:
        """Say what became of it, also where it was referred to or merged into."""
        return queries.standing_of(lead).state

    @staticmethod
    def resolve_decided_on(lead: Lead) -> date | None:
        """Say when it was decided."""
        return queries.standing_of(lead).decided_on

    @staticmethod
    def resolve_case_number(lead: Lead) -> str:
        """Name the case that was opened from it."""
        return queries.standing_of(lead).case_number

    @staticmethod
    def resolve_reason(lead: Lead) -> str:
        """Say why it was closed, in the reader's language."""
        return labels(Reason, queries.standing_of(lead).reason)

    @staticmethod
    def resolve_messages(lead: Lead) -> list[Message]:
        """List what both sides wrote."""
        return list(queries.messages_of(lead))


@router.post(
    "",
    url_name="reports",
    response={201: ReceiptOut, **refusals(409, 429)},
)
def send_report(request: HttpRequest, report: ReportIn) -> Status[Any]:
    """Report an infringement, with or without a name."""
    del request  # nothing of it but the words is looked at
    receipt = code_of(secrets.token_bytes(BYTES))
    services.report_lead(
        actor=Reporter(),
        at=now(),
        facts=report.facts(),
        receipt=receipt,
        sender=services.Sender(report.name, report.contact),
    )
    return Status(201, {"receipt": receipt})


@router.post(
    "/follow",
    url_name="report-follow",
    response={200: ReportOut, **refusals(404)},
)
def follow_report(request: HttpRequest, held: ReceiptIn) -> Lead:
    """Read where a report stands. The receipt is sent in the body, never in a URL."""
    del request  # nothing of it but the words is looked at
    return queries.lead_by_receipt(held.receipt)


@router.post(
    "/messages",
    url_name="report-message",
    response={201: ReportOut, **refusals(404, 409)},
)
def add_message(request: HttpRequest, words: WordsIn) -> Status[Lead]:
    """Add words to a report."""
    del request  # nothing of it but the words is looked at
    lead = queries.lead_by_receipt(words.receipt)
    heard = queries.thread_of(lead)
    services.add_message(actor=_sender(heard), at=now(), lead=heard, body=words.text)
    return Status(201, lead)


@router.post(
    "/files",
    url_name="report-files",
    response={201: ReportOut, **refusals(404, 409)},
)
def add_files(
    request: HttpRequest,
    receipt: Annotated[Line, Header(..., alias="Hufu-Receipt")],
    files: Files,
) -> Status[Lead]:
    """Add files to a report. Metadata of the working copies is taken out."""
    del request  # nothing of it but the words is looked at
    lead = queries.lead_by_receipt(receipt)
    heard = queries.thread_of(lead)
    services.add_files(actor=_sender(heard), at=now(), lead=heard, files=keep(files))
    return Status(201, lead)


def _sender(lead: Lead) -> Reporter:
    """Whoever holds the receipt acts on this one lead."""
    return Reporter(agencies=frozenset({lead.agency_id}))
