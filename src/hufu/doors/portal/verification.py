"""Checking a receipt for anybody: what it proves, in words, and what it does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.portal.forms.deposits import VerifyForm
from hufu.doors.storage.prooflog import log_signer
from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import Signature, VerifierKey
from hufu.engines.proof.receipts import Receipt, Statement


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its tone, the answer, and what it rests on."""

    tone: str
    title: str
    text: str


def verify(request: HttpRequest) -> HttpResponse:
    """Check a pasted receipt; whoever has the file gives its hash, never the file."""
    key = log_signer().key
    form = VerifyForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "key": str(key)}
    if form.is_valid():
        said = form.cleaned_data
        context["findings"] = list(_judge(said["receipt"], key, said["sha256"]))
    return render(request, "portal/evidence/verify.html", context)


def _judge(receipt: Receipt, key: VerifierKey, sha256: str) -> Iterator[Finding]:
    try:
        statement = receipt.check_statement(key)
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
    yield _signed(statement)
    yield from _logged(receipt, key, statement)
    yield _compared(statement, sha256)


def _signed(statement: Statement) -> Finding:
    words = _("It says that this hash was deposited on %(at)s: %(sha256)s")
    said = {"at": _hour(_instant(statement)), "sha256": statement.sha256}
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
            words % {"due": _hour(due)},
        )
        return
    yield _standing(receipt.proof.index, signed)
    yield _witnessed(signed, known_witnesses())


def _standing(index: int, signed: SignedCheckpoint) -> Finding:
    words = _(
        "At place %(index)s, under the checkpoint of %(size)s entries with the root"
        " %(root)s."
    )
    head = signed.checkpoint
    said = {"index": index, "size": head.size, "root": head.root.hex()}
    return Finding("good", _("The deposit stands in the log"), words % said)


def _witnessed(signed: SignedCheckpoint, known: Mapping[VerifierKey, bool]) -> Finding:
    free = [one for one in signed.witnesses if known.get(one.key) is False]
    rest = [one for one in signed.witnesses if known.get(one.key) is not False]
    parts = []
    if free:
        parts.append(_("Independent: %(names)s.") % {"names": _names(free)})
    if rest:
        words = _("Our own or unknown to us, which count for nothing: %(names)s.")
        parts.append(words % {"names": _names(rest)})
    if free:
        title = ngettext(
            "%(n)s independent witness has cosigned",
            "%(n)s independent witnesses have cosigned",
            len(free),
        )
        return Finding("good", title % {"n": len(free)}, " ".join(parts))
    parts.append(_("So you rely on this office not to show others a different log."))
    title = _("No independent witness has cosigned")
    return Finding("warning", title, " ".join(parts))


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


def _names(signatures: list[Signature]) -> str:
    told = [f"{one.key.name} ({_hour(one.at)})" for one in signatures if one.at]
    return ", ".join(told)


def _instant(statement: Statement) -> datetime:
    return datetime.fromisoformat(statement.at)


def _hour(at: datetime) -> str:
    return str(localize(localtime(at)))
