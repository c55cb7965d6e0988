"""Deposits by programs: a hash goes in, a receipt that can be checked comes out."""

import json
import uuid

import pytest

import offices
from hufu.base.journal import sequence_entries
from hufu.domain.evidence.models import Deposit
from hufu.doors.storage import prooflog
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
