"""Signatures made with the certificate of a domain, as WACZ files carry them.

The format is that of specs.webrecorder.net/wacz-auth: an ECDSA signature over the text
of a digest, the domain's certificates, a timestamp over the signature's text.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Report, Verdict
from hufu.engines.proof.notes import decode_base64
from hufu.engines.proof.timestamps import Reply, Timestamp, read_certificates

DRIFT = timedelta(minutes=10)


@dataclass(frozen=True)
class SignedData:
    """What `datapackage-digest.json` says under `signedData`."""

    digest: str
    created: str
    signature: str
    domain: str
    certificates: Sequence[x509.Certificate]
    stamp: str
    stamp_certificates: Sequence[x509.Certificate]

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "SignedData":
        """Read it; a signature by a bare public key has no domain and is refused."""
        try:
            return cls(
                str(value["hash"]),
                str(value["created"]),
                str(value["signature"]),
                str(value["domain"]),
                read_certificates(str(value["domainCert"]).encode()),
                str(value["timeSignature"]),
                read_certificates(str(value["timestampCert"]).encode()),
            )
        except KeyError as error:
            message = (
                f"The signature names no domain's certificate: {error} is missing."
            )
            raise ProofError("signature", message) from error

    def check(self, report: Report, trusted: Sequence[x509.Certificate]) -> None:
        """Report on the signature, the timestamp, and whom both lead to."""
        self._check_signature(report)
        stamp = self._check_stamp(report, trusted)
        if stamp and self._leads_to_root(report, trusted, stamp.at):
            proved = report.of("timestamp")[0].verdict == Verdict.HOLDS
            # A stamp that anybody could have made does not date the certificate.
            (report.holds if proved else report.open)(
                "domain",
                f"A trusted authority vouched for {self.domain} at the time "
                f"that the timestamp {'proves' if proved else 'states'}.",
            )

    def _check_signature(self, report: Report) -> None:
        key = self.certificates[0].public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            report.fails("signature", "The domain's key is not ECDSA.")
            return
        try:
            blob = decode_base64(self.signature)
            key.verify(blob, self.digest.encode(), ec.ECDSA(SHA256()))
        except (InvalidSignature, ProofError):
            report.fails("signature", "The signature is not over this package.")
        else:
            message = f"The package is signed with a certificate for {self.domain}."
            report.holds("signature", message)

    def _check_stamp(
        self, report: Report, trusted: Sequence[x509.Certificate]
    ) -> Timestamp | None:
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
