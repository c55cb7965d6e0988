"""Keys of logs and witnesses: verifier keys, Ed25519 signatures, cosignatures.

c2sp.org/signed-note (signature type 0x01) and c2sp.org/tlog-cosignature (0x04).
Private keys are handed in; where they are kept is a door's business.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.notes import (
    Note,
    SignatureLine,
    check_name,
    decode_base64,
    encode_base64,
)

ED25519 = 1
COSIGNATURE = 4
KINDS = {ED25519: "Ed25519", COSIGNATURE: "Ed25519 cosignature"}
PUBLIC_WIDTH = 32
STAMP_WIDTH = 8
# The end of the year 9999, beyond which no calendar of ours can name a second.
LAST_SECOND = 253_402_300_799


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name it signs under."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that signature lines carry."""
        material = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(material).digest()[:4]

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Read `name+hex id+base64 key`; refuse types we cannot check."""
        name, _, rest = vkey.strip().partition("+")
        key_id, plus, blob = rest.partition("+")
        if not plus:
            raise ProofError("vkey", f"{vkey!r} is no verifier key.")
        data = decode_base64(blob)
        if not data or data[0] not in KINDS:
            kind = f"0x{data[0]:02x}" if data else "none"
            message = f"The key of {name} is of type {kind}; 0x01 and 0x04 are known."
            raise ProofError("vkey_type", message)
        if len(data) != 1 + PUBLIC_WIDTH:
            raise ProofError("vkey", f"The key of {name} has a wrong length.")
        key = cls(check_name(name), data[0], data[1:])
        if key.key_id.hex() != key_id:
            message = f"The key of {name} has the id {key.key_id.hex()}, not {key_id}."
            raise ProofError("vkey", message)
        return key

    def __str__(self) -> str:
        blob = encode_base64(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{blob}"

    def signed(self, line: SignatureLine) -> bool:
        """Say whether a line claims to be this key's: name and id, both."""
        return line.name == self.name and line.key_id == self.key_id

    def verify(self, text: str, line: SignatureLine) -> "Signature":
        """Check a line that claims to be this key's."""
        if self.kind == COSIGNATURE:
            stamp, blob = line.signature[:STAMP_WIDTH], line.signature[STAMP_WIDTH:]
            second = int.from_bytes(stamp)
            message, signature = _cosigned(text, second), Signature(self, second)
        else:
            blob, message, signature = line.signature, text.encode(), Signature(self)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(blob, message)
        except InvalidSignature as error:
            reason = f"The signature of {self.name} is not over this text."
            raise ProofError("signature", reason) from error
        if signature.second > LAST_SECOND:
            raise ProofError("signature", f"{self.name} signed at an impossible time.")
        return signature


@dataclass(frozen=True)
class Signature:
    """A signature that was checked. Cosignatures say when, in POSIX seconds."""

    key: VerifierKey
    second: int = 0

    @property
    def at(self) -> datetime | None:
        """Return the instant of a cosignature, None for a log's own signature."""
        if self.key.kind != COSIGNATURE:
            return None
        return datetime.fromtimestamp(self.second, UTC)


def _cosigned(text: str, second: int) -> bytes:
    return f"cosignature/v1\ntime {second}\n{text}".encode()


class NoteSigner:
    """Signs notes as a log does (0x01)."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        public = private.public_key().public_bytes_raw()
        self.key = VerifierKey(check_name(name), ED25519, public)
        self._private = private

    def sign(self, text: str) -> SignatureLine:
        """Sign a text."""
        blob = self._private.sign(text.encode())
        return SignatureLine(self.key.name, self.key.key_id, blob)


class Cosigner:
    """Cosigns checkpoints as a witness does (0x04, cosignature/v1)."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        public = private.public_key().public_bytes_raw()
        self.key = VerifierKey(check_name(name), COSIGNATURE, public)
        self._private = private

    def cosign(self, text: str, *, at: datetime) -> SignatureLine:
        """Sign that this is the largest consistent tree seen at that second."""
        second = int(at.timestamp())
        blob = self._private.sign(_cosigned(text, second))
        stamp = second.to_bytes(STAMP_WIDTH)
        return SignatureLine(self.key.name, self.key.key_id, stamp + blob)


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signature, ...]:
    """Return the signatures of known keys.

    Unknown lines are ignored. A known key whose signature does not verify spoils the
    note, and a note without any known signature says nothing: `ProofError`.
    """
    known = tuple(keys)
    found: dict[VerifierKey, Signature] = {}
    for line in note.signatures:
        for key in known:
            if key.signed(line):
                # The first counts if a witness signed more than once.
                found.setdefault(key, key.verify(note.text, line))
    if not found:
        raise ProofError("unsigned", "No known key has signed this note.")
    return tuple(found.values())
