"""How many questions a page asks the database: as many for ten rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import offices
from casework import Desk, Duty, preserve
from hufu.domain.cases import queries
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import CaseParty
from hufu.domain.leads import services as leads
from hufu.domain.people.actors import Reporter
from hufu.domain.people.services import PartyFacts

pytestmark = pytest.mark.django_db

PINNED = {"inbox": 5, "lead": 13, "case list": 4, "case": 42, "home": 11}


@pytest.fixture
def desk(storage, now, monkeypatch):
    made = Desk(now, storage)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def asked(client):
    """Count what the second look at a page asks: the first fills what is kept."""

    def count(account, name, *args):
        client.force_login(account)
        url = reverse(f"workbench:{name}", args=args)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        assert answer.status_code == 200
        return len(captured), answer.content.decode()

    return count


def test_the_inbox(desk, asked):
    offices.report(desk.at, 1)
    few, _ = asked(desk.intake, "leads")
    for number in range(2, 12):
        offices.report(desk.at, number, title=f"Stall {number}")
    many, page = asked(desk.intake, "leads")
    assert "Stall 11" in page
    assert (few, many) == (PINNED["inbox"], PINNED["inbox"])


def test_the_page_of_a_lead(desk, asked, storage):
    lead = offices.report(desk.at, 1)
    write_about(desk, storage, lead, 1)
    few, _ = asked(desk.intake, "lead", lead.pk)
    for number in range(2, 10):
        write_about(desk, storage, lead, number)
    many, page = asked(desk.intake, "lead", lead.pk)
    assert "Message 9" in page
    assert (few, many) == (PINNED["lead"], PINNED["lead"])


def write_about(desk, storage, lead, number):
    """Add a message, a file, a lead joined with this one, and a likely duplicate."""
    words = {"at": desk.at, "lead": lead}
    leads.add_message(actor=desk.intake, body=f"Message {number}", **words)
    sender = Reporter(agencies=frozenset({lead.agency_id}))
    file = offices.kept(storage, f"page {number}".encode())
    leads.add_files(actor=sender, files=[file], **words)
    joined = offices.report(desk.at, 10 * number)
    leads.merge_lead(actor=desk.intake, at=desk.at, lead=joined, into=lead)
    offices.report(desk.at, 10 * number + 1)


def test_the_list_of_cases(desk, asked):
    desk.filed()
    few, _ = asked(desk.one, "cases")
    for _number in range(8):
        another_case(desk)
    many, page = asked(desk.one, "cases")
    assert page.count("Copied tea tins") >= 9
    assert (few, many) == (PINNED["case list"], PINNED["case list"])


def another_case(desk):
    case = desk.open()
    return cases.file_case(actor=desk.director, at=desk.at, case=case)


def test_the_page_of_a_case(desk, asked):
    case = desk.investigating()
    grow(desk, case, 1)
    few, _ = asked(desk.one, "case", case.pk)
    for number in range(2, 8):
        grow(desk, case, number)
    many, page = asked(desk.one, "case", case.pk)
    assert "Task 7" in page
    assert (few, many) == (PINNED["case"], PINNED["case"])


def grow(desk, case, number):
    """Add an exhibit, a party, a colleague, a task and preserved goods."""
    act = {"actor": desk.one, "at": desk.at, "case": case}
    item = desk.item(f"photo {number}.txt", f"photo {number}".encode())
    cases.add_exhibit(item=item, purpose="shows the stall", **act)
    shop = PartyFacts(kind="company", name=f"Shop {number}")
    cases.add_party(facts=shop, role=CaseParty.Role.THIRD_PARTY, **act)
    name = f"colleague-{number}"
    colleague = offices.officer(desk.at, desk.office, "investigator", name)
    desk.join(case, colleague, Duty.HANDLER)
    due_on = desk.at.date() + timedelta(days=9)
    cases.assign_task(assignee=colleague, title=f"Task {number}", due_on=due_on, **act)
    preserve(desk, case, desk.at.date())


def test_the_first_page_of_an_officer(desk, asked):
    desk.filed()
    few, _ = asked(desk.one, "home")
    for _number in range(8):
        another_case(desk)
    desk.later(80)
    many, _ = asked(desk.one, "home")
    assert (few, many) == (PINNED["home"], PINNED["home"])


def test_the_first_page_counts_more_than_it_shows(desk, asked):
    for _number in range(12):
        another_case(desk)
    day = desk.later(120).date()
    overdue = queries.due_clocks(desk.one, day, -1).count()
    assert overdue >= 12
    _, page = asked(desk.one, "home")
    assert f'<span class="tile-value">{overdue}</span>' in page
    assert page.count("tag-late") == 10
