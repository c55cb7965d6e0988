"""What the timestamps of a receipt prove, for anybody, and why one does not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hufu.domain.evidence import queries
from hufu.doors.letters.timestamps import Authority, authorities
from hufu.doors.portal.findings import Finding, told_hour
from hufu.engines.proof.checkpoints import Checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.receipts import Receipt, ReceiptStamp
from hufu.engines.proof.timestamps import Timestamp, read_certificates

REASONS = {
    "imprint": gettext_lazy("It is over another checkpoint."),
    "signature": gettext_lazy("It was changed after it was signed."),
    "chain": gettext_lazy(
        "Its signer's certificate was not valid then, or is not under the root named."
    ),
    "purpose": gettext_lazy("Its certificate is not one for timestamps."),
    "algorithm": gettext_lazy("It uses a hash that is too weak or not known here."),
}
UNREADABLE = gettext_lazy("It cannot be read as an RFC 3161 timestamp.")


def told_stamps(receipt: Receipt, head: Checkpoint) -> Iterator[Finding]:
    """Judge every timestamp over a checkpoint that was verified before."""
    if not receipt.timestamps:
        words = _("Nobody but the log, and whoever cosigned it, vouches for the hour.")
        yield Finding("info", _("No timestamp covers it yet"), words)
        return
    known = [*authorities(), *_asked_then(head)]
    for stamp in receipt.timestamps:
        yield _judge(receipt, stamp, known)


def _asked_then(head: Checkpoint) -> list[Authority]:
    """Return whom this office asked for a stamp over this checkpoint."""
    rows = queries.stamps_of_checkpoint(head.origin, head.size)
    return [Authority(one.authority, "", one.roots, one.own) for one in rows]


def _judge(receipt: Receipt, stamp: ReceiptStamp, known: list[Authority]) -> Finding:
    for authority in known:
        try:
            done = _check(receipt, stamp, authority.roots)
        except ProofError:
            continue
        return _own(done, authority) if authority.own else _good(done, authority)
    try:
        done = _check(receipt, stamp, stamp.roots)
    except ProofError as error:
        title = _("A timestamp does not hold")
        said = f"{stamp.authority}: {REASONS.get(error.code, UNREADABLE)}"
        return Finding("danger", title, said)
    words = _("%(name)s says %(at)s, but only the receipt itself vouches for its root.")
    return Finding(
        "warning",
        _("The timestamp is of an authority that this office does not know"),
        words % _said(done, stamp.authority),
    )


def _check(receipt: Receipt, stamp: ReceiptStamp, roots: str) -> Timestamp:
    return receipt.check_stamp(stamp, read_certificates(roots.encode()))


def _good(done: Timestamp, authority: Authority) -> Finding:
    words = _("%(name)s proves that the deposit stood in the log by %(at)s.")
    title = _("A timestamp authority has stamped the checkpoint")
    return Finding("good", title, words % _said(done, authority.name))


def _own(done: Timestamp, authority: Authority) -> Finding:
    words = _("%(name)s says %(at)s. It is the office's own, so it counts for nothing.")
    title = _("Only the office's own authority has stamped the checkpoint")
    return Finding("warning", title, words % _said(done, authority.name))


def _said(done: Timestamp, name: str) -> dict[str, str]:
    return {"name": name, "at": told_hour(done.at)}
