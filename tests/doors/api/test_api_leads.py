import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import offices
from hufu.domain.leads.models import Lead
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return offices.agency(hour())


@pytest.fixture
def robot(program, office):
    return program(offices.officer(hour(), office, "intake"))


def test_the_inbox_is_read_page_by_page(robot):
    for number in range(5):
        offices.report(hour(), number, title=f"Tins {number}")
    seen, cursor = [], ""
    while cursor is not None:
        page = robot.get("/leads", limit=2, cursor=cursor).json()
        seen += [lead["title"] for lead in page["items"]]
        cursor = page["next"]
    assert seen == [f"Tins {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("order", ["newest", "oldest", "due"])
def test_every_order_goes_on_behind_its_cursor(robot, order):
    for number in range(3):
        offices.report(hour(), number)
    first = robot.get("/leads", order=order, limit=2).json()
    rest = robot.get("/leads", order=order, limit=2, cursor=first["next"]).json()
    ids = {lead["id"] for lead in first["items"] + rest["items"]}
    assert len(ids) == 3
    assert rest["next"] is None


def test_filters_narrow_the_inbox(robot):
    offices.report(hour(), 1, title="Copied tea tins")
    offices.report(hour(), 2, title="Copied shoes")
    (found,) = robot.get("/leads", words="shoes", origin="report").json()["items"]
    assert found["title"] == "Copied shoes"
    assert robot.get("/leads", origin="complaint").json()["items"] == []
    assert robot.get("/leads", state="closed").json()["items"] == []


def test_a_lead_explains_its_period_and_never_who_reported(robot):
    lead = offices.report(hour(), name="Li Si Reporter", contact="li@si.test")
    answer = robot.get(f"/leads/{lead.pk}")
    (clock,) = answer.json()["clocks"]
    assert clock["due_on"]
    assert any("15" in sentence["zh"] for sentence in clock["why"])
    assert "Li Si" not in answer.content.decode()


def test_a_lead_is_accepted_once(robot):
    lead = offices.report(hour())
    assert robot.post(f"/leads/{lead.pk}/accept").json()["state"] == "accepted"
    again = robot.post(f"/leads/{lead.pk}/accept")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_a_lead_is_closed_with_a_reason_that_the_list_knows(robot):
    lead = offices.report(hour())
    wrong = robot.post(f"/leads/{lead.pk}/close", {"reason": "because"})
    assert wrong.status_code == 422
    (field,) = wrong.json()["fields"]
    assert field["field"] == "reason"
    closed = robot.post(f"/leads/{lead.pk}/close", {"reason": "not_enough"})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


def test_a_lead_is_merged_and_referred(robot):
    offices.agency(hour(), "beijing", "110000")
    one, two, three = (offices.report(hour(), number) for number in range(3))
    merged = robot.post(f"/leads/{one.pk}/merge", {"into": str(two.pk)})
    assert merged.json()["merged_into_id"] == str(two.pk)
    referral = {"agency": "beijing", "note": "The shop is there."}
    referred = robot.post(f"/leads/{three.pk}/refer", referral)
    assert referred.json()["state"] == "referred"
    nowhere = robot.post(f"/leads/{two.pk}/refer", {**referral, "agency": "mars"})
    assert nowhere.status_code == 404


def test_a_lead_of_another_agency_does_not_exist(program):
    offices.agency(hour())
    lead = offices.report(hour())
    other = offices.agency(hour(), "beijing", "110000")
    robot = program(offices.officer(hour(), other, "intake"))
    assert robot.get("/leads").json()["items"] == []
    for path, body in (
        ("accept", {}),
        ("close", {"reason": "not_enough"}),
        ("refer", {"agency": "beijing", "note": "mine"}),
        ("merge", {"into": str(lead.pk)}),
    ):
        assert robot.post(f"/leads/{lead.pk}/{path}", body).status_code == 404
    assert robot.get(f"/leads/{lead.pk}").status_code == 404
    assert Lead.objects.get().state == "new"


def complaint(right, **said):
    told = {
        "title": "Copied tins",
        "act": "counterfeit_mark",
        "region": "440300",
        "right": str(right.pk),
        "files": SimpleUploadedFile("shop.txt", b"seen in the shop"),
    }
    return {**told, **said}


def test_a_holder_complains_with_evidence_and_follows(program, office, storage):
    holder = offices.holder(hour())
    right = offices.right_of(holder, hour(), storage)
    robot = program(holder)
    sent = robot.send("/complaints", complaint(right))
    assert sent.status_code == 201, sent.content
    (row,) = robot.get("/complaints").json()["items"]
    assert row["id"] == sent.json()["id"]
    assert robot.get(f"/complaints/{row['id']}").json()["title"] == "Copied tins"
    other = program(offices.holder(hour(), "Another"))
    assert other.get(f"/complaints/{row['id']}").status_code == 404


def test_a_complaint_about_anothers_right_says_what_is_lacking(
    program, office, storage
):
    right = offices.right_of(offices.holder(hour()), hour(), storage)
    other = program(offices.holder(hour(), "Another"))
    answer = other.send("/complaints", complaint(right))
    assert (answer.status_code, answer.json()["code"]) == (409, "standing_own_right")
    answer = other.send("/complaints", complaint(right, files=[]))
    assert answer.json()["fields"] == [
        {"field": "files", "message": "This field is missing."}
    ]
