"""Checking a proof for anybody: what it proves, in words, and what it does not."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.doors.identity import now
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.portal.carrying import carried
from hufu.doors.portal.findings import Finding, told_hour, told_witnesses
from hufu.doors.portal.forms.verification import Proof, VerifyForm
from hufu.doors.portal.proofs import (
    judge_certificate,
    judge_draw,
    judge_hash,
    judge_plan,
)
from hufu.doors.portal.stamps import told_stamps
from hufu.doors.portal.turns import DRAWS
from hufu.doors.storage.receipts import HouseKey, house_keys
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.draws import Draw, DrawPlan
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.receipts import Receipt, Statement

PAGE = "portal/evidence/verify.html"
KINDS = {Certificate: "certificate", Draw: "draw", DrawPlan: "draw"}


def verify(request: HttpRequest) -> HttpResponse:
    """Check what is pasted or stands in the address; of a file only the hash comes."""
    house = house_keys()
    form = VerifyForm(request.POST or carried(request.GET) or None)
    context: dict[str, Any] = {"form": form, "key": house[0].key}
    context["earlier"] = house[1:]
    if form.is_valid():
        said = form.cleaned_data
        context["kind"] = KINDS.get(type(said["receipt"]), "")
        try:
            _take_turn(request, said["receipt"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return render(request, PAGE, context, status=HTTPStatus.TOO_MANY_REQUESTS)
        context["findings"] = list(_judge(said["receipt"], house, said["sha256"]))
    return render(request, PAGE, context)


def _take_turn(request: HttpRequest, proof: Proof | None) -> None:
    """Count what costs much: a draw whose value a beacon's network signed."""
    if isinstance(proof, Draw) and proof.plan.source.get("scheme"):
        DRAWS.take(request, at=now())


def _judge(
    proof: Proof | None, house: Sequence[HouseKey], sha256: str
) -> Iterator[Finding]:
    match proof:
        case Receipt():
            return _judge_receipt(proof, house, sha256)
        case Certificate():
            return judge_certificate(proof, house[0].key)
        case Draw():
            return judge_draw(proof)
        case DrawPlan():
            return judge_plan(proof)
        case _:
            return judge_hash()


def _judge_receipt(
    receipt: Receipt, house: Sequence[HouseKey], sha256: str
) -> Iterator[Finding]:
    try:
        named = receipt.statement.log
        held = next((one for one in house if str(one.key) == named), house[0])
        key, statement = held.key, receipt.check_statement(held.key)
    except ProofError:
        yield Finding(
            "danger",
            _("This log has not signed the receipt"),
            _(
                "It was changed after it was signed, or it is another log's. It proves"
                " nothing here."
            ),
        )
        return
    if held.until and _instant(statement) >= held.until:
        yield _out_of_use(_instant(statement), held.until)
        return
    yield _signed(statement)
    yield from _logged(receipt, key, statement)
    yield _compared(statement, sha256)


def _out_of_use(at: datetime, until: datetime) -> Finding:
    words = _("The receipt says %(at)s; another key took its place on %(until)s.")
    said = {"at": told_hour(at), "until": told_hour(until)}
    title = _("It is signed with a key that was out of use by then")
    return Finding("danger", title, words % said)


def _signed(statement: Statement) -> Finding:
    words = _("It says that this hash was deposited on %(at)s: %(sha256)s")
    said = {"at": told_hour(_instant(statement)), "sha256": statement.sha256}
    return Finding("good", _("This log has signed the receipt"), words % said)


def _logged(
    receipt: Receipt, key: VerifierKey, statement: Statement
) -> Iterator[Finding]:
    try:
        signed = receipt.check_place(key)
    except ProofError:
        yield Finding(
            "danger",
            _("Its place in the log is not proved"),
            _("The proof was changed, or it is a proof of something else."),
        )
        return
    if signed is None or receipt.proof is None:
        due = _instant(statement) + timedelta(seconds=statement.promise)
        words = _(
            "The receipt was fetched before that. The log promised a place by %(due)s;"
            " whoever deposited can fetch the receipt again."
        )
        yield Finding(
            "warning",
            _("The receipt shows no place in the log yet"),
            words % {"due": told_hour(due)},
        )
        return
    yield _standing(receipt.proof.index, signed)
    yield told_witnesses(signed, known_witnesses())
    yield from told_stamps(receipt, signed.checkpoint)


def _standing(index: int, signed: SignedCheckpoint) -> Finding:
    words = _(
        "At place %(index)s, under the checkpoint of %(size)s entries with the root"
        " %(root)s."
    )
    head = signed.checkpoint
    said = {"index": index, "size": head.size, "root": head.root.hex()}
    return Finding("good", _("The deposit stands in the log"), words % said)


def _compared(statement: Statement, sha256: str) -> Finding:
    if not sha256:
        return Finding(
            "info",
            _("No file was compared"),
            _("Give the SHA-256 of the file that you have, to compare it."),
        )
    if sha256 == statement.sha256:
        return Finding(
            "good",
            _("The file is the one that was deposited"),
            _("It has the same SHA-256; not one bit is different."),
        )
    words = _("The SHA-256 that you gave is another: %(sha256)s")
    title = _("The file is not the one that was deposited")
    return Finding("danger", title, words % {"sha256": sha256})


def _instant(statement: Statement) -> datetime:
    return datetime.fromisoformat(statement.at)
