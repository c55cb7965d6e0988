from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import offices
from casework import Desk, notice_code
from hufu.base.models import Entry
from hufu.domain.cases import services
from hufu.domain.cases.models import CaseParty, WrongCode
from hufu.domain.cases.services.defence import WRONG_CODES_A_MINUTE
from hufu.domain.people.services import AccountFacts, open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(storage, now, monkeypatch, settings, tmp_path):
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    settings.HUFU_HOME = tmp_path
    return made


def enter(client, code):
    return client.post(reverse("portal:case-door"), {"code": code}, follow=True)


def send(client, party, kind, body="We bought the goods in good faith.", **more):
    url = reverse("portal:case-send", args=[party.pk])
    return client.post(url, {"kind": kind, "body": body, **more}, follow=True)


def test_the_code_of_the_notice_opens_the_file_however_it_is_typed(desk, client):
    case = desk.notified()
    typed = notice_code().lower().replace("-", " ")
    text = enter(client, typed).content.decode()
    assert case.number in text
    assert "Sold 200 tins" in text


def test_the_code_is_stored_nowhere(desk):
    desk.notified()
    stored = str(list(CaseParty.objects.values())) + str(list(Entry.objects.values()))
    assert notice_code() not in stored
    assert notice_code().replace("-", "") not in stored


def test_a_wrong_code_opens_nothing_and_too_many_make_all_wait(desk, client):
    desk.notified()
    assert enter(client, notice_code(8)).status_code == 404
    for _ in range(WRONG_CODES_A_MINUTE):
        answer = enter(client, notice_code(9))
    assert answer.status_code == 429
    assert enter(client, notice_code()).status_code == 429
    assert {f.name for f in WrongCode._meta.fields} == {"minute", "count"}
    desk.later(1)
    assert enter(client, notice_code()).status_code == 200


def test_without_the_code_no_file_exists(desk, client):
    case = desk.notified()
    party = desk.respondent(case)
    clock = case.clocks.first()
    for name, args in (
        ("case-file", [party.pk]),
        ("case-send", [party.pk]),
        ("case-recusal", [party.pk]),
        ("case-why", [party.pk, clock.pk]),
        ("case-exhibit", [party.pk, party.pk]),
    ):
        url = reverse(f"portal:{name}", args=args)
        assert client.get(url).status_code == 404
        client.force_login(offices.officer(desk.at, desk.office, "intake", name))
        assert client.get(url).status_code == 404
        client.logout()


def test_the_code_of_one_case_does_not_open_another(desk, client):
    case = desk.notified()
    other = desk.reviewed()
    desk.notify(other, 8)
    enter(client, notice_code(7))
    url = reverse("portal:case-file", args=[desk.respondent(other).pk])
    assert client.get(url).status_code == 404
    assert case.number != other.number


def test_undisclosed_exhibits_stay_unseen_and_disclosed_ones_come_as_downloads(
    desk, client
):
    case = desk.notified()
    shown, hidden = (
        services.add_exhibit(
            actor=desk.one, at=desk.at, case=case, item=desk.item(n), purpose=n
        )
        for n in ("shown.txt", "hidden.txt")
    )
    services.disclose_exhibit(actor=desk.one, at=desk.at, exhibit=shown, disclosed=True)
    text = enter(client, notice_code()).content.decode()
    assert "shown.txt" in text
    assert "hidden.txt" not in text
    party = desk.respondent(case)
    urls = [
        reverse("portal:case-exhibit", args=[party.pk, e.pk]) for e in (shown, hidden)
    ]
    answer = client.get(urls[0])
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"what the officer saw"
    answer.close()
    assert client.get(urls[1]).status_code == 404


def test_an_account_opened_after_the_disclosure_inspects_the_file_too(desk, client):
    case = desk.notified()
    exhibit = services.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=desk.item(), purpose="the goods"
    )
    services.disclose_exhibit(
        actor=desk.one, at=desk.at, exhibit=exhibit, disclosed=True
    )
    party = desk.respondent(case)
    client.force_login(offices.respondent(desk.at, party.party))
    url = reverse("portal:case-exhibit", args=[party.pk, exhibit.pk])
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"what the officer saw"
    answer.close()


def test_the_reporter_is_nowhere_in_the_respondents_file(desk, client):
    lead = desk.lead(name="Wang Li", contact="wang@reporter.test")
    case = desk.investigating([lead])
    desk.propose(case)
    services.submit_for_review(actor=desk.one, at=desk.at, case=case, report="Done.")
    desk.notify(desk.review(case))
    text = enter(client, notice_code()).content.decode()
    for secret in ("Wang Li", "reporter.test", lead.reference, str(lead.pk)):
        assert secret not in text


def test_a_defence_with_files_reaches_the_team_in_time(desk, client):
    case = desk.notified()
    enter(client, notice_code())
    party = desk.respondent(case)
    upload = SimpleUploadedFile("invoice.txt", b"invoice of the supplier")
    text = send(client, party, "statement", uploads=[upload]).content.decode()
    assert "Received in time" in text
    words = case.submissions.get()
    assert words.items.count() == 1
    client.force_login(desk.one)
    page = client.get(reverse("workbench:case", args=[case.pk])).content.decode()
    assert "We bought the goods in good faith." in page


def test_a_late_request_for_a_hearing_is_kept_and_shown_as_late_with_its_rule(
    desk, client
):
    case = desk.notified(fine=200000)
    desk.to_day(date(2026, 3, 10))
    enter(client, notice_code())
    text = send(client, desk.respondent(case), "hearing").content.decode()
    assert "late" in text
    request = case.submissions.get()
    assert request.late
    assert request.due_on == date(2026, 3, 9)
    assert "Art." in text


def test_no_hearing_is_offered_below_the_threshold(desk, client):
    case = desk.notified(fine=50000)
    enter(client, notice_code())
    answer = send(client, desk.respondent(case), "hearing", "Please hear us.")
    assert answer.status_code == 409
    assert "Please hear us." in answer.content.decode()


def test_the_respondent_asks_that_an_officer_stands_back(desk, client):
    case = desk.notified()
    enter(client, notice_code())
    url = reverse("portal:case-recusal", args=[desk.respondent(case).pk])
    said = {"officer": desk.one.pk, "reason": "He is my competitor's brother."}
    client.post(url, said)
    conflict = case.conflicts.get()
    assert (conflict.account, conflict.outcome) == (desk.one, "open")


def test_every_right_says_until_when_and_why(desk, client):
    case = desk.notified(fine=200000)
    enter(client, notice_code())
    party = desk.respondent(case)
    for clock in case.clocks.filter(side="respondent"):
        url = reverse("portal:case-why", args=[party.pk, clock.pk])
        assert "Art." in client.get(url).content.decode()


def test_an_account_of_the_party_needs_no_code_and_leaving_forgets_it(desk, client):
    case = desk.notified()
    party = desk.respondent(case)
    facts = AccountFacts("shop", "respondent", party=party.party)
    account = open_account(actor=offices.SYSTEM, at=desk.at, facts=facts)
    client.force_login(account)
    url = reverse("portal:case-file", args=[party.pk])
    assert client.get(url).status_code == 200
    client.logout()
    enter(client, notice_code())
    assert client.get(url).status_code == 200
    client.post(reverse("portal:case-leave"))
    assert client.get(url).status_code == 404
