"""Deposits on the portal: made, shown, proved, withdrawn, and checked by anybody."""

import base64
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

import offices
from engines.proof.signers import cosigner, log_signer
from hufu.base.journal import sequence_entries
from hufu.domain.evidence.kept import KeptReceipt
from hufu.domain.evidence.models import Deposit, Item
from hufu.doors.storage import prooflog
from hufu.doors.storage.auditing import PROMISE, audit_house
from hufu.engines.proof.receipts import Receipt, Statement, sign_receipt

pytestmark = pytest.mark.django_db
DATA = b"a drawing of a teapot"
HASH = sha256(DATA).hexdigest()
VERIFY = reverse("portal:verify")


def page(name, deposit):
    return reverse(f"portal:{name}", args=[deposit.pk])


def deposited(desk):
    made = desk.post(reverse("portal:deposit-hash"), {"sha256": HASH, "name": "Teapot"})
    return Deposit.objects.get(pk=made.url.split("/")[-2])


def logged(now, *, cosigned=()):
    sequence_entries(at=now)
    prooflog.extend_log(at=now)
    note, _view = prooflog.published_head()
    lines = [one.cosign(note.text, at=now) for one in cosigned]
    prooflog.add_cosignatures(note, lines, at=now)


def receipt(desk, deposit):
    return desk.get(page("deposit-json", deposit)).content


def asked(desk, raw, digest=""):
    text = raw.decode() if isinstance(raw, bytes) else raw
    return desk.post(VERIFY, {"receipt": text, "sha256": digest})


def witnesses(home, *peers):
    rows = [
        {"vkey": str(one.key), "url": "http://witness.example", "own": own}
        for one, own in peers
    ]
    (Path(home) / "witnesses.json").write_text(json.dumps(rows), encoding="utf-8")


def test_nothing_is_there_and_the_page_says_what_to_do(desk):
    shown = desk.get(reverse("portal:deposits")).text
    assert "No deposits yet." in shown
    assert reverse("portal:deposit-hash") in shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["deposit", "deposit-receipt"])
def test_a_deposit_shows_its_receipt_in_both_languages(desk, language, name):
    desk.cookies["django_language"] = language
    shown = desk.get(page(name, deposited(desk)))
    assert shown.status_code == 200
    assert HASH in shown.text


def test_the_receipt_is_signed_at_once_and_promises_a_place(desk):
    read = Receipt.parse(receipt(desk, deposited(desk)))
    statement = read.check_statement(prooflog.log_signer().key)
    assert (statement.sha256, statement.promise) == (HASH, 600)
    assert read.proof is None


def test_once_logged_the_receipt_proves_its_place_and_names_its_witnesses(
    desk, now, tmp_path
):
    own, far = cosigner("own.example/w"), cosigner("far.example/w")
    witnesses(tmp_path, (own, True), (far, False))
    deposit = deposited(desk)
    logged(now, cosigned=(own, far))
    read = Receipt.parse(receipt(desk, deposit))
    assert read.check_place(prooflog.log_signer().key)
    assert dict(read.witnesses) == {own.key: True, far.key: False}
    shown = desk.get(page("deposit", deposit)).text
    assert "It stands in the log" in shown
    assert "1 independent witness has cosigned the checkpoint: far.example/w" in shown
    assert "which count for nothing: own.example/w" in shown


def test_a_deposit_that_is_late_says_so(desk, now, monkeypatch):
    deposit = deposited(desk)
    later = now + 2 * PROMISE
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: later)
    assert "should stand in the log by now" in desk.get(page("deposit", deposit)).text


def test_after_withdrawing_the_receipt_goes_on_proving(desk, now):
    deposit = deposited(desk)
    shown = desk.post(page("deposit-withdraw", deposit), follow=True).text
    assert "Teapot" not in shown
    assert "The receipt goes on proving." in shown
    logged(now)
    read = Receipt.parse(receipt(desk, deposit))
    assert read.check_place(prooflog.log_signer().key)


def test_a_file_is_kept_for_its_depositor(desk):
    file = SimpleUploadedFile("teapot.txt", DATA)
    answer = desk.post(reverse("portal:deposit-file"), {"file": file, "note": "v3"})
    deposit = Deposit.objects.get()
    assert answer.url == page("deposit", deposit)
    assert (deposit.sha256, deposit.size) == (HASH, len(DATA))
    assert Item.objects.get().restricted
    reply = desk.post(reverse("portal:evidence-download", args=[deposit.item_id]))
    assert b"".join(reply) == DATA
    reply.close()


def test_a_file_over_the_limit_or_an_empty_one_is_refused_in_words(desk, settings):
    settings.HUFU_UPLOAD_LIMIT = 5
    form = reverse("portal:deposit-file")
    for data in (DATA, b""):
        shown = desk.post(form, {"file": SimpleUploadedFile("a.txt", data)})
        assert shown.status_code == 200
        assert "error-summary" in shown.text
    assert not Deposit.objects.exists()


def test_a_wrong_hash_is_refused_and_what_was_typed_stays(desk):
    shown = desk.post(
        reverse("portal:deposit-hash"), {"sha256": "abc", "name": "Teapot"}
    ).text
    assert "This is no SHA-256" in shown
    assert "Teapot" in shown


def test_nobody_else_sees_a_deposit(desk, client, now):
    deposit = deposited(desk)
    client.force_login(offices.holder(now, "Another"))
    for name in ("deposit", "deposit-json", "deposit-receipt"):
        assert client.get(page(name, deposit)).status_code == 404
    assert client.post(page("deposit-withdraw", deposit)).status_code == 404
    assert "Teapot" not in client.get(reverse("portal:deposits")).text


def test_the_receipt_that_was_given_comes_back_whatever_is_rewritten(desk, now):
    deposit = deposited(desk)
    first = receipt(desk, deposit)
    Deposit.objects.filter(pk=deposit.pk).update(sha256="0" * 64)
    assert receipt(desk, deposit) == first
    assert f"deposit {deposit.pk}: its receipt says another hash" in "".join(
        audit_house()
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        KeptReceipt.objects.update(content=b"")


def test_the_proved_receipt_stays_the_same_while_the_log_grows(desk, now):
    deposit = deposited(desk)
    logged(now)
    first = receipt(desk, deposit)
    deposited(desk)
    logged(now)
    assert Receipt.parse(first).proof
    assert receipt(desk, deposit) == first


def test_a_receipt_waits_for_its_witness_before_it_is_kept_for_good(
    desk, now, tmp_path
):
    far = cosigner("far.example/w")
    witnesses(tmp_path, (far, False))
    deposit = deposited(desk)
    logged(now)
    assert Receipt.parse(receipt(desk, deposit)).witnesses == ()
    logged(now, cosigned=(far,))
    assert dict(Receipt.parse(receipt(desk, deposit)).witnesses) == {far.key: False}


def replace_key(settings, monkeypatch, hour):
    settings.HUFU_LOG_KEY = base64.b64encode(bytes(range(32))).decode()
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: hour)


def test_after_the_key_was_replaced_an_earlier_receipt_still_holds(
    desk, now, settings, monkeypatch
):
    deposit = deposited(desk)
    logged(now)
    raw = receipt(desk, deposit)
    replace_key(settings, monkeypatch, now + PROMISE)
    deposited(desk)
    assert receipt(desk, deposit) == raw
    shown = asked(desk, raw).text
    assert "This log has signed the receipt" in shown
    assert "The deposit stands in the log" in shown
    assert "Earlier keys" in shown


def test_a_key_that_was_replaced_signs_nothing_later(desk, now, settings, monkeypatch):
    deposited(desk)
    old = prooflog.log_signer()
    replace_key(settings, monkeypatch, now + PROMISE)
    deposited(desk)
    later = (now + 2 * PROMISE).isoformat(timespec="microseconds")
    forged = Statement("1", HASH, 1, later, 600, str(old.key))
    shown = asked(desk, bytes(sign_receipt(forged, old))).text
    assert "out of use by then" in shown
    assert "This log has signed the receipt" not in shown


def test_anybody_checks_a_receipt_and_the_file(desk, client, now, tmp_path):
    far = cosigner("far.example/w")
    witnesses(tmp_path, (far, False))
    deposit = deposited(desk)
    logged(now, cosigned=(far,))
    raw = receipt(desk, deposit)
    client.logout()
    shown = asked(client, raw, HASH.upper()).text
    assert "This log has signed the receipt" in shown
    assert "The deposit stands in the log" in shown
    assert "1 independent witness has cosigned" in shown
    assert "The file is the one that was deposited" in shown
    assert "What no receipt proves" in shown


def test_another_file_is_told_apart(desk, now):
    raw = receipt(desk, deposited(desk))
    shown = asked(desk, raw, "0" * 64).text
    assert "The file is not the one that was deposited" in shown
    assert "The receipt shows no place in the log yet" in shown
    assert "No file was compared" in asked(desk, raw).text


def test_without_an_independent_witness_the_page_says_what_is_relied_on(
    desk, now, tmp_path
):
    own = cosigner("own.example/w")
    witnesses(tmp_path, (own, True))
    deposit = deposited(desk)
    logged(now, cosigned=(own,))
    shown = asked(desk, receipt(desk, deposit)).text
    assert "No independent witness has cosigned" in shown
    assert "count for nothing: own.example/w" in shown


def test_a_witness_that_only_the_receipt_calls_independent_counts_for_nothing(
    desk, now, tmp_path
):
    made_up = cosigner("made-up.example/w")
    deposit = deposited(desk)
    logged(now, cosigned=(made_up,))
    witnesses(tmp_path, (made_up, False))
    raw = receipt(desk, deposit)
    witnesses(tmp_path)
    assert "No independent witness has cosigned" in asked(desk, raw).text


def test_a_receipt_of_another_log_or_a_changed_one_proves_nothing(desk):
    stranger = log_signer("other.example/log")
    said = Statement("1", HASH, 1, "2026-01-01T00:00:00+00:00", 600, str(stranger.key))
    changed = receipt(desk, deposited(desk)).replace(HASH.encode(), b"0" * 64)
    for raw in (bytes(sign_receipt(said, stranger)), changed):
        shown = asked(desk, raw, HASH).text
        assert "This log has not signed the receipt" in shown
        assert "The file is the one that was deposited" not in shown


def test_a_proof_of_something_else_is_told(desk, now):
    first, second = deposited(desk), deposited(desk)
    logged(now)
    mine, other = (json.loads(receipt(desk, one)) for one in (first, second))
    mine |= {"opening": other["opening"], "proof": other["proof"]}
    shown = asked(desk, json.dumps(mine)).text
    assert "Its place in the log is not proved" in shown


@pytest.mark.parametrize("text", ["hello", "{}", "[]", "\ufeff", "x" * 600_000])
def test_what_is_no_receipt_is_said_in_words_and_nothing_typed_is_lost(desk, text):
    shown = asked(desk, text, HASH)
    assert shown.status_code == 200
    assert "error-summary" in shown.text
    assert HASH in shown.text
    assert text in shown.text


def test_what_is_wrong_is_said_in_the_readers_language(desk):
    desk.cookies["django_language"] = "zh-hans"
    shown = asked(desk, "hello", "abc").text
    assert "无法读取所粘贴的内容" in shown
    assert "这不是 SHA-256" in shown


def test_no_field_of_the_checking_page_could_send_a_file(client):
    shown = client.get(VERIFY).text
    assert "multipart" not in shown
    form = shown[shown.index('<form method="post" novalidate') :]
    assert 'type="file"' not in form
    assert 'type="file" name' not in shown


def test_the_script_sends_nothing():
    script = Path(finders.find("portal/hash.js")).read_text(encoding="utf-8")
    for word in ("fetch", "XMLHttpRequest", "sendBeacon", "http", "import"):
        assert word not in script


def test_a_day_holds_only_so_many_hashes_and_files_go_on(
    desk, now, settings, monkeypatch
):
    settings.HUFU_HASHES_PER_DAY = 1
    deposited(desk)
    said = {"sha256": HASH, "name": "Once more", "note": "kept words"}
    for language, words in (("en", "At most 1 hashes"), ("zh-hans", "最多可存证 1 个")):
        desk.cookies["django_language"] = language
        shown = desk.post(reverse("portal:deposit-hash"), said).text
        assert words in shown
        assert "kept words" in shown
    assert Deposit.objects.count() == 1
    file = SimpleUploadedFile("hashes.txt", f"{HASH}\n".encode())
    assert desk.post(reverse("portal:deposit-file"), {"file": file}).status_code == 302
    later = now + timedelta(days=1, seconds=1)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: later)
    assert desk.post(reverse("portal:deposit-hash"), said).status_code == 302
