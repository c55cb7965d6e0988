"""Who makes a capture: the key that signs it, and whom it asks for the time."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hufu import VERSION
from hufu.doors.identity import now
from hufu.engines.proof.errors import ProofError

SOFTWARE = f"Hufu {VERSION}"
FORM = "0.1.0"  # of specs.webrecorder.net/wacz-auth
CLOCK_STEP = 1.0  # seconds; many authorities tell no fractions
NONCE = 32


@dataclass(frozen=True)
class Stamped:
    """An authority's answer (RFC 3161), verified: raw, and its certificates in PEM.

    `own` says that the office runs the authority itself: it proves nothing to others.
    """

    authority: str
    own: bool
    at: datetime
    reply: bytes
    chain: str


def _nobody(_data: bytes) -> Stamped:
    raise ProofError("authority", "No timestamp authority is configured.")


@dataclass(frozen=True)
class Office:
    """The office's key with its certificates in PEM, and how it has data stamped.

    Without a key one is drawn for each capture: it ties the timestamp to the file and
    says nothing about who made it. `stamp` raises ProofError with the reason.
    """

    key: ec.EllipticCurvePrivateKey | None = None
    certificates: str = ""
    stamp: Callable[[bytes], Stamped] = _nobody


NO_OFFICE = Office()


def compare_clock(office: Office) -> dict[str, Any]:
    """Say how far this machine's clock is off, or why nobody can say."""
    before = now()
    try:
        stamped = office.stamp(secrets.token_bytes(NONCE))
    except ProofError as error:
        return {"measured": False, "why": str(error)}
    took = now() - before
    if stamped.own:
        why = f"{stamped.authority} is the office's own and shows the same clock."
        return {"measured": False, "why": why}
    behind = stamped.at - (before + took / 2)
    return {
        "measured": True,
        "compared_with": f"RFC 3161 authority {stamped.authority}",
        "authority_minus_here_seconds": round(behind.total_seconds(), 3),
        "within_seconds": round(took.total_seconds() / 2 + CLOCK_STEP, 3),
        "answer": _base64(stamped.reply),
    }


class Seal:
    """Signs one package and has the signature stamped; keeps how that went.

    The form is the anonymous signature of wacz-auth 0.1.0: ECDSA over the text of the
    hash, as browsers write it. The timestamp is carried as that specification's other
    form carries it (proposed for this one in webrecorder/specs, issue 142).
    """

    def __init__(self, office: Office) -> None:
        """Take the office's key, or draw one. Viewers read the curve P-384 only."""
        self.office = office
        self.key = office.key or ec.generate_private_key(ec.SECP384R1())
        self.stamped: Stamped | None = None
        self.trouble = ""

    @property
    def public_key(self) -> bytes:
        """Give the key that verifies, as SubjectPublicKeyInfo."""
        form = PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(Encoding.DER, form)

    @property
    def described(self) -> dict[str, Any]:
        """Say for the capture record with what the package is signed."""
        whose = "the office's" if self.office.key else "drawn for this capture only"
        return {
            "key": whose,
            "key_sha256": hashlib.sha256(self.public_key).hexdigest(),
            "certificates": self.office.certificates,
        }

    @property
    def outline(self) -> dict[str, Any]:
        """Say in short how the package was signed and stamped."""
        return {
            "office_key": self.office.key is not None,
            "key_sha256": self.described["key_sha256"],
            "stamped_by": self.stamped.authority if self.stamped else "",
            "stamped_at": self.stamped.at.isoformat() if self.stamped else "",
            "own_stamp": bool(self.stamped and self.stamped.own),
            "stamp_trouble": self.trouble,
        }

    def signed_data(self, digest: str, created: str) -> dict[str, str]:
        """Sign a package's digest, such as `sha256:…`; the stamp is over the text."""
        signature = _base64(self._sign(digest.encode()))
        signed = {
            "hash": digest,
            "created": created,
            "software": SOFTWARE,
            "version": FORM,
            "signature": signature,
            "publicKey": _base64(self.public_key),
        }
        try:
            self.stamped = self.office.stamp(signature.encode())
        except ProofError as error:
            self.trouble = str(error)
            return signed
        signed["timeSignature"] = _base64(self.stamped.reply)
        signed["timestampCert"] = self.stamped.chain
        return signed

    def _sign(self, data: bytes) -> bytes:
        """Sign as Web Cryptography does: r and s side by side (IEEE P1363)."""
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(SHA256())))
        size = (self.key.curve.key_size + 7) // 8
        return r.to_bytes(size) + s.to_bytes(size)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
