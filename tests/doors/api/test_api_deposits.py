"""Deposits by programs: a hash goes in, a receipt that can be checked comes out."""

import hashlib
import io
import json
import uuid

import pytest

import offices
from hufu.base.journal import sequence_entries
from hufu.domain.evidence import flood
from hufu.domain.evidence.models import Deposit
from hufu.doors.storage import prooflog
from hufu.doors.storage.blobs import blob_store
from hufu.engines.proof.receipts import Receipt

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


@pytest.fixture
def holder(now, program):
    return program(offices.holder(now))


def checked(told):
    receipt = Receipt.parse(json.dumps(told).encode())
    key = prooflog.log_signer().key
    return receipt.check_statement(key), receipt.check_place(key)


def test_a_hash_is_answered_with_a_signed_receipt(holder):
    answer = holder.post("/deposits", {"sha256": HASH, "size": 12})
    assert answer.status_code == 201
    statement, place = checked(answer.json()["receipt"])
    assert (statement.sha256, statement.size, place) == (HASH, 12, None)


def test_once_logged_the_receipt_proves_its_place(holder, now):
    made = holder.post("/deposits", {"sha256": HASH}).json()
    sequence_entries(at=now)
    prooflog.extend_log(at=now)
    answer = holder.get(f"/deposits/{made['id']}/receipt")
    assert checked(answer.json())[1].checkpoint.size > 0


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"sha256": "AB" * 32},
        {"sha256": "ab"},
        {"sha256": HASH, "size": -1},
        {"sha256": HASH, "size": 2**53},
        {"sha256": HASH, "name": "x" * 201},
        {"sha256": HASH, "note": "a\x00b"},
    ],
)
def test_what_is_no_hash_is_refused_with_its_field(holder, wrong):
    answer = holder.post("/deposits", wrong)
    assert answer.status_code == 422
    assert answer.json()["fields"]
    assert not Deposit.objects.exists()


def test_without_a_key_or_the_permission_nothing_is_taken(stranger, program, now):
    assert stranger.post("/deposits", {"sha256": HASH}).status_code == 401
    auditor = offices.officer(now, offices.agency(now), "supervisor")
    assert program(auditor).post("/deposits", {"sha256": HASH}).status_code == 403


def test_the_receipt_of_another_does_not_exist(holder, program, now):
    made = holder.post("/deposits", {"sha256": HASH}).json()
    other = program(offices.holder(now, "Another"))
    assert other.get(f"/deposits/{made['id']}/receipt").status_code == 404
    assert holder.get(f"/deposits/{uuid.uuid4()}/receipt").status_code == 404


DATA = b"a drawing of a teapot"
FILE = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def send(holder, settings, tmp_path):
    """Send a file as the body of a request."""
    settings.HUFU_HOME = tmp_path

    def post(data=DATA, query="", kind="application/octet-stream", announced=None):
        environ = {
            "HTTP_AUTHORIZATION": holder.headers["authorization"],
            "CONTENT_LENGTH": str(len(data) if announced is None else announced),
            "wsgi.input": io.BytesIO(data),
        }
        url = f"/api/v1/deposits/files{query}"
        return holder.client.generic("POST", url, data, kind, **environ)

    return post


def files_in(settings):
    return [p for p in (settings.HUFU_HOME / "blobs").rglob("*") if p.is_file()]


def test_a_file_is_kept_sealed_and_answered_with_a_receipt(send, settings):
    answer = send(query=f"?sha256={FILE}&name=teapot.txt&note=v3")
    assert answer.status_code == 201
    statement, _place = checked(answer.json()["receipt"])
    assert (statement.sha256, statement.size) == (FILE, len(DATA))
    made = Deposit.objects.get()
    assert (made.name, made.note) == ("teapot.txt", "v3")
    assert made.item.restricted
    with blob_store().open(FILE) as stream:
        assert stream.read() == DATA
    assert not [path for path in files_in(settings) if DATA in path.read_bytes()]


def test_a_file_deposited_by_a_program_is_an_act_of_the_journal(send):
    send()
    entry = Deposit.objects.get().entry
    assert (entry.act, entry.facts) == ("deposit", {"sha256": FILE, "size": len(DATA)})


def test_a_file_with_another_hash_than_stated_leaves_nothing(send, settings):
    answer = send(query=f"?sha256={'0' * 64}")
    assert (answer.status_code, answer.json()["code"]) == (409, "sha256_mismatch")
    assert FILE in answer.json()["message"]
    assert not Deposit.objects.exists()
    assert not files_in(settings)


def test_a_body_that_was_cut_off_is_no_file(send, settings):
    answer = send(announced=len(DATA) + 1)
    assert (answer.status_code, answer.json()["code"]) == (422, "body_missing")
    assert not Deposit.objects.exists()
    assert not files_in(settings)


def test_a_file_over_the_limit_is_refused_before_it_comes(send, settings):
    settings.HUFU_DEPOSIT_LIMIT = 5
    answer = send()
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not files_in(settings)


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"", "application/octet-stream", 422),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "application/octet-stream", 409),
        (b"--x\r\n", "multipart/form-data; boundary=x", 422),
    ],
)
def test_what_is_no_file_to_be_kept_is_refused(send, settings, data, kind, status):
    answer = send(data, kind=kind)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert not Deposit.objects.exists()


def test_a_stated_hash_that_is_none_is_named(send):
    answer = send(query="?sha256=abc")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "sha256"


def test_a_day_holds_only_so_many_files_of_one_account(send, monkeypatch):
    monkeypatch.setattr(flood, "LIMITS", flood.Limits(files_per_day=1))
    assert send().status_code == 201
    answer = send(b"another")
    assert (answer.status_code, answer.json()["code"]) == (429, "busy")
    monkeypatch.setattr(flood, "LIMITS", flood.Limits(bytes_per_day=30))
    assert send(b"another").status_code == 201
    assert send(b"a third one").status_code == 429


def test_a_day_holds_only_so_many_hashes_of_one_account(holder, settings):
    settings.HUFU_HASHES_PER_DAY = 2
    for _ in range(2):
        assert holder.post("/deposits", {"sha256": HASH}).status_code == 201
    answer = holder.post("/deposits", {"sha256": HASH})
    assert (answer.status_code, answer.json()["code"]) == (429, "busy")
    assert "At most 2 hashes" in answer.json()["message"]
    assert "deposit that file" in answer.json()["message"]
    assert Deposit.objects.count() == 2


def test_without_the_permission_no_file_is_taken(stranger, program, now):
    auditor = program(offices.officer(now, offices.agency(now), "supervisor"))
    for client, status in ((stranger, 401), (auditor, 403)):
        kind = "application/octet-stream"
        answer = client.post("/deposits/files", DATA, content_type=kind)
        assert answer.status_code == status
