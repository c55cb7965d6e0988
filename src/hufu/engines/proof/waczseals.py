"""Signatures as WACZ files carry them, and the timestamps over them.

The format is that of specs.webrecorder.net/wacz-auth 0.1.0: an ECDSA signature over the
text of a digest, by a bare key (anonymous) or with a domain's certificates, and a
timestamp over the signature's text.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report, Verdict
from hufu.engines.proof.notes import decode_base64
from hufu.engines.proof.timestamps import Reply, Timestamp, read_certificates

DRIFT = timedelta(minutes=10)
PROPERTIES = {
    *("hash", "created", "software", "version", "signature", "publicKey"),
    *("domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"),
}
Key = ec.EllipticCurvePublicKey


def read_key(data: bytes) -> Key:
    """Read an ECDSA public key, or that of a certificate, in PEM."""
    try:
        if b"CERTIFICATE" in data:
            key = read_certificates(data)[0].public_key()
        else:
            key = load_pem_public_key(data)  # type: ignore[assignment]  # narrowed below
    except ValueError as error:
        raise ProofError("key", f"This is no public key in PEM: {error}.") from error
    return _ecdsa(key)


def fingerprint(key: Key) -> str:
    """Return the SHA-256 (hex) of a key's SubjectPublicKeyInfo."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


@dataclass(frozen=True)
class SignedData:
    """What `datapackage-digest.json` says under `signedData`.

    An anonymous signature has neither domain nor certificates, and may have no stamp.
    """

    digest: str
    created: str
    signature: str
    key: Key
    domain: str
    certificates: Sequence[x509.Certificate]
    stamp: str
    stamp_certificates: Sequence[x509.Certificate]

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "SignedData":
        """Read either form; whatever the specification does not list is refused."""
        if unknown := sorted(value.keys() - PROPERTIES):
            message = f"The signature has properties that WACZ does not know: {unknown}"
            raise ProofError("signature", message)
        bare = "publicKey" in value and "domainCert" not in value
        wanted = {"hash", "created", "signature"}
        wanted |= {"publicKey"} if bare else {"domain", "domainCert"}
        if not bare or "timeSignature" in value:
            wanted |= {"timeSignature", "timestampCert"}
        if missing := sorted(wanted - value.keys()):
            message = f"The signature is not whole; missing: {', '.join(missing)}."
            raise ProofError("signature", message)
        said = {name: str(value.get(name, "")) for name in PROPERTIES}
        chain = [] if bare else read_certificates(said["domainCert"].encode())
        stamps = said["timestampCert"].encode()
        return cls(
            said["hash"],
            said["created"],
            said["signature"],
            _bare_key(said["publicKey"]) if bare else _ecdsa(chain[0].public_key()),
            "" if bare else said["domain"],
            chain,
            said["timeSignature"],
            read_certificates(stamps) if said["timeSignature"] else [],
        )

    def check(
        self,
        report: Report,
        trusted: Sequence[x509.Certificate],
        keys: Sequence[Key],
    ) -> None:
        """Report on the signature, the timestamp, and whom both lead to."""
        self._check_signature(report)
        stamp = self._check_stamp(report, trusted)
        if not self.domain:
            self._check_signer(report, keys)
        elif stamp and self._leads_to_root(report, trusted, stamp.at):
            proved = report.of("timestamp")[0].verdict == Verdict.HOLDS
            # A stamp that anybody could have made does not date the certificate.
            (report.holds if proved else report.open)(
                "domain",
                f"A trusted authority vouched for {self.domain} at the time "
                f"that the timestamp {'proves' if proved else 'states'}.",
            )

    def _check_signature(self, report: Report) -> None:
        try:
            blob = _der(decode_base64(self.signature), self.key)
            self.key.verify(blob, self.digest.encode(), ec.ECDSA(SHA256()))
        except (InvalidSignature, ProofError):
            report.fails("signature", "The signature is not over this package.")
        else:
            whose = f"a certificate for {self.domain}" if self.domain else "a bare key"
            report.holds("signature", f"The package is signed with {whose}.")

    def _check_signer(self, report: Report, keys: Sequence[Key]) -> None:
        """Say whose the bare key is: nobody but the reader can know."""
        print_ = fingerprint(self.key)
        if not keys:
            message = f"Nobody vouches for the key; its SHA-256 is {print_}."
            report.open("signer", message)
        elif print_ in map(fingerprint, keys):
            report.holds("signer", f"The key is one that you named: {print_}.")
        else:
            message = f"The key is none that you named; its SHA-256 is {print_}."
            report.fails("signer", message)

    def _check_stamp(
        self, report: Report, trusted: Sequence[x509.Certificate]
    ) -> Timestamp | None:
        if not self.stamp:
            report.open("timestamp", "The signature carries no timestamp.")
            return None
        try:
            reply = Reply(decode_base64(self.stamp))
            digest = hashlib.new(reply.algorithm, self.signature.encode()).digest()
            stamp = reply.verify(digest, self.stamp_certificates)
        except (ProofError, ValueError) as error:
            report.fails("timestamp", f"The timestamp does not hold: {error}")
            return None
        said = f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC by {_common_name(stamp.authority)}"
        try:
            reply.verify(digest, [*trusted, *_not_roots(self.stamp_certificates)])
        except ProofError:
            message = f"Stamped {said}, under a root that only the file itself brings."
            report.open("timestamp", message)
        else:
            report.holds("timestamp", f"Stamped {said}, under a trusted root.")
        self._check_created(report, stamp.at)
        return stamp

    def _check_created(self, report: Report, at: datetime) -> None:
        try:
            created = datetime.fromisoformat(self.created)
        except ValueError:
            report.fails("created", "The time of signing cannot be read.")
            return
        if created.tzinfo is None:
            created = created.replace(tzinfo=UTC)
        if abs(at - created) > DRIFT:
            message = (
                f"Signed at {self.created}, but stamped at {at:%Y-%m-%dT%H:%M:%SZ}."
            )
            report.fails("created", message)

    def _leads_to_root(
        self, report: Report, trusted: Sequence[x509.Certificate], at: datetime
    ) -> bool:
        last = self.certificates[-1].issuer.rfc4514_string()
        if not trusted:
            message = f"No root was given to judge {self.domain} by; it needs {last}."
            report.open("domain", message)
            return False
        policy = (
            PolicyBuilder().store(Store(list(trusted))).time(at.replace(tzinfo=None))
        )
        try:
            verifier = policy.build_server_verifier(x509.DNSName(self.domain))
            verifier.verify(self.certificates[0], list(self.certificates[1:]))
        except (VerificationError, ValueError) as error:
            message = (
                f"The certificate for {self.domain} led to no trusted root at the "
                f"time of the stamp, but to {last}: {error}."
            )
            report.fails("domain", message)
            return False
        return True


def _not_roots(given: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    return [c for c in given if c.issuer != c.subject]


def _common_name(authority: str) -> str:
    parts = [p for p in authority.split(",") if p.startswith("CN=")]
    return parts[0].removeprefix("CN=") if parts else authority


def _bare_key(text: str) -> Key:
    try:
        return _ecdsa(load_der_public_key(decode_base64(text)))
    except ValueError as error:
        raise ProofError("key", f"The key cannot be read: {error}.") from error


def _ecdsa(key: object) -> Key:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ProofError("key", "The key is not ECDSA.")
    return key


def _der(signature: bytes, key: Key) -> bytes:
    """Read r and s side by side (IEEE P1363), as browsers write them, or as in DER."""
    size = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * size:
        return signature
    r, s = signature[:size], signature[size:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
