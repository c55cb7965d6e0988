import pytest

import offices
from casework import Desk
from hufu.base.models import Entry
from hufu.domain.people.actors import Bearer
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(storage):
    return Desk(hour(), storage)


def test_the_team_reads_the_file_with_why_each_date(program, desk):
    case = desk.notified()
    robot = program(desk.two, language="zh-hans")
    (row,) = robot.get("/cases").json()["items"]
    assert row["number"] == case.number
    told = robot.get(f"/cases/{case.pk}").json()
    assert told["parties"][0]["name"] == "Lucky Stall Ltd"
    assert told["clocks"]
    assert all(clock["why"][0]["zh"] for clock in told["clocks"])
    assert told["timeline"][-1]["act"] == "open"
    assert told["next"]
    assert {member["duty"] for member in told["team"]} >= {"handler", "reviewer"}
    assert not Entry.objects.filter(act="oversee").exists()


def test_whoever_oversees_leaves_an_entry_by_looking(program, desk):
    case = desk.open()
    boss = offices.officer(desk.at, desk.office, "supervisor")
    assert program(boss).get(f"/cases/{case.pk}").status_code == 200
    assert Entry.objects.get(act="oversee").actor == boss.label


def test_a_colleague_who_is_not_of_the_team_sees_no_case(program, desk):
    case = desk.open()
    for account in (desk.two, desk.intake):
        robot = program(account)
        assert robot.get("/cases").json()["items"] == []
        assert robot.get(f"/cases/{case.pk}").status_code == 404


def test_cases_are_listed_page_by_page_and_filtered(program, desk):
    for number in range(3):
        desk.open(title=f"Case {number}")
    robot = program(desk.one)
    page = robot.get("/cases", limit=2).json()
    rest = robot.get("/cases", limit=2, cursor=page["next"]).json()
    titles = {row["title"] for row in page["items"] + rest["items"]}
    assert titles == {"Case 0", "Case 1", "Case 2"}
    assert rest["next"] is None
    assert robot.get("/cases", state="closed").json()["items"] == []
    assert len(robot.get("/cases", state="all", words="Case 1").json()["items"]) == 1


def test_a_bearer_of_a_notice_has_no_key_to_the_api(stranger, desk):
    case = desk.notified()
    assert Bearer(case.pk).label
    assert stranger.get(f"/cases/{case.pk}").status_code == 401
