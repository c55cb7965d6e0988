"""Deposits of bare hashes by programs, each answered with a receipt."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Deposit
from hufu.doors.api.records import find
from hufu.doors.api.shapes import Line
from hufu.doors.identity import actor_of, now
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.storage.receipts import receipt_of

router = Router(tags=["deposits"])
LARGEST = 2**53 - 1  # the largest whole number that JSON carries everywhere
NAME = 200


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


class DepositReceiptOut(Schema):
    """A receipt: signed at once; opening and proof are null until it is logged."""

    format: str
    statement: str = Field(description="a C2SP signed note over canonical JSON")
    opening: str | None = Field(description="the act that the leaf commits to")
    proof: str | None = Field(description="c2sp.org/tlog-proof with the checkpoint")
    witnesses: list[WitnessOut]


class DepositOut(Schema):
    """A deposit with its receipt."""

    id: UUID
    deposited_at: datetime
    receipt: DepositReceiptOut


@router.post("", url_name="deposits", response={201: DepositOut})
def deposit_hash(request: HttpRequest, deposit: DepositIn) -> Status[dict[str, Any]]:
    """Deposit the hash of a file; the file itself is never sent."""
    facts = services.DepositFacts(**deposit.dict())
    made = services.deposit_hash(actor=actor_of(request), at=now(), facts=facts)
    told = {"id": made.pk, "deposited_at": made.deposited_at, "receipt": _told(made)}
    return Status(201, told)


@router.get(
    "/{uuid:deposit_id}/receipt", url_name="deposit-receipt", response=DepositReceiptOut
)
def read_receipt(request: HttpRequest, deposit_id: UUID) -> dict[str, Any]:
    """Read the receipt of one's own deposit as it is by now."""
    return _told(find(queries.visible_deposits(actor_of(request)), deposit_id))


def _told(deposit: Deposit) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bytes(receipt_of(deposit, known_witnesses())))
    return told
