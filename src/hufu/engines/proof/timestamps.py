"""RFC 3161 timestamps: making requests, reading replies, judging them.

rfc3161-client verifies signature and chain at the time of the stamp. asn1crypto reads
what it is too strict for (authorities that do not sort their certificates) and checks
what it leaves out: which certificate signed (ESSCertID), and for what it may sign.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from hufu.engines.proof.errors import ProofError

ALGORITHMS = ("sha256", "sha384", "sha512")
WEAK = ("md5", "sha1")
# ESSCertID (RFC 2634) is SHA-1 by definition; the signature covers it.
ESS_ALGORITHMS = ("sha1", *ALGORITHMS)
LARGEST = 1 << 20


def make_request(digest: bytes, *, nonce: int, algorithm: str = "sha256") -> bytes:
    """Return a request for a stamp over a digest; it asks for the certificate."""
    if len(digest) != hashlib.new(algorithm).digest_size:
        raise ProofError("imprint", f"This is no {algorithm} digest.")
    imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
    body = {"version": "v1", "message_imprint": imprint, "nonce": nonce}
    return _dump(tsp.TimeStampReq({**body, "cert_req": True}))


def read_certificates(data: bytes) -> list[x509.Certificate]:
    """Read certificates in PEM, or a single one in DER."""
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise ProofError("roots", f"These are no certificates: {error}.") from error


@dataclass(frozen=True)
class Timestamp:
    """A stamp that was verified: that somebody held the data at that instant."""

    at: datetime
    authority: str
    serial: int
    policy: str
    algorithm: str
    digest: bytes
    remarks: tuple[str, ...] = ()


class Reply:
    """An authority's answer, kept as it came in `raw`. Nothing in it is believed."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._answer = _read(raw)
        self._token = self._answer["time_stamp_token"]["content"]
        self._info = self._token["encap_content_info"]["content"].parsed
        self._signer = self._token["signer_infos"][0]

    @property
    def algorithm(self) -> str:
        """Return the hash with which the data must be digested, such as `sha256`."""
        imprint = self._info["message_imprint"]["hash_algorithm"]
        return str(imprint["algorithm"].native)

    @property
    def digest(self) -> bytes:
        """Return the digest that was stamped."""
        return bytes(self._info["message_imprint"]["hashed_message"].native)

    @property
    def at(self) -> datetime:
        """Return the instant that the authority states."""
        instant: datetime = self._info["gen_time"].native
        return instant

    def chain(self, trusted: Sequence[x509.Certificate]) -> list[x509.Certificate]:
        """Return the signer's certificate and those above it, as far as they are known.

        Nothing is judged: that is what `verify` does.
        """
        known = [*self._embedded(), *trusted]
        return _issuers(self._find_signer(trusted), known)

    def verify(
        self,
        digest: bytes,
        trusted: Sequence[x509.Certificate],
        request: bytes | None = None,
    ) -> Timestamp:
        """Judge the stamp over a digest. `trusted` holds roots, and may hold others.

        `ProofError` gives the reason. With the request, the reply must answer it: a
        stamp that was made for an earlier request is refused as replayed.
        """
        if self.algorithm not in ALGORITHMS:
            why = "is too weak" if self.algorithm in WEAK else "cannot be checked here"
            message = f"The stamp is over {self.algorithm}, which {why}."
            raise ProofError("algorithm", message)
        if self.digest != digest:
            raise ProofError("imprint", "The stamp is over other data.")
        if request is not None:
            self._check_answers(request)
        try:
            signer = self._judge(trusted)
            remarks = self._remarks(signer)
        except (ValueError, TypeError, KeyError) as error:
            message = f"The token cannot be read: {error}."
            raise ProofError("reply", message) from error
        return Timestamp(
            self.at,
            signer.subject.rfc4514_string(),
            int(self._info["serial_number"].native),
            str(self._info["policy"].native),
            self.algorithm,
            digest,
            remarks,
        )

    def _judge(self, trusted: Sequence[x509.Certificate]) -> x509.Certificate:
        signer = self._find_signer(trusted)
        self._check_chain(signer, trusted)
        self._check_named(signer)
        _check_purpose(signer)
        return signer

    def _check_answers(self, request: bytes) -> None:
        try:
            asked = tsp.TimeStampReq.load(request)
            nonce, imprint = asked["nonce"].native, asked["message_imprint"].native
        except ValueError as error:
            raise ProofError("request", f"This is no request: {error}.") from error
        if imprint["hashed_message"] != self.digest:
            raise ProofError("request", "The stamp was not made for this request.")
        if nonce is not None and nonce != self._info["nonce"].native:
            message = "The stamp answers another request (nonce): it was replayed."
            raise ProofError("nonce", message)

    def _embedded(self) -> list[x509.Certificate]:
        return [_certificate(c.chosen) for c in self._token["certificates"] or ()]

    def _find_signer(self, trusted: Sequence[x509.Certificate]) -> x509.Certificate:
        """Find the signer by issuer and serial number, never by its name alone."""
        sid = self._signer["sid"]
        if sid.name != "issuer_and_serial_number":
            raise ProofError("signer", "The token does not name who signed it.")
        issuer = _dump(sid.chosen["issuer"])
        serial = sid.chosen["serial_number"].native
        for certificate in (*self._embedded(), *trusted):
            same = certificate.issuer.public_bytes() == issuer
            if same and certificate.serial_number == serial:
                return certificate
        message = "The signer's certificate is neither in the token nor given."
        raise ProofError("signer", message)

    def _check_chain(
        self, signer: x509.Certificate, trusted: Sequence[x509.Certificate]
    ) -> None:
        roots = [c for c in trusted if c.issuer == c.subject]
        others = [c for c in trusted if c.issuer != c.subject]
        if not roots:
            raise ProofError("roots", "No root certificate was given to trust.")
        # A certificate in the token is found there; only a missing one is handed in.
        missing = None if self._embedded() else signer
        verifier = VerifierBuilder(
            tsa_certificate=missing, intermediates=others, roots=roots
        ).build()
        try:
            verifier.verify(_decode(self._answer), self.digest)
        except VerificationError as error:
            raise _reason(str(error)) from error

    def _check_named(self, signer: x509.Certificate) -> None:
        """Check ESSCertID: the signed attributes must name this certificate."""
        for attribute in self._signer["signed_attrs"]:
            if attribute["type"].native == "signing_certificate":
                named, hasher = attribute["values"][0]["certs"][0], "sha1"
            elif attribute["type"].native == "signing_certificate_v2":
                named = attribute["values"][0]["certs"][0]
                hasher = named["hash_algorithm"]["algorithm"].native
            else:
                continue
            known = hasher in ESS_ALGORITHMS
            der = signer.public_bytes(Encoding.DER)
            wanted = named["cert_hash"].native
            if not known or hashlib.new(hasher, der).digest() != wanted:
                message = "The token names another certificate than its signer's."
                raise ProofError("signer", message)
            return
        raise ProofError("signer", "The token does not name its certificate (ESS).")

    def _remarks(self, signer: x509.Certificate) -> tuple[str, ...]:
        chain, remarks = _issuers(signer, self._embedded()), []
        foreign = [c for c in self._embedded() if c not in chain]
        if foreign:
            names = ", ".join(c.subject.rfc4514_string() for c in foreign)
            remarks.append(f"The token also holds certificates of no use: {names}.")
        until = signer.not_valid_after_utc
        remarks.append(f"The authority's certificate is valid until {until:%Y-%m-%d}.")
        return tuple(remarks)


def _certificate(found: Any) -> x509.Certificate:
    # RFC 5280 section 4.1.2.2; the parser only warns, and will refuse in time.
    if found["tbs_certificate"]["serial_number"].native <= 0:
        raise ProofError("reply", "A certificate's serial number is not positive.")
    try:
        return x509.load_der_x509_certificate(_dump(found))
    except x509.InvalidVersion as error:
        raise ProofError("reply", f"A certificate cannot be read: {error}.") from error


def _read(raw: bytes) -> Any:
    """Read a reply, or a bare token, and refuse what was not granted."""
    if len(raw) > LARGEST:
        raise ProofError("reply", f"A reply of {len(raw)} bytes is too large.")
    try:
        answer = _answer(raw)
        status = answer["status"]
        if status["status"].native not in {"granted", "granted_with_mods"}:
            raise _refusal(status)
        token = answer["time_stamp_token"]["content"]
        signers = [signer.native for signer in token["signer_infos"]]
        info = token["encap_content_info"]["content"].parsed
        _ = info["gen_time"].native, info["message_imprint"].native
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProofError("reply", f"This is no RFC 3161 reply: {error}.") from error
    if len(signers) != 1:
        message = f"The token has {len(signers)} signers instead of one."
        raise ProofError("signer", message)
    return answer


class _Answer(core.Sequence):  # type: ignore[misc]  # asn1crypto ships no types
    """TimeStampResp; a refusal has no token (RFC 3161 section 2.4.2)."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def _answer(raw: bytes) -> Any:
    try:
        answer = _Answer.load(raw, strict=True)
        _ = answer["status"]["status"].native
    except ValueError:
        return _granted(cms.ContentInfo.load(raw, strict=True))
    return answer


def _granted(token: Any) -> Any:
    return _Answer({"status": {"status": "granted"}, "time_stamp_token": token})


def _refusal(status: Any) -> ProofError:
    words = [status["status"].native, *(status["status_string"].native or ())]
    if status["fail_info"].native:
        words += sorted(status["fail_info"].native)
    reasons = ", ".join(str(word) for word in words)
    return ProofError("status", f"The authority granted no stamp: {reasons}.")


def _decode(answer: Any) -> TimeStampResponse:
    """Hand a reply to rfc3161-client, its certificates sorted as DER wants them.

    They are not signed, so their order proves nothing; openssl and others leave them
    as they were given. Nor is the status: "granted with modifications" is a stamp too.
    """
    content = answer["time_stamp_token"]
    token = content["content"]
    if token["certificates"]:
        ordered = sorted(_dump(c.chosen) for c in token["certificates"])
        token["certificates"] = cms.CertificateSet(
            [cms.CertificateChoices.load(c) for c in ordered]
        )
    try:
        return decode_timestamp_response(_dump(_granted(content)))
    except ValueError as error:
        raise ProofError("reply", f"This is no RFC 3161 reply: {error}.") from error


def _reason(said: str) -> ProofError:
    """Say in words what openssl said in codes."""
    if "Verify error:" in said:
        why = said.partition("Verify error:")[2].partition('"')[0].strip()
        message = f"No chain led to a trusted root at the time of the stamp: {why}."
        return ProofError("chain", message)
    if "signature failure" in said:
        message = "The signature is not the authority's over this token."
        return ProofError("signature", message)
    if "digest failure" in said:
        return ProofError("signature", "The token was changed after it was signed.")
    return ProofError("token", f"The token was refused: {said}.")


def _check_purpose(signer: x509.Certificate) -> None:
    """Check RFC 3161 section 2.3: critical, for timestamps and nothing else."""
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise ProofError("purpose", "The certificate has no purpose.") from error
    stamping = ExtendedKeyUsageOID.TIME_STAMPING
    if not usage.critical or list(usage.value) != [stamping]:
        message = "The certificate is not for timestamps and only for them."
        raise ProofError("purpose", message)


def _issuers(
    signer: x509.Certificate, pool: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    chain = [signer]
    while True:
        last = chain[-1]
        above = [c for c in pool if c.subject == last.issuer and c not in chain]
        if not above:
            return chain
        chain.append(above[0])


def _dump(value: Any) -> bytes:
    return bytes(value.dump())
