"""Receipts for deposits: a promise signed at once, and the place in the log it led to.

A receipt's `statement` is a signed note whose text is one line of canonical JSON. A
checkpoint has three lines or more, so what the log's key signs here can never be taken
for one. The `opening` is the act that the log committed to; it must say what the
statement said, or the proof is of something else. The `timestamps` are RFC 3161 answers
over the text of the checkpoint, each as it came.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509

from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.commitments import canonical, check_opening, leaf_of
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import NoteSigner, VerifierKey, verify_note
from hufu.engines.proof.notes import (
    LARGEST,
    Note,
    SignatureLine,
    decode_base64,
    encode_base64,
    sign_note,
)
from hufu.engines.proof.timestamps import ALGORITHMS, Reply, Timestamp

FORMAT = "hufu-receipt-v1"
ACT, SUBJECT = "deposit", "evidence.deposit"
FIELDS = {"format", "statement", "opening", "proof", "witnesses"}
STAMPS = "timestamps"  # only where there are any
STAMP_FIELDS = {"authority", "own", "reply", "roots"}


@dataclass(frozen=True)
class Statement:
    """What is signed at once: which hash came when, and until when it will be logged.

    `at` is an instant in ISO 8601 as the journal writes it; `promise` are seconds.
    """

    deposit: str
    sha256: str
    size: int | None
    at: str
    promise: int
    log: str

    @classmethod
    def parse(cls, text: str) -> "Statement":
        """Read the text of a note; only its canonical spelling counts."""
        value = _object(text, "statement")
        if value.pop("format", None) != FORMAT or set(value) != set(_NAMES):
            raise ProofError("statement", f"This is no statement of a {FORMAT}.")
        statement = cls(**value)
        if str(statement) != text:
            raise ProofError("statement", "The statement is not canonical JSON.")
        return statement

    def __str__(self) -> str:
        said = {name: getattr(self, name) for name in _NAMES}
        return canonical({"format": FORMAT, **said}).decode() + "\n"


_NAMES = tuple(Statement.__dataclass_fields__)


@dataclass(frozen=True)
class ReceiptStamp:
    """An authority's answer as it came, over the checkpoint of the receipt.

    What the authority is called, whether it is the office's own, and its roots (PEM)
    are the office's word, and no proof: trust roots that come from the authority.
    """

    authority: str
    own: bool
    reply: bytes
    roots: str

    @classmethod
    def parse(cls, row: Any) -> "ReceiptStamp":
        """Read one; nothing in it is believed."""
        if not isinstance(row, dict) or set(row) != STAMP_FIELDS:
            raise ProofError("receipt", "A timestamp is not told as it should be.")
        words = [row[name] for name in ("authority", "reply", "roots")]
        if not isinstance(row["own"], bool) or not all(map(_bytes, words)):
            raise ProofError("receipt", "A timestamp is not told as it should be.")
        reply = decode_base64(row["reply"])
        return cls(row["authority"], row["own"], reply, row["roots"])

    @property
    def at(self) -> datetime:
        """Return the instant that the answer states, unverified."""
        return Reply(self.reply).at

    def as_json(self) -> dict[str, Any]:
        """Give it as it stands in a receipt."""
        return {**vars(self), "reply": encode_base64(self.reply)}


@dataclass(frozen=True)
class Receipt:
    """A statement with the log's signature; later also opening, proof and witnesses.

    `witnesses` says of each cosigning key whether it is the office's own. That is the
    office's word; whoever knows the keys asks themselves.
    """

    note: Note
    opening: bytes = b""
    proof: Envelope | None = None
    witnesses: tuple[tuple[VerifierKey, bool], ...] = ()
    timestamps: tuple[ReceiptStamp, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> "Receipt":
        """Read a receipt's file; nothing in it is believed before it is checked."""
        if len(data) > LARGEST:
            raise ProofError("receipt", "This is too long for a receipt.")
        try:
            value = _object(data.decode(), "receipt")
        except UnicodeDecodeError as error:
            raise ProofError("receipt", "The receipt is not UTF-8.") from error
        if value.get("format") != FORMAT or set(value) - {STAMPS} != FIELDS:
            raise ProofError("receipt", f"This is no {FORMAT}.")
        proof, opening = value["proof"], value["opening"]
        if (proof is None) != (opening is None):
            raise ProofError("receipt", "Opening and proof belong together.")
        if proof is None and STAMPS in value:
            raise ProofError("receipt", "Timestamps without a checkpoint say nothing.")
        return cls(
            Note.parse(_bytes(value["statement"])),
            b"" if opening is None else _bytes(opening),
            None if proof is None else Envelope.parse(_bytes(proof)),
            tuple(_witnesses(value["witnesses"])),
            tuple(_stamps(value)),
        )

    def __bytes__(self) -> bytes:
        told = [{"key": str(key), "own": own} for key, own in self.witnesses]
        value: dict[str, Any] = {
            "format": FORMAT,
            "statement": str(self.note),
            "opening": self.opening.decode() if self.proof else None,
            "proof": str(self.proof) if self.proof else None,
            "witnesses": told,
        }
        if self.timestamps:
            value[STAMPS] = [stamp.as_json() for stamp in self.timestamps]
        return canonical(value) + b"\n"

    @property
    def statement(self) -> Statement:
        """Return what it says, unverified."""
        return Statement.parse(self.note.text)

    def check_statement(self, key: VerifierKey) -> Statement:
        """Check that this log signed the statement, and nobody else with it."""
        verify_note(self.note, [key])
        if len(self.note.signatures) != 1:
            raise ProofError("signature", "The statement carries a stranger's line.")
        statement = self.statement
        if statement.log != str(key):
            raise ProofError("other_log", "The statement names another log's key.")
        return statement

    def check_place(self, key: VerifierKey) -> SignedCheckpoint | None:
        """Check that the deposit stands in the log; None where that is not claimed.

        Every signature under the checkpoint must be the log's or a listed witness's.
        """
        statement = self.check_statement(key)
        if self.proof is None:
            return None
        listed = [witness for witness, _own in self.witnesses]
        leaf = leaf_of(self.opening)
        signed = self.proof.verify(leaf, key.name, [key], listed)
        if self.proof.extra or len(signed.signatures) != len(
            self.proof.note.signatures
        ):
            raise ProofError("signature", "The checkpoint carries a stranger's line.")
        if {one.key for one in signed.witnesses} != set(listed):
            raise ProofError("witness", "A listed witness has not cosigned.")
        _check_act(check_opening(leaf, self.opening).facts, statement)
        return signed

    def check_stamp(
        self, stamp: ReceiptStamp, trusted: Sequence[x509.Certificate]
    ) -> Timestamp:
        """Check that a trusted authority stamped the checkpoint of this receipt.

        It says nothing of the deposit unless `check_place` holds, too.
        """
        if self.proof is None:
            raise ProofError("place", "The receipt has no checkpoint to be stamped.")
        reply, text = Reply(stamp.reply), self.proof.note.text.encode()
        known = reply.algorithm in ALGORITHMS
        digest = hashlib.new(reply.algorithm, text).digest() if known else b""
        return reply.verify(digest, trusted)


def sign_receipt(statement: Statement, signer: NoteSigner) -> Receipt:
    """Make the receipt that is given at once."""
    text = str(statement)
    return Receipt(sign_note(text, signer.sign(text)))


def prove_receipt(
    receipt: Receipt,
    opening: bytes,
    proof: Envelope,
    known: Mapping[VerifierKey, bool],
    stamps: Sequence[ReceiptStamp] = (),
) -> Receipt:
    """Add the place in the log, with the cosignatures of the witnesses one knows.

    `stamps` are over the very checkpoint of the proof.
    """
    log = receipt.statement.log
    keys = (VerifierKey.parse(log), *known)
    lines = [x for x in proof.note.signatures if any(k.signed(x) for k in keys)]
    note = Note(proof.note.text, tuple(lines))
    cosigned = [(k, own) for k, own in known.items() if _signs(k, lines)]
    kept = Envelope(proof.index, proof.proof, note)
    return Receipt(receipt.note, opening, kept, tuple(cosigned), tuple(stamps))


def _signs(key: VerifierKey, lines: Iterable[SignatureLine]) -> bool:
    return any(key.signed(line) for line in lines)


def _check_act(facts: Mapping[str, Any], statement: Statement) -> None:
    """Check that the logged act is this deposit, with this hash, at this instant."""
    entry = _object(facts.get("entry"), "opening")
    found = [entry.get(name) for name in ("act", "subject", "at", "facts")]
    hashed = {"sha256": statement.sha256, "size": statement.size}
    if found != [ACT, f"{SUBJECT}:{statement.deposit}", statement.at, hashed]:
        raise ProofError("other_deposit", "The proof is of something else.")


def _witnesses(rows: Any) -> Iterable[tuple[VerifierKey, bool]]:
    try:
        for row in rows:
            if set(row) != {"key", "own"} or not isinstance(row["own"], bool):
                raise ProofError("receipt", "A witness is not told as it should be.")
            yield VerifierKey.parse(row["key"]), row["own"]
    except (TypeError, AttributeError) as error:
        raise ProofError("receipt", "The witnesses cannot be read.") from error


def _stamps(value: Mapping[str, Any]) -> Iterable[ReceiptStamp]:
    rows = value.get(STAMPS, [])
    if not isinstance(rows, list) or (STAMPS in value and not rows):
        raise ProofError("receipt", "The timestamps cannot be read.")
    yield from map(ReceiptStamp.parse, rows)


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str):
        raise ProofError("receipt", "A part of the receipt is no text.")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ProofError("receipt", "A part of the receipt is no text.") from error


def _object(text: Any, code: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise ProofError(code, "This is not JSON.") from error
    if not isinstance(value, dict):
        raise ProofError(code, "This is not a JSON object.")
    return value
