"""Deposits of hashes and files by programs, each answered with a receipt."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Deposit
from hufu.doors.api.bodies import WholeBody
from hufu.doors.api.records import find
from hufu.doors.api.shapes import Line, refusals
from hufu.doors.identity import actor_of, now
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.receipts import receipt_of

router = Router(tags=["deposits"])
LARGEST = 2**53 - 1  # the largest whole number that JSON carries everywhere
NAME = 200


FILE = {
    "requestBody": {
        "required": True,
        "description": "The file itself, with its Content-Length; no form.",
        "content": {
            "application/octet-stream": {"schema": {"type": "string"}},
        },
    }
}


class DepositIn(Schema):
    """A hash, and what only the depositor reads."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    name: Annotated[Line, Field(max_length=NAME)] = ""
    note: Line = ""


class WitnessOut(Schema):
    """A witness that cosigned, and whether it is the office's own."""

    key: str
    own: bool


class TimestampOut(Schema):
    """An authority's RFC 3161 answer over the text of the checkpoint."""

    authority: str
    own: bool = Field(description="run by the office itself: it counts for nothing")
    reply: str = Field(description="the answer as it came, in base64")
    roots: str = Field(description="PEM; trust what the authority itself published")


class DepositReceiptOut(Schema):
    """A receipt: signed at once; opening and proof are null until it is logged."""

    format: str
    statement: str = Field(description="a C2SP signed note over canonical JSON")
    opening: str | None = Field(description="the act that the leaf commits to")
    proof: str | None = Field(description="c2sp.org/tlog-proof with the checkpoint")
    witnesses: list[WitnessOut]
    timestamps: list[TimestampOut] | None = Field(
        None, description="absent until an authority has stamped the checkpoint"
    )


class DepositOut(Schema):
    """A deposit with its receipt."""

    id: UUID
    deposited_at: datetime
    receipt: DepositReceiptOut


@router.post(
    "",
    url_name="deposits",
    response={201: DepositOut, **refusals(429)},
    exclude_unset=True,
)
def deposit_hash(request: HttpRequest, deposit: DepositIn) -> Status[dict[str, Any]]:
    """Deposit the hash of a file; the file itself is never sent."""
    facts = services.DepositFacts(**deposit.dict())
    made = services.deposit_hash(actor=actor_of(request), at=now(), facts=facts)
    return _answer(made)


@router.post(
    "/files",
    url_name="deposit-files",
    response={201: DepositOut, **refusals(409, 413, 429)},
    exclude_unset=True,
    openapi_extra=FILE,
)
def deposit_file(
    request: HttpRequest,
    name: Annotated[Line, Query("", max_length=NAME)],
    note: Annotated[Line, Query("", description="only the depositor reads it")],
    sha256: Annotated[
        str, Query("", pattern="^([0-9a-f]{64})?$", description="compared if stated")
    ],
) -> Status[dict[str, Any]]:
    """Deposit a file: it is the body, and goes to the disk as it comes."""
    stream = services.StatedFile(WholeBody(request), sha256)
    kept = services.keep_file(
        storage=blob_store(),
        stream=stream,
        name=name or "file",
        limit=settings.HUFU_DEPOSIT_LIMIT,
    )
    facts = services.DepositFacts(note=note)
    made = services.deposit_file(
        actor=actor_of(request), at=now(), kept=kept, facts=facts
    )
    return _answer(made)


@router.get(
    "/{uuid:deposit_id}/receipt",
    url_name="deposit-receipt",
    response=DepositReceiptOut,
    exclude_unset=True,
)
def read_receipt(request: HttpRequest, deposit_id: UUID) -> dict[str, Any]:
    """Read the receipt of one's own deposit as it is by now."""
    return _told(find(queries.visible_deposits(actor_of(request)), deposit_id))


def _answer(made: Deposit) -> Status[dict[str, Any]]:
    told = {"id": made.pk, "deposited_at": made.deposited_at, "receipt": _told(made)}
    return Status(201, told)


def _told(deposit: Deposit) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bytes(receipt_of(deposit, known_witnesses())))
    return told
