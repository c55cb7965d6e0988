"""One offer compared with the public register, through the API."""

import pytest

import offices
from hufu.domain.rights.services import ask_monitoring
from hufu.doors.identity import now, today
from hufu.doors.storage.registerindex import renew_register_index
from names import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(storage):
    """A holder whose right is monitored; another right nobody watches."""
    account = offices.holder(now())
    right = offices.right_of(account, now(), storage, classes=(30,))
    ask_monitoring(actor=account, at=now(), right=right)
    registered(now(), "Fictionia")
    renew_register_index(today())
    return account


def test_an_offer_is_answered_with_marks_scores_and_reasons(program, holder):
    answer = program(holder).post("/match", {"title": "new fictlonia boots"}).json()
    (match,) = answer["matches"]
    assert (match["name"], match["status"]) == ("Fictionia", "in_force")
    assert 0.5 <= match["score"] < 1
    assert "Fictionia" in match["reasons"][0]["words"]
    assert answer["compared"] == 2


def test_reasons_come_in_the_callers_language(program, holder):
    said = program(holder, "zh-hans").post("/match", {"title": "new fictlonia boots"})
    assert "形近" in said.json()["matches"][0]["reasons"][0]["words"]


def test_a_domain_is_compared_as_one(program, holder):
    asked = {"domain": "buy-fictionia-shop.com", "least": 0.1}
    assert program(holder).post("/match", asked).json()["matches"]


def test_what_is_monitored_is_told_to_who_runs_sweeps_and_nobody_else(program, holder):
    officer = offices.officer(now(), offices.agency(now()))
    asked = {"title": "Qinglan tea, fictionia tin", "least": 0.01}
    told = program(officer).post("/match", asked).json()["matches"]
    assert {row["name"]: row["monitored"] for row in told} == {
        "QINGLAN": True,
        "Fictionia": False,
    }
    public = program(holder).post("/match", asked).json()["matches"]
    assert [row["monitored"] for row in public] == [None, None]
    for row in (*told, *public):
        row.pop("monitored")
        assert "monitored" not in {reason["code"] for reason in row["reasons"]}
    assert told == public


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"title": "x" * 20_001}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x", "classes": [46]}, "classes.0"),
        ({"title": "x", "least": 2}, "least"),
        ({"titel": "x"}, "titel"),
    ],
)
def test_a_field_that_is_not_understood_is_named(program, holder, asked, field):
    answer = program(holder).post("/match", asked)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["fields"]] == [field]


def test_an_empty_offer_uses_no_mark(program, holder):
    assert program(holder).post("/match", {}).json()["matches"] == []


def test_without_an_index_or_a_key_the_answer_is_no(program, stranger):
    assert stranger.post("/match", {"title": "x"}).status_code == 401
    account = offices.holder(now())
    answer = program(account).post("/match", {"title": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_index")
