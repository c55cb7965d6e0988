"""Proofs of inclusion as a text file (c2sp.org/tlog-proof): offline, self-contained."""

from collections.abc import Iterable
from dataclasses import dataclass

from hufu.engines.proof.checkpoints import (
    Checkpoint,
    SignedCheckpoint,
    open_checkpoint,
    read_decimal,
    read_hash,
)
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.merkle import leaf_hash
from hufu.engines.proof.notes import LARGEST, Note, decode_base64, encode_base64
from hufu.engines.proof.verification import LONGEST, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Envelope:
    """That a leaf stands at an index under a checkpoint. `str()` is the file."""

    index: int
    proof: tuple[bytes, ...]
    note: Note
    extra: bytes = b""

    @classmethod
    def parse(cls, raw: bytes) -> "Envelope":
        """Read such a file; nothing in it is believed before `verify`."""
        head, blank, note = raw.partition(b"\n\n")
        if len(raw) > LARGEST or not blank:
            raise ProofError("envelope", "This is no proof of inclusion.")
        try:
            title, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise ProofError("envelope", "The proof is not ASCII.") from error
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = decode_base64(lines.pop(0).removeprefix("extra "))
        if title != HEADER or not lines or not lines[0].startswith("index "):
            raise ProofError("envelope", "This is no proof of inclusion.")
        index = read_decimal(lines.pop(0).removeprefix("index "))
        if len(lines) > LONGEST:
            raise ProofError("envelope", "The proof is too long.")
        return cls(index, tuple(map(read_hash, lines)), Note.parse(note), extra)

    @property
    def checkpoint(self) -> Checkpoint:
        """Return the checkpoint, unverified."""
        return Checkpoint.parse(self.note.text)

    def verify(
        self,
        leaf: bytes,
        origin: str,
        log: Iterable[VerifierKey],
        witnesses: Iterable[VerifierKey] = (),
    ) -> SignedCheckpoint:
        """Check that the leaf is in the log, and return who signed the checkpoint."""
        signed = open_checkpoint(bytes(self.note), origin, log, witnesses)
        head = signed.checkpoint
        digest = leaf_hash(leaf)
        verify_inclusion(digest, self.index, head.size, self.proof, head.root)
        return signed

    def __str__(self) -> str:
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {encode_base64(self.extra)}")
        lines += [f"index {self.index}", *map(encode_base64, self.proof), ""]
        return "\n".join(lines) + f"\n{self.note}"

    def __bytes__(self) -> bytes:
        return str(self).encode()
