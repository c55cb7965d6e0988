from datetime import date

import pytest

import offices
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.services import ask_monitoring, record_right
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


def mark(number, name="青岚茶叶", **said):
    row = {
        "kind": "trademark",
        "name": name,
        "source": "test",
        "source_id": f"s{number}",
        "number": f"N{number}",
        "registered_on": date(2020, 1, 1),
        "expires_on": date(2030, 1, 1),
        "classes": (30,),
    }
    return record_right(
        actor=offices.SYSTEM, at=hour(), row=RightRow(**{**row, **said})
    )


def test_everybody_finds_a_right_by_two_characters(stranger):
    right = mark(1)
    found = stranger.get("/rights", text="青岚").json()["items"]
    assert [(one["id"], one["status"]) for one in found] == [
        (str(right.pk), "in_force")
    ]
    assert found[0]["classes"] == [30]


def test_pages_follow_each_other_without_gap_or_count(stranger):
    for number in range(5):
        mark(number, f"Qinglan {number}")
    seen, cursor = [], ""
    while cursor is not None:
        page = stranger.get("/rights", text="Qinglan", limit=2, cursor=cursor).json()
        assert set(page) == {"items", "next"}
        seen += [one["name"] for one in page["items"]]
        cursor = page["next"]
    assert seen == [f"Qinglan {number}" for number in range(5)]


def test_the_status_is_that_of_the_day_asked(stranger):
    right = mark(1)
    for day, status in (("2025-01-01", "in_force"), ("2031-01-01", "expired")):
        answer = stranger.get(f"/rights/{right.pk}/status", on=day).json()
        assert (answer["on"], answer["status"]) == (day, status)
    one = stranger.get(f"/rights/{right.pk}", on="2031-01-01").json()
    assert (one["status"], one["events"][0]["kind"]) == ("expired", "registered")


def test_the_last_day_is_told_also_where_the_register_is_silent(stranger):
    right = mark(1, expires_on=None)
    told = stranger.get(f"/rights/{right.pk}").json()
    assert (told["expires_on"], told["ends_on"]) == (None, "2029-12-31")
    assert stranger.get(f"/rights/{mark(2).pk}").json()["ends_on"] == "2030-01-01"


def test_a_trade_secret_does_not_exist_for_strangers(stranger):
    secret = mark(
        1,
        kind="trade_secret",
        extra={"secret_sha256": "a" * 64},
        classes=(),
    )
    assert stranger.get("/rights").json()["items"] == []
    for path in (f"/rights/{secret.pk}", f"/rights/{secret.pk}/status"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_holder_lists_the_rights_watched_for_them(program, storage):
    holder = offices.holder(hour())
    right = offices.right_of(holder, hour(), storage)
    robot = program(holder)
    assert robot.get("/rights/monitored").json()["items"] == []
    ask_monitoring(actor=holder, at=hour(), right=right)
    (found,) = robot.get("/rights/monitored").json()["items"]
    assert found["id"] == str(right.pk)
    other = program(offices.holder(hour(), "Another"))
    assert other.get("/rights/monitored").json()["items"] == []


def test_a_field_that_is_wrong_is_named_with_what_to_do(program):
    answer = program(language="zh-hans").get("/rights", on="May", nice=99, limit=0)
    assert answer.status_code == 422
    told = {one["field"]: one["message"] for one in answer.json()["fields"]}
    assert told == {
        "on": "请按 YYYY-MM-DD 的格式填写日期。",
        "nice": "不得大于 45。",
        "limit": "不得小于 1。",
    }


@pytest.mark.parametrize("cursor", ["!", "bm9uZQ", "WzFd", "WyJ4Il0", "WzEsMl0", "AA"])
def test_a_cursor_that_was_not_given_out_is_refused(stranger, program, cursor):
    answer = stranger.get("/rights", cursor=cursor)
    clerk = offices.officer(hour(), offices.agency(hour()), "intake")
    assert program(clerk).get("/leads", cursor=cursor).status_code == 422
    assert answer.status_code in {200, 422} if cursor == "WzFd" else 422
