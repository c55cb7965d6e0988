"""Seals of captures: the office's key, an authority's stamp, and how far a clock is."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings as configured

from hufu.doors.capture.archive import INDEX, PAGES, digest_of, write_wacz
from hufu.doors.capture.sealing import NO_OFFICE, Office, Seal, Stamped, compare_clock
from hufu.doors.identity import now
from hufu.doors.jobs.officeseal import capturing_office
from hufu.doors.letters import demo_authority, timestamps
from hufu.doors.storage.keys import DOCUMENT_KEY, make_document_key
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.timestamps import read_certificates
from hufu.engines.proof.waczs import verify_wacz
from hufu.engines.proof.waczseals import read_key

HOLDS, FAILS, OPEN = Verdict.HOLDS, Verdict.FAILS, Verdict.OPEN


@pytest.fixture
def home(settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    (tmp_path / "keys").mkdir()
    return tmp_path


@pytest.fixture
def office(home):
    assert demo_authority.make_demo_authority()
    assert make_document_key(home, now())
    return capturing_office()


def packed(path, office):
    """Write a package around an empty archive; return how its seal came out."""
    warc = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    warc += b"WARC-Date: 2026-03-02T12:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    pages = json.dumps({"format": "json-pages-1.0", "id": "pages"}).encode()
    parts = {"archive/data.warc": warc, INDEX: b"", PAGES: pages}
    seal = Seal(office)
    write_wacz(path, parts, {}, now(), seal)
    return seal


def judged(path, *roots, keys=()):
    with path.open("rb") as file:
        return verify_wacz(file, roots, keys)


def verdict(report, code):
    (one,) = report.of(code)
    return one.verdict


def roots():
    return read_certificates(demo_authority.roots().encode())


def document_key():
    path = configured.HUFU_HOME / "keys" / DOCUMENT_KEY
    certificate = path.read_bytes().partition(b"-----BEGIN CERTIFICATE-----")
    return read_key(certificate[1] + certificate[2])


def test_a_capture_is_signed_with_the_offices_key_and_stamped(home, office):
    path = home / "page.wacz"
    seal = packed(path, office)
    report = judged(path, *roots(), keys=[document_key()])
    assert report.is_sound, report.findings
    for code in ("signature", "signer", "timestamp", "digest"):
        assert verdict(report, code) == HOLDS, code
    assert seal.outline["stamped_by"] == demo_authority.NAME
    assert (seal.outline["office_key"], seal.outline["own_stamp"]) == (True, True)


def test_without_roots_and_keys_the_seal_is_there_but_of_nobody_known(home, office):
    path = home / "page.wacz"
    seal = packed(path, office)
    report = judged(path)
    assert report.is_sound
    assert verdict(report, "signature") == HOLDS
    assert seal.outline["key_sha256"] in report.of("signer")[0].message
    (stamp,) = report.of("timestamp")
    assert stamp.verdict == OPEN
    assert "not independent" in stamp.message


def test_another_offices_key_is_not_taken_for_the_one_that_was_named(home, office):
    path = home / "page.wacz"
    packed(path, Office(stamp=office.stamp))
    report = judged(path, *roots(), keys=[document_key()])
    assert verdict(report, "signature") == HOLDS
    assert verdict(report, "signer") == FAILS


def test_without_key_and_authority_the_file_says_so(home):
    path = home / "page.wacz"
    seal = packed(path, capturing_office())
    report = judged(path)
    assert report.is_sound
    assert report.of("timestamp")[0].message == "The signature carries no timestamp."
    assert "no timestamp authority" in seal.outline["stamp_trouble"].lower()
    assert seal.described["key"] == "drawn for this capture only"


def test_a_key_that_is_no_ecdsa_key_signs_no_capture(home):
    path = home / "keys" / DOCUMENT_KEY
    make_document_key(home, now())
    certificate = path.read_text().partition("-----BEGIN CERTIFICATE-----")
    openssl_key = _rsa_pem()
    path.write_text(openssl_key + certificate[1] + certificate[2])
    assert capturing_office().key is None


def _rsa_pem():
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


def test_the_signature_is_written_as_browsers_write_it(home):
    seal = Seal(NO_OFFICE)
    signed = seal.signed_data(digest_of(b"{}"), "2026-03-02T12:00:00.000Z")
    assert seal.key.curve.name == "secp384r1"
    assert len(seal._sign(b"x")) == 96
    public = seal.key.public_key()
    form = PublicFormat.SubjectPublicKeyInfo
    assert seal.public_key == public.public_bytes(Encoding.DER, form)
    assert set(signed) == {
        *("hash", "created", "software", "version", "signature", "publicKey"),
    }


def stamps_at(offset, *, own=False):
    """Answer as an authority whose clock is ahead of ours."""
    return lambda _data: Stamped("TSA", own, now() + offset, b"raw", "")


def test_the_clock_is_compared_with_an_authority():
    told = compare_clock(Office(stamp=stamps_at(timedelta(seconds=90))))
    assert told["measured"] is True
    assert told["compared_with"] == "RFC 3161 authority TSA"
    assert abs(told["authority_minus_here_seconds"] - 90) <= told["within_seconds"]


def test_the_offices_own_authority_says_nothing_about_its_clock():
    told = compare_clock(Office(stamp=stamps_at(timedelta(0), own=True)))
    assert told["measured"] is False
    assert "same clock" in told["why"]


def test_an_authority_that_does_not_answer_leaves_the_clock_unmeasured(home):
    rows = [{"name": "Far", "url": "ftp://tsa.example/", "roots": "r", "own": False}]
    (home / "r").write_text("")
    (home / timestamps.FILE).write_text(json.dumps(rows))
    told = compare_clock(capturing_office())
    assert told["measured"] is False
    assert told["why"].startswith("Far: ")


def test_what_is_no_key_is_refused():
    for data in (b"", b"-----BEGIN CERTIFICATE-----\n", b"key"):
        with pytest.raises(ProofError):
            read_key(data)
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert read_key(pem) == key
