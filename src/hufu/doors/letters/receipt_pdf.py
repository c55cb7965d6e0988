"""A deposit's receipt as a signed PDF: what it proves in words, the JSON inside."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pyhanko.sign.signers import SimpleSigner
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
)

from hufu.doors.letters.signing import attach_and_sign, is_self_signed, signer_name
from hufu.doors.letters.typesetting import (
    MARGIN,
    WIDTH,
    Foot,
    font,
    paragraph,
    set_style,
    set_table,
)
from hufu.engines.proof.receipts import Receipt, ReceiptStamp

ATTACHMENT = "receipt.json"
COMMAND = (
    "openssl ts -verify -in timestamp-1.tsr -data checkpoint.txt -CAfile roots-1.pem"
)
CODE = 75 * mm
QUIET_ZONE = 4  # modules of white that a reader of QR codes needs
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Paper:
    """What is set in type: a receipt, and where it is checked."""

    receipt: Receipt
    link: str


class QrCode(Flowable):
    """A QR code drawn as squares, dark on white."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows = segno.make_qr(text, error="l").matrix
        self.width = self.height = CODE

    def draw(self) -> None:
        """Draw it from the top left corner, with its quiet zone."""
        side = CODE / (len(self.rows) + 2 * QUIET_ZONE)
        top = CODE - (QUIET_ZONE + 1) * side
        for y, row in enumerate(self.rows):
            for x, dark in enumerate(row):
                if dark:
                    left = (x + QUIET_ZONE) * side
                    self.canv.rect(left, top - y * side, side, side, stroke=0, fill=1)


def set_receipt(paper: Paper, signer: SimpleSigner | None, *, at: datetime) -> bytes:
    """Return the PDF in the language in force, the receipt's file attached, signed."""
    font()
    out = io.BytesIO()
    chinese = (translation.get_language() or "").startswith("zh")
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=_("Receipt of a deposit"),
        lang="zh-CN" if chinese else "en",
        creator="Hufu",
    )
    frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
    fictional = _("Demonstration: everything in this receipt is fictional.")
    warning = fictional if settings.HUFU_DEMO else ""
    foot = Foot(paper.receipt.statement.deposit, warning)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
    document.build(list(_story(paper, signer, at)))
    return attach_and_sign(out.getvalue(), _files(paper), signer)


def _files(paper: Paper) -> dict[str, bytes]:
    """Return what is attached: the receipt, the stamps as they came, their matter."""
    receipt = paper.receipt
    files = {ATTACHMENT: bytes(receipt)}
    if receipt.proof and receipt.timestamps:
        files["checkpoint.txt"] = receipt.proof.note.text.encode()
    for number, one in enumerate(receipt.timestamps, 1):
        files[f"timestamp-{number}.tsr"] = one.reply
        files[f"roots-{number}.pem"] = one.roots.encode()
    return files


def _story(
    paper: Paper, signer: SimpleSigner | None, at: datetime
) -> Iterator[Flowable]:
    yield paragraph(
        _("Receipt of a deposit"),
        set_style("title", 18, alignment=TA_CENTER, spaceAfter=8),
    )
    yield _rows(_deposited(paper.receipt, at))
    yield from _section(_("Its place in the log"))
    yield from _place(paper.receipt)
    yield from _section(_("Timestamps"))
    yield from _timestamps(paper.receipt)
    yield from _section(_("What this receipt proves"))
    for words in _proved():
        yield _text(words)
    yield from _section(_("Signature of this document"))
    yield _text(_signature(signer))
    yield KeepTogether(
        [*_section(_("Check it")), _check(paper.link), QrCode(paper.link)]
    )


def _section(words: str) -> Iterator[Flowable]:
    yield paragraph(
        words, set_style("heading", 12.5, spaceBefore=10, spaceAfter=4, keepWithNext=1)
    )


def _text(words: str) -> Flowable:
    return paragraph(words, set_style("text", 10, spaceAfter=4))


def _rows(rows: Rows) -> Flowable:
    return set_table((), tuple(rows), "")


def _deposited(receipt: Receipt, at: datetime) -> Rows:
    said = receipt.statement
    deposited = datetime.fromisoformat(said.at)
    size = [] if said.size is None else [(_("Size in bytes"), str(said.size))]
    return [
        ("SHA-256", said.sha256),
        *size,
        (_("Deposited"), f"{_hour(deposited)} ({said.at})"),
        (_("In the log by"), _hour(deposited + timedelta(seconds=said.promise))),
        (_("Key of the log"), said.log),
        (_("As it stood on"), _hour(at)),
    ]


def _place(receipt: Receipt) -> Iterator[Flowable]:
    if receipt.proof is None:
        yield _text(_("Not yet in the log when this receipt was made. Fetch it again."))
        return
    head = receipt.proof.checkpoint
    free = [key.name for key, own in receipt.witnesses if not own]
    own = [key.name for key, own in receipt.witnesses if own]
    rows = [
        (_("Log"), head.origin),
        (_("Index"), str(receipt.proof.index)),
        (_("Size of the log in the checkpoint"), str(head.size)),
        (_("Root of the checkpoint"), head.root.hex()),
        (_("Independent witnesses"), "; ".join([str(len(free)), *free])),
    ]
    if own:
        said = _("The office's own witnesses, which count for nothing:")
        rows.append((said, ", ".join(own)))
    yield _rows(rows)


def _timestamps(receipt: Receipt) -> Iterator[Flowable]:
    if receipt.proof is None or not receipt.timestamps:
        yield _text(_("No timestamp covers the deposit yet."))
        return
    size = receipt.proof.checkpoint.size
    yield _rows([(one.authority, _stamped(one, size)) for one in receipt.timestamps])
    words = _("They are attached. To check the first without us: %(command)s")
    yield _text(words % {"command": COMMAND})
    if any(one.own for one in receipt.timestamps):
        yield _text(
            _(
                "An authority of the house's own is not independent: it counts for"
                " nothing."
            )
        )


def _stamped(one: ReceiptStamp, size: int) -> str:
    said = {"at": _hour(one.at), "size": size}
    words = _("%(at)s, over the checkpoint of %(size)s entries") % said
    return words + " · " + _("the house's own") if one.own else words


def _proved() -> tuple[str, ...]:
    return (
        _(
            "Whoever has a file with this SHA-256 proves that it existed at that hour"
            " and has not changed since. The attached file receipt.json carries the"
            " whole proof, which these pages only tell."
        ),
        _(
            "It does not prove who made the file, that it is original, or that what it"
            " says is true."
        ),
        _(
            "The hour is this office's. Independent witnesses and timestamps prove that"
            " the deposit stood in the log by their hour."
        ),
    )


def _signature(signer: SimpleSigner | None) -> str:
    if signer is None:
        return _(
            "This PDF is not signed: no key for documents is set up here. The attached"
            " receipt.json is signed by the log all the same."
        )
    if is_self_signed(signer):
        words = _(
            "Signed (PAdES) by: %(name)s. The certificate is self-signed: it shows that"
            " nothing was changed, but nobody vouches for the name."
        )
    else:
        words = _("Signed (PAdES) by: %(name)s.")
    return words % {"name": signer_name(signer)}


def _check(link: str) -> Flowable:
    words = _(
        "This code opens %(address)s with the receipt in it: the hash and the log's"
        " signature, but no name and no file."
    )
    return _text(words % {"address": link.partition("?")[0]})


def _hour(at: datetime) -> str:
    return str(localize(localtime(at)))
