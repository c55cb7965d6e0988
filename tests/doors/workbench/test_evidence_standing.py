"""The law's evidence lists on the page of a case: present, missing, how to cure it."""

import re

import pytest
from django.urls import reverse

from casework import Desk
from hufu.domain.cases import services

pytestmark = pytest.mark.django_db
LINK = "/acts/mark_exhibits/"


@pytest.fixture
def desk(storage, now, monkeypatch):
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    return made


def exhibit_of(desk, case):
    return services.add_exhibit(
        actor=desk.one,
        at=desk.at,
        case=case,
        item=desk.item("record.txt"),
        purpose="shows the stall",
    )


def page(client, who, case, language="en"):
    client.force_login(who)
    url = reverse("workbench:case", args=[case.pk])
    return client.get(url, headers={"accept-language": language})


def address(case):
    return reverse("workbench:case-act", args=[case.pk, "mark_exhibits"])


def test_the_page_counts_what_is_there_and_says_how_to_cure_the_rest(desk, client):
    case = desk.investigating()
    exhibit_of(desk, case)
    shown = page(client, desk.one, case).content.decode()
    assert "Evidence for an administrative case: 2 of 9 present" in shown
    assert "Evidence for a transfer to the police: 2 of 9 present" in shown
    assert "Attach the certificate and an extract of the register" in shown
    assert "Kept by the system with every file" in shown
    assert "Arts. 23–32" in shown
    assert "taken from a second source" in shown
    assert "it stops no act" in shown


def test_the_page_says_it_in_chinese(desk, client):
    case = desk.investigating()
    exhibit_of(desk, case)
    shown = page(client, desk.one, case, "zh-hans").content.decode()
    assert "行政执法证据清单：已具备2项，共需9项" in shown
    assert "提交权利证书和登记簿副本" in shown
    assert "市场监督管理行政处罚程序规定" in shown
    assert "缺项仅作提示" in shown


def test_an_officer_ticks_what_an_exhibit_meets_and_finds_the_ticks_again(desk, client):
    case = desk.investigating()
    exhibit = exhibit_of(desk, case)
    assert LINK in page(client, desk.one, case).content.decode()
    typed = {str(exhibit.pk): ["record", "right_title"]}
    assert client.post(address(case), typed).status_code == 302
    shown = page(client, desk.one, case).content.decode()
    assert "Evidence for an administrative case: 4 of 9 present" in shown
    assert "Exhibit 1" in shown
    assert "Noted what an exhibit meets" in shown
    form = client.get(address(case)).content.decode()
    ticked = re.findall(r'<input[^>]*value="(\w+)"[^>]*checked', form)
    assert {"record", "right_title"} <= set(ticked)
    assert "turnover" not in ticked


def test_sending_the_same_ticks_again_notes_nothing(desk, client):
    case = desk.investigating()
    exhibit = exhibit_of(desk, case)
    client.force_login(desk.one)
    for _again in range(2):
        client.post(address(case), {str(exhibit.pk): ["record"]})
    assert page(client, desk.one, case).content.decode().count("Noted what") == 1


def test_who_may_not_add_exhibits_reads_the_list_and_changes_nothing(desk, client):
    case = desk.investigating()
    exhibit = exhibit_of(desk, case)
    for other in (desk.reviewer, desk.director):
        shown = page(client, other, case).content.decode()
        assert "Evidence for an administrative case" in shown
        assert LINK not in shown
        client.post(address(case), {str(exhibit.pk): ["record"]})
    exhibit.refresh_from_db()
    assert exhibit.meets == []


def test_another_agency_sees_no_list_and_marks_nothing(desk, client):
    case = desk.investigating()
    exhibit = exhibit_of(desk, case)
    other = Desk(desk.at, desk.storage, "beijing", "110000")
    for officer in (other.one, other.director):
        assert page(client, officer, case).status_code == 404
        assert client.get(address(case)).status_code == 404
        typed = {str(exhibit.pk): ["record"]}
        assert client.post(address(case), typed).status_code == 404
    exhibit.refresh_from_db()
    assert exhibit.meets == []


def test_once_the_case_was_decided_the_police_list_is_gone(desk, client):
    shown = page(client, desk.director, desk.decided()).content.decode()
    assert "Evidence for an administrative case" in shown
    assert "Evidence for a transfer to the police" not in shown
