import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

import offices
from hufu.domain.leads.models import Lead
from hufu.domain.leads.services import close_lead
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db
REPORT = {
    "title": "Copied tea tins",
    "act": "counterfeit_mark",
    "region": "440300",
    "seller": "Lucky Stall",
    "value": "1200.50",
}
MARK = "MarkedAgent/9.9"


@pytest.fixture
def office():
    return offices.agency(hour())


def report(stranger, **said):
    answer = stranger.post("/reports", {**REPORT, **said})
    assert answer.status_code == 201, answer.content
    return answer.json()["receipt"]


def test_a_receipt_is_all_it_takes_to_follow(stranger, office):
    receipt = report(stranger)
    lead = Lead.objects.get()
    assert lead.anonymous
    assert receipt not in str(Lead.objects.values().get())
    seen = stranger.post("/reports/follow", {"receipt": receipt.lower()}).json()
    assert (seen["state"], seen["messages"]) == ("new", [])
    clerk = offices.officer(hour(), office, "intake")
    close_lead(actor=clerk, at=hour(), lead=lead, reason="not_enough", text="Sorry.")
    seen = stranger.post("/reports/follow", {"receipt": receipt}).json()
    assert seen["state"] == "closed"
    assert "Sorry." in seen["messages"][0]["body"]


def test_the_reporter_adds_words_and_files(stranger, office):
    receipt = report(stranger)
    words = {"receipt": receipt, "text": "The stall moved."}
    assert stranger.post("/reports/messages", words).status_code == 201
    added = stranger.send(
        "/reports/files",
        {"files": SimpleUploadedFile("Informant.png", offices.PNG)},
        headers={"hufu-receipt": receipt},
    )
    assert added.status_code == 201, added.content
    (tie,) = Lead.objects.get().attachments.all()
    assert tie.item.sealed
    assert "Informant" not in tie.item.name


def test_a_mistyped_receipt_is_told_from_an_unknown_one(stranger, office):
    unknown = stranger.post("/reports/follow", {"receipt": offices.receipt(9)})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    typo = offices.receipt(9)[:-1] + "X"
    wrong = stranger.post("/reports/follow", {"receipt": typo})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "code_typo")


def test_nothing_of_an_anonymous_caller_is_kept_anywhere(program, office):
    officer = offices.officer(hour(), office, "intake")
    robot = program(officer)
    robot.client.force_login(officer)
    kept_before = Session.objects.count()
    robot.headers |= {"user-agent": MARK, "x-forwarded-for": "203.0.113.78"}
    answer = robot.post("/reports", REPORT, REMOTE_ADDR="203.0.113.77")
    assert answer.status_code == 201
    assert not answer.cookies
    assert Session.objects.count() == kept_before
    lead = Lead.objects.get()
    assert (lead.anonymous, lead.entry.actor) == (True, "reporter")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
            assert MARK not in text
            assert "203.0.113" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a\x00b"),
        ("act", "murder"),
        ("region", "４４０３００"),
        ("value", "NaN"),
        ("value", "1e400"),
        ("quantity", 2**40),
        ("occurred_on", "2026-02-30"),
    ],
)
def test_a_report_that_cannot_be_understood_is_refused(stranger, office, field, value):
    answer = stranger.post("/reports", {**REPORT, field: value})
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not Lead.objects.exists()


def test_a_broken_body_is_refused_in_words(stranger, office):
    answer = stranger.post("/reports", '{"title": ')
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_an_address_that_is_none_answers_in_json(stranger):
    answer = stranger.get("/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
