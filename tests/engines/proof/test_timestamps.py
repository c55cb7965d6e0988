"""Timestamps of real and of test authorities: judged, with the reason."""

import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID

from engines.proof.authority import Authority
from engines.proof.trees import DATA
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.timestamps import (
    Reply,
    _check_purpose,
    make_request,
    read_certificates,
)

STAMPS = DATA / "rfc3161"
DIGEST = hashlib.sha256(b"hello").digest()
PARTS = 8  # so many tests share the bytes of a token out, for workers side by side


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


def fixture(name):
    return (STAMPS / name).read_bytes()


def judge(name, data=b"hello", roots=None, request=None):
    reply = Reply(fixture(name))
    folder = name.partition("/")[0]
    trusted = read_certificates(fixture(roots or f"{folder}/ts_chain.pem"))
    digest = hashlib.new(reply.algorithm, data).digest()
    return reply.verify(digest, trusted, request)


def code_of(call, *arguments, **named):
    with pytest.raises(ProofError) as error:
        call(*arguments, **named)
    return error.value.code


GOOD = {
    "identrust/issue-104.tsr": datetime(2025, 3, 11, 8, 52, 8, tzinfo=UTC),
    "sigstage/response-no-embedded-cert.tsr": datetime(
        2025, 6, 18, 8, 13, 2, tzinfo=UTC
    ),
    "sigstage/response-sha256.tsr": datetime(2025, 5, 9, 11, 58, 55, tzinfo=UTC),
    "sigstage/response-sha384.tsr": datetime(2025, 5, 9, 11, 58, 55, tzinfo=UTC),
    "sigstage/response-sha512.tsr": datetime(2025, 5, 9, 11, 58, 56, tzinfo=UTC),
    "test_tsa/response.tsr": datetime(2024, 10, 8, 15, 40, 32, tzinfo=UTC),
    "test_tsa/response-injected-certs.tsr": datetime(
        2024, 10, 8, 15, 40, 32, tzinfo=UTC
    ),
}


def test_every_published_stamp_is_judged_here():
    found = {str(path.relative_to(STAMPS)) for path in STAMPS.glob("*/*.tsr")}
    bad = {"test_tsa/other_response.tsr", "sigstage/response-invalid-signature.tsr"}
    assert found == {*GOOD, *bad, "sigstore.mock/response-expired.tsr"}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_stamp_tells_its_time(name):
    assert judge(name).at == GOOD[name]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_stamp_is_refused_over_other_data(name):
    assert code_of(judge, name, b"hullo") == "imprint"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_stamp_is_refused_under_a_stranger_s_root(name):
    mine = name.partition("/")[0]
    roots = "test_tsa" if mine != "test_tsa" else "sigstage"
    refused = code_of(judge, name, roots=f"{roots}/ts_chain.pem")
    assert refused in {"chain", "signer"}


def test_an_invalid_signature_is_refused():
    name = "sigstage/response-invalid-signature.tsr"
    with pytest.raises(ProofError, match="not the authority's over this token"):
        judge(name)


def test_a_signer_under_another_intermediate_is_refused():
    with pytest.raises(ProofError, match="unable to get local issuer") as refused:
        judge("test_tsa/other_response.tsr")
    assert refused.value.code == "chain"


def test_what_expired_after_the_stamp_was_valid_at_its_time():
    payload = fixture("sigstore.mock/payload")
    stamp = judge("sigstore.mock/response-expired.tsr", payload)
    assert stamp.at == datetime(2023, 2, 1, tzinfo=UTC)
    assert "valid until 2024-01-01" in stamp.remarks[-1]


def test_certificates_slipped_into_a_token_are_named_and_not_believed():
    stamp = judge("test_tsa/response-injected-certs.tsr")
    assert stamp.authority == "CN=Test TSA Timestamping,O=local"
    assert "Spoofed TSA" in stamp.remarks[0]


def test_the_reply_must_answer_the_request():
    request = fixture("test_tsa/request.der")
    assert judge("test_tsa/response.tsr", request=request)


def test_a_replayed_stamp_is_refused():
    name, request = "test_tsa/response.tsr", fixture("test_tsa/other_request.der")
    with pytest.raises(ProofError, match="replayed") as refused:
        judge(name, request=request)
    assert refused.value.code == "nonce"


def test_without_a_root_nothing_is_believed():
    reply = Reply(fixture("test_tsa/response.tsr"))
    chain = read_certificates(fixture("test_tsa/ts_chain.pem"))
    digest = hashlib.sha512(b"hello").digest()
    assert code_of(reply.verify, digest, chain[:2]) == "roots"
    assert code_of(reply.verify, digest, []) == "roots"


def test_a_request_is_answered_and_verified(authority):
    request = make_request(DIGEST, nonce=2**63)
    reply = Reply(authority.reply(request))
    stamp = reply.verify(DIGEST, read_certificates(authority.root), request)
    assert stamp.authority == "CN=Test authority"
    assert stamp.policy == "1.3.6.1.4.1.99999.1"
    other = make_request(DIGEST, nonce=2**63 + 1)
    trusted = read_certificates(authority.root)
    assert code_of(reply.verify, DIGEST, trusted, other) == "nonce"
    assert code_of(reply.verify, DIGEST, trusted, b"no request") == "request"
    elsewhere = make_request(hashlib.sha256(b"x").digest(), nonce=2**63)
    assert code_of(reply.verify, DIGEST, trusted, elsewhere) == "request"


def unsorted(raw):
    answer = tsp.TimeStampResp.load(raw)
    token = answer["time_stamp_token"]["content"]
    ordered = sorted(c.chosen.dump() for c in token["certificates"])
    token["certificates"] = cms.CertificateSet(
        [cms.CertificateChoices.load(c) for c in reversed(ordered)]
    )
    return answer.dump()


def test_certificates_in_any_order_are_read(authority):
    raw = authority.reply(make_request(DIGEST, nonce=1))
    trusted = read_certificates(authority.root)
    for variant in (raw, unsorted(raw)):
        assert Reply(variant).verify(DIGEST, trusted)


def test_a_bare_token_is_read(authority):
    raw = authority.reply(make_request(DIGEST, nonce=1), "-token_out")
    assert Reply(raw).verify(DIGEST, read_certificates(authority.root))


def test_a_stamp_granted_with_modifications_is_a_stamp(authority):
    answer = tsp.TimeStampResp.load(authority.reply(make_request(DIGEST, nonce=1)))
    token = answer["time_stamp_token"]
    status = {"status": "granted_with_mods"}
    raw = tsp.TimeStampResp({"status": status, "time_stamp_token": token}).dump()
    assert Reply(raw).verify(DIGEST, read_certificates(authority.root))


def test_a_digest_that_cannot_be_checked_is_named(authority):
    raw = authority.reply(make_request(DIGEST, nonce=1))
    sha256, other = (bytes.fromhex(f"6086480165030402{n}") for n in ("01", "05"))
    content = raw.index(bytes.fromhex("2a864886f70d0109100104"))
    changed = raw[:content] + raw[content:].replace(sha256, other, 1)
    with pytest.raises(ProofError, match="cannot be checked here") as refused:
        Reply(changed).verify(DIGEST, read_certificates(authority.root))
    assert refused.value.code == "algorithm"


def test_a_refusal_is_told_in_words():
    status = tsp.PKIStatusInfo(
        {"status": "rejection", "status_string": ["no time today"]}
    ).dump()
    raw = b"\x30" + bytes([len(status)]) + status
    with pytest.raises(ProofError, match="rejection, no time today"):
        Reply(raw)


def certificate(*usages, critical):
    key, name = Ed25519PrivateKey.generate(), x509.Name([])
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical)
    return builder.sign(key, None)


@pytest.mark.parametrize(
    ("usages", "critical"),
    [
        ((), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING,), False),
        ((ExtendedKeyUsageOID.CODE_SIGNING,), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING), True),
    ],
)
def test_a_certificate_that_is_not_for_timestamps_only_is_refused(usages, critical):
    assert code_of(_check_purpose, certificate(*usages, critical=critical)) == "purpose"
    _check_purpose(certificate(ExtendedKeyUsageOID.TIME_STAMPING, critical=True))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_byte_of_a_token_can_be_changed_to_change_what_it_says(authority, part):
    raw = authority.reply(make_request(DIGEST, nonce=1))
    good, roots = Reply(raw), read_certificates(authority.root)
    # Another bit in each: some lengths that are wrong take asn1crypto a second.
    for at in range(part, len(raw), PARTS):
        changed = bytearray(raw)
        changed[at] ^= 1 << at % 8
        try:
            stamp = Reply(bytes(changed)).verify(DIGEST, roots)
        except ProofError:
            continue
        # Only what nobody signed can differ, such as the root's copy in the token.
        assert (stamp.at, stamp.digest) == (good.at, DIGEST)
        assert stamp.authority == "CN=Test authority"


@pytest.mark.parametrize("raw", [b"", b"\x30\x00", b"hello", b"0" * (1 << 21)])
def test_what_is_no_reply_is_refused(raw):
    assert code_of(Reply, raw) == "reply"


def test_what_is_no_certificate_or_digest_is_refused():
    assert code_of(read_certificates, b"no") == "roots"
    assert code_of(make_request, b"short", nonce=1) == "imprint"
