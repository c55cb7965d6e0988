"""Signed notes (c2sp.org/signed-note): a text and the lines that sign it."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hufu.engines.proof.errors import ProofError

DASH = "— "
LARGEST = 1 << 20
# Unicode's spaces, and the plus that separates the parts of a verifier key.
BAD_NAME = re.compile(r"[\s+]")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def decode_base64(text: str) -> bytes:
    """Decode RFC 4648 section 4 in its one canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("base64", f"{text!r} is not base64.") from error
    if encode_base64(data) != text:
        raise ProofError("base64", f"{text!r} is not canonical base64.")
    return data


def encode_base64(data: bytes) -> str:
    """Encode as RFC 4648 section 4."""
    return base64.b64encode(data).decode()


def check_name(name: str) -> str:
    """Return a key's name, or refuse it."""
    if not name or BAD_NAME.search(name):
        raise ProofError("key_name", f"{name!r} cannot name a key.")
    return name


@dataclass(frozen=True)
class SignatureLine:
    """One signature under a note: who, the key's short id, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> "SignatureLine":
        """Read a line without its newline."""
        name, space, blob = line.removeprefix(DASH).rpartition(" ")
        if not line.startswith(DASH) or not space:
            raise ProofError("note", f"{line!r} is no signature line.")
        data = decode_base64(blob)
        if len(data) <= 4:  # noqa: PLR2004 - the key id takes four bytes of it
            raise ProofError("note", f"The signature of {name} is too short.")
        return cls(check_name(name), data[:4], data[4:])

    def __str__(self) -> str:
        return f"{DASH}{self.name} {encode_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True)
class Note:
    """A text ending in a newline, with one or more signature lines.

    The text means nothing until `verify_note` has found a known key under it.
    """

    text: str
    signatures: tuple[SignatureLine, ...]

    @classmethod
    def parse(cls, raw: bytes) -> "Note":
        """Read a note, byte by byte as the specification has it."""
        if len(raw) > LARGEST:
            raise ProofError("note", f"A note of {len(raw)} bytes is too large.")
        try:
            whole = raw.decode()
        except UnicodeDecodeError as error:
            raise ProofError("note", "The note is not UTF-8.") from error
        if CONTROL.search(whole):
            raise ProofError("note", "The note holds control characters.")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise ProofError("note", "The note has no signatures.")
        signatures = [SignatureLine.parse(line) for line in lines[:-1].split("\n")]
        return cls(text + "\n", tuple(signatures))

    def with_signatures(self, lines: Iterable[SignatureLine]) -> "Note":
        """Return the note with more signatures; one that is there stays once."""
        more = [line for line in lines if line not in self.signatures]
        return replace(self, signatures=(*self.signatures, *more))

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def __bytes__(self) -> bytes:
        return str(self).encode()


def sign_note(text: str, *lines: SignatureLine) -> Note:
    """Put signatures under a text."""
    if not text.endswith("\n") or CONTROL.search(text):
        raise ProofError("note", "A note's text ends in a newline and is plain.")
    return Note(text, lines)
