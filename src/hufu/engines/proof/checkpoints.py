"""Checkpoints (c2sp.org/tlog-checkpoint): which log, how many leaves, which root."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import (
    COSIGNATURE,
    Signature,
    VerifierKey,
    verify_note,
)
from hufu.engines.proof.merkle import WIDTH
from hufu.engines.proof.notes import Note, decode_base64, encode_base64

DECIMAL = re.compile(r"0|[1-9][0-9]*")
DIGITS = 20


def read_decimal(text: str) -> int:
    """Read an ASCII decimal below 2**64 without leading zeroes."""
    if not DECIMAL.fullmatch(text) or len(text) > DIGITS or int(text) >= 1 << 64:
        raise ProofError("decimal", f"{text!r} is not a size.")
    return int(text)


def read_hash(text: str) -> bytes:
    """Read a hash of 32 bytes in base64."""
    digest = decode_base64(text)
    if len(digest) != WIDTH:
        raise ProofError("width", f"{text!r} is not a hash of {WIDTH} bytes.")
    return digest


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log at one size. `str()` is the text that is signed."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a note."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or "" in lines:  # noqa: PLR2004 - origin, size, root and the end of the last line
            raise ProofError("checkpoint", "This note is no checkpoint.")
        origin, size, root, *extensions = lines
        return cls(origin, read_decimal(size), read_hash(root), tuple(extensions))

    def __str__(self) -> str:
        lines = [self.origin, str(self.size), encode_base64(self.root)]
        return "".join(f"{line}\n" for line in (*lines, *self.extensions))


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint whose log's signature was checked, and who else signed."""

    checkpoint: Checkpoint
    note: Note
    signatures: tuple[Signature, ...]

    @property
    def witnesses(self) -> tuple[Signature, ...]:
        """Return the cosignatures of the witnesses that were asked about.

        A cosignature does not cover its name. So a key counts once, under whatever
        names it stands, and the log's own key is no witness of the log.
        """
        mine = {s.key.public for s in self.signatures if s.key.kind != COSIGNATURE}
        found: dict[bytes, Signature] = {}
        for one in self.signatures:
            if one.key.kind == COSIGNATURE and one.key.public not in mine:
                found.setdefault(one.key.public, one)
        return tuple(found.values())


def open_checkpoint(
    raw: bytes,
    origin: str,
    log: Iterable[VerifierKey],
    witnesses: Iterable[VerifierKey] = (),
) -> SignedCheckpoint:
    """Read a checkpoint of `origin` signed by one of its keys; count known witnesses.

    A cosignature alone is not enough: the log itself must have signed.
    """
    note, keys = Note.parse(raw), tuple(log)
    for key in keys:
        if key.kind == COSIGNATURE:
            raise ProofError("vkey_type", f"{key.name} is a witness's key, no log's.")
    verify_note(note, keys)
    signatures = verify_note(note, (*keys, *witnesses))
    head = Checkpoint.parse(note.text)
    if head.origin != origin:
        message = f"The checkpoint is of {head.origin}, not of {origin}."
        raise ProofError("origin", message)
    return SignedCheckpoint(head, note, signatures)
