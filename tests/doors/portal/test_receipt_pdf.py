"""The receipt as PDF: signed, the JSON inside, and a code that leads to its check."""

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html import unescape
from urllib.parse import urlsplit

import pikepdf
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

import offices
from hufu.base.journal import sequence_entries
from hufu.domain.evidence.models import Deposit
from hufu.doors.jobs.tasks import stamp_log
from hufu.doors.letters import demo_authority, typesetting
from hufu.doors.letters.signing import document_signer
from hufu.doors.portal.carrying import ROOM, verify_link
from hufu.doors.storage import prooflog
from hufu.doors.storage.keys import DOCUMENT_KEY, make_document_key
from hufu.engines.proof.receipts import Receipt

pytestmark = pytest.mark.django_db
HASH = sha256(b"a drawing of a teapot").hexdigest()


@pytest.fixture
def key(now, tmp_path):
    (tmp_path / "keys").mkdir(exist_ok=True)
    assert make_document_key(tmp_path, now)
    return tmp_path / "keys" / DOCUMENT_KEY


def deposited(desk):
    desk.post(reverse("portal:deposit-hash"), {"sha256": HASH, "name": "Teapot"})
    return Deposit.objects.get()


def logged(now):
    sequence_entries(at=now)
    prooflog.extend_log(at=now)


def fetched(desk, deposit, name="deposit-pdf"):
    return desk.get(reverse(f"portal:{name}", args=[deposit.pk])).content


def root(key):
    pem = key.read_bytes()
    begin = pem.index(b"-----BEGIN CERTIFICATE")
    return list(load_certs_from_pemder_data(pem[begin:]))


def checked(pdf, key):
    """Say whether pyHanko finds the signature intact, whole and by this key."""
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert len(signatures) == 1
    context = ValidationContext(trust_roots=root(key))
    # A browser's test before this one leaves a loop in this thread.
    with ThreadPoolExecutor(1) as aside:
        checked = aside.submit(validate_pdf_signature, signatures[0], context)
        status = checked.result()
    return status.bottom_line


@pytest.fixture
def words(monkeypatch):
    """Collect what is set in type."""
    told = []

    class Told(typesetting.Paragraph):
        def __init__(self, text, *rest, **more):
            told.append(unescape(text))
            super().__init__(text, *rest, **more)

    monkeypatch.setattr(typesetting, "Paragraph", Told)
    return told


def test_the_signature_holds_and_the_attached_file_is_the_receipt(desk, key, now):
    deposit = deposited(desk)
    logged(now)
    pdf = fetched(desk, deposit)
    assert checked(pdf, key)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        attached = document.attachments["receipt.json"].get_file().read_bytes()
    assert attached == fetched(desk, deposit, "deposit-json")
    assert Receipt.parse(attached).proof


def test_one_changed_byte_is_refused(desk, key):
    pdf = fetched(desk, deposited(desk))
    assert checked(pdf, key)
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    start, length, again, rest = (int(one) for one in signature.byte_range)
    assert (start, again + rest) == (0, len(pdf))
    streams = [pdf.index(b"stream") + 10, pdf.rindex(b"endstream", 0, length) - 5]
    for place in (*streams, pdf.index(b"/Producer") + 12):
        changed = bytearray(pdf)
        changed[place] ^= 1
        assert not checked(bytes(changed), key)


def test_a_key_of_somebody_else_vouches_for_nothing(desk, key, now, tmp_path):
    pdf = fetched(desk, deposited(desk))
    key.unlink()
    make_document_key(tmp_path, now)
    assert not checked(pdf, key)


def test_without_a_key_it_says_that_it_is_not_signed(desk, words):
    deposit = deposited(desk)
    pdf = fetched(desk, deposit)
    assert not PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert any(one.startswith("This PDF is not signed") for one in words)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        attached = document.attachments["receipt.json"].get_file().read_bytes()
    assert attached == fetched(desk, deposit, "deposit-json")


def test_a_certificate_of_its_own_is_called_self_signed(desk, key, words):
    fetched(desk, deposited(desk))
    assert any("The certificate is self-signed" in one for one in words)


def test_a_key_is_made_once_and_only_its_owner_reads_it(key, now, tmp_path):
    first = key.read_bytes()
    assert not make_document_key(tmp_path, now)
    assert key.read_bytes() == first
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("spoil", [lambda _: b"hello", lambda pem: pem[30:]])
def test_a_key_that_cannot_be_read_is_named_with_what_was_expected(
    desk, key, settings, spoil
):
    key.write_bytes(spoil(key.read_bytes()))
    with pytest.raises(ImproperlyConfigured, match="expected a key, then its cert"):
        document_signer()


def test_it_tells_hash_place_and_witnesses_in_the_readers_language(
    desk, key, now, words
):
    deposit = deposited(desk)
    logged(now)
    fetched(desk, deposit)
    read = Receipt.parse(fetched(desk, deposit, "deposit-json"))
    assert {HASH, read.proof.checkpoint.root.hex(), "Independent witnesses"} <= {*words}
    assert words[words.index("Independent witnesses") + 1] == "0"
    words.clear()
    desk.cookies["django_language"] = "zh-hans"
    fetched(desk, deposit)
    assert {HASH, "存证回执", "独立见证方", "尚无时间戳涵盖该存证。"} <= {*words}
    assert "Teapot" not in " ".join(words)


def test_the_demonstrations_timestamp_is_told_and_called_the_houses_own(
    desk, key, now, words
):
    assert demo_authority.make_demo_authority()
    deposit = deposited(desk)
    logged(now)
    stamp_log.call()
    fetched(desk, deposit)
    at = words.index(demo_authority.NAME)
    assert "over the checkpoint of" in words[at + 1]
    assert words[at + 1].endswith("the house's own")
    assert any("counts for nothing" in one for one in words[at + 2 :])


def test_the_attached_timestamp_holds_by_the_command_that_is_told(
    desk, key, now, words, tmp_path
):
    demo_authority.make_demo_authority()
    deposit = deposited(desk)
    logged(now)
    stamp_log.call()
    with pikepdf.open(io.BytesIO(fetched(desk, deposit))) as document:
        for name, spec in document.attachments.items():
            (tmp_path / name).write_bytes(spec.get_file().read_bytes())
    told = next(one for one in words if "openssl ts" in one)
    command = told[told.index("openssl") :].split()
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    checkpoint = tmp_path / "checkpoint.txt"
    read = Receipt.parse((tmp_path / "receipt.json").read_bytes())
    assert checkpoint.read_bytes() == read.proof.note.text.encode()
    checkpoint.write_bytes(checkpoint.read_bytes() + b"x")
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode != 0


def test_the_code_leads_to_the_check_of_this_receipt_and_names_nobody(
    desk, client, now
):
    deposit = deposited(desk)
    logged(now)
    raw = fetched(desk, deposit, "deposit-json")
    link = urlsplit(verify_link(Receipt.parse(raw)))
    client.logout()
    shown = client.get(f"{link.path}?{link.query}").text
    assert "This log has signed the receipt" in shown
    assert "The deposit stands in the log" in shown
    assert HASH in shown
    assert "Teapot" not in shown


def test_a_proof_too_long_for_a_code_is_left_out_and_the_signature_stays(
    desk, client, now, tmp_path, monkeypatch
):
    monkeypatch.setattr("hufu.doors.portal.carrying.ROOM", 900)
    deposit = deposited(desk)
    logged(now)
    read = Receipt.parse(fetched(desk, deposit, "deposit-json"))
    link = urlsplit(verify_link(read))
    assert len(link.geturl()) < ROOM
    shown = client.get(f"{link.path}?{link.query}").text
    assert "This log has signed the receipt" in shown
    assert "The receipt shows no place in the log yet" in shown


@pytest.mark.parametrize("proof", ["hello", "AAAA", "é", "eJwDAAAAAAE"])
def test_an_address_that_carries_nothing_readable_is_told_in_words(client, proof):
    shown = client.get(reverse("portal:verify"), {"proof": proof})
    assert shown.status_code == 200
    assert "error-summary" in shown.text


def test_nobody_else_gets_the_pdf(desk, client, key, now):
    deposit = deposited(desk)
    page = reverse("portal:deposit-pdf", args=[deposit.pk])
    assert page in desk.get(reverse("portal:deposit", args=[deposit.pk])).text
    client.force_login(offices.holder(now, "Another"))
    assert client.get(page).status_code == 404
