"""The receipt of a deposit: kept as signed at once, as proved, and as stamped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hufu.domain.evidence import queries, services
from hufu.domain.evidence.kept import KeptReceipt, Stamp
from hufu.domain.evidence.models import Deposit
from hufu.doors.identity import now
from hufu.doors.storage.auditing import PROMISE
from hufu.doors.storage.prooflog import head_of, log_signer, prove_leaf
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.notes import Note
from hufu.engines.proof.receipts import (
    Receipt,
    ReceiptStamp,
    Statement,
    prove_receipt,
    sign_receipt,
)

Stage = KeptReceipt.Stage
SETTLED = timedelta(minutes=1)  # after it no further authority stamps a checkpoint


@dataclass(frozen=True)
class HouseKey:
    """A key that the log signs with, or signed with until another took its place."""

    key: VerifierKey
    until: datetime | None = None


def house_keys() -> list[HouseKey]:
    """Return the key of today, then the earlier ones, each with its end."""
    today = log_signer().key
    rows = list(queries.log_keys())
    ends = [*(row.since for row in rows[1:]), None]
    earlier = [
        HouseKey(VerifierKey.parse(row.vkey), until)
        for row, until in zip(rows, ends, strict=False)
        if row.vkey != str(today)
    ]
    return [HouseKey(today), *reversed(earlier)]


def receipt_of(deposit: Deposit, known: Mapping[VerifierKey, bool]) -> Receipt:
    """Return the receipt as it was first given; add place and timestamps when it can.

    `known` says of each witness whether it is the office's own. The proved form is
    kept when all of them have cosigned, or the promised time is over; the stamped form
    when whoever else was asked has had the time to stamp.
    """
    kept, hour = queries.kept_receipts(deposit), now()
    if Stage.STAMPED in kept:
        return Receipt.parse(kept[Stage.STAMPED])
    stamps = _stamps_of(deposit)
    if Stage.PROVED in kept and not stamps:
        return Receipt.parse(kept[Stage.PROVED])
    signed = Receipt.parse(kept.get(Stage.SIGNED) or _sign(deposit))
    proved = _prove(deposit, signed, known, stamps)
    if proved is None:
        return Receipt.parse(kept[Stage.PROVED]) if Stage.PROVED in kept else signed
    whole = {key for key, _own in proved.witnesses} == set(known)
    if stamps and hour > stamps[0].kept_at + SETTLED:
        return Receipt.parse(_keep(deposit, proved, Stage.STAMPED))
    if not stamps and (whole or hour > deposit.deposited_at + PROMISE):
        return Receipt.parse(_keep(deposit, proved, Stage.PROVED))
    return proved


def _stamps_of(deposit: Deposit) -> list[Stamp]:
    """Return the stamps over the first stamped checkpoint that covers a deposit."""
    leaf = queries.deposit_leaf(deposit)
    return queries.stamps_over(leaf) if leaf else []


def _sign(deposit: Deposit) -> bytes:
    signer = log_signer()
    statement = Statement(
        deposit=str(deposit.pk),
        sha256=deposit.sha256,
        size=deposit.size,
        at=deposit.deposited_at.astimezone(UTC).isoformat(timespec="microseconds"),
        promise=int(PROMISE.total_seconds()),
        log=str(signer.key),
    )
    services.note_key(at=now(), vkey=statement.log)
    return _keep(deposit, sign_receipt(statement, signer), Stage.SIGNED)


def _keep(deposit: Deposit, receipt: Receipt, stage: str) -> bytes:
    row = services.keep_receipt(
        at=now(), deposit=deposit, content=bytes(receipt), stage=stage
    )
    return bytes(row.content)


def _prove(
    deposit: Deposit,
    signed: Receipt,
    known: Mapping[VerifierKey, bool],
    stamps: Sequence[Stamp],
) -> Receipt | None:
    """Prove its place, under the first stamped checkpoint if there is one."""
    key = VerifierKey.parse(signed.statement.log)
    leaf = queries.deposit_leaf(deposit)
    if leaf is None or leaf.log != key.name:
        return None
    head = head_of(Note.parse(stamps[0].note.encode())) if stamps else None
    proof = prove_leaf(leaf, head)
    if proof is None:
        return None
    told = [
        ReceiptStamp(one.authority, one.own, bytes(one.reply), one.roots)
        for one in stamps
    ]
    proved = prove_receipt(signed, bytes(leaf.opening), proof, known, told)
    try:
        proved.check_place(key)
    except ProofError:
        # The log signs with another key by now, or the row was rewritten: what was
        # given stays what is given.
        return None
    return proved
