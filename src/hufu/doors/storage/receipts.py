"""The receipt of a deposit, as it can be given now: signed, and proved once logged."""

from collections.abc import Mapping
from datetime import UTC

from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Deposit
from hufu.doors.storage.auditing import PROMISE
from hufu.doors.storage.prooflog import log_signer, prove_leaf
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.receipts import (
    Receipt,
    Statement,
    prove_receipt,
    sign_receipt,
)


def receipt_of(deposit: Deposit, known: Mapping[VerifierKey, bool]) -> Receipt:
    """Sign the receipt of a deposit; add its place in the log once it has one.

    `known` says of each witness whether it is the office's own.
    """
    signer = log_signer()
    statement = Statement(
        deposit=str(deposit.pk),
        sha256=deposit.sha256,
        size=deposit.size,
        at=deposit.deposited_at.astimezone(UTC).isoformat(timespec="microseconds"),
        promise=int(PROMISE.total_seconds()),
        log=str(signer.key),
    )
    receipt = sign_receipt(statement, signer)
    leaf = queries.deposit_leaf(deposit)
    proof = prove_leaf(leaf) if leaf else None
    if leaf is None or proof is None or leaf.log != signer.key.name:
        return receipt
    return prove_receipt(receipt, bytes(leaf.opening), proof, known)
