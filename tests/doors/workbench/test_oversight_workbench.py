"""Officers read figures, draw and file returns, erase on request, read the journal."""

from datetime import timedelta

import pytest
from django.urls import reverse

import offices
from hufu.base.models import Entry
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.models import MonthlyReturn
from hufu.doors.identity import now as hour
from hufu.doors.identity import today
from hufu.doors.storage.blobs import BlobStore
from hufu.doors.workbench import retention

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return offices.agency(hour())


@pytest.fixture
def director(client, office):
    account = offices.officer(hour(), office, "director")
    client.force_login(account)
    return account


def url(name, *args):
    return reverse(f"workbench:{name}", args=args)


def read(client, name, *args, **asked):
    return client.get(url(name, *args), asked).content.decode()


def last_month():
    return (today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def test_each_count_links_to_the_page_that_lists_its_entries(client, director):
    lead = offices.report(hour())
    page = read(client, "oversight")
    assert url("figure", "leads_received", "received") in page
    listed = read(client, "figure", "leads_received", "received")
    assert url("lead", lead.pk) in listed
    assert lead.reference in listed
    assert listed.count("Lead received") == 1


@pytest.mark.parametrize("code", FIGURES)
def test_every_part_of_every_figure_opens(client, director, code):
    for part in FIGURES[code].parts:
        assert "Nothing was counted." in read(client, "figure", code, part)


def test_a_period_that_ends_before_it_begins_is_named_and_nothing_typed_is_lost(
    client, director
):
    asked = {"from_on": "2026-03-02", "to_on": "2026-03-01"}
    page = read(client, "oversight", **asked)
    assert "The last day lies before the first." in page
    assert 'value="2026-03-02"' in page


def test_the_first_page_tells_whoever_files_returns_that_one_is_owed(client, office):
    for role, told in (("director", True), ("investigator", False)):
        client.force_login(offices.officer(hour(), office, role))
        page = read(client, "home")
        assert ("A monthly return is owed" in page) is told
        assert (url("returns") in page) >= told


def test_a_return_is_owed_drawn_filed_and_then_no_longer_owed(client, director):
    assert "A monthly return is owed" in read(client, "oversight")
    client.post(url("returns"), {"month": last_month()})
    report = MonthlyReturn.objects.get()
    page = read(client, "returns")
    assert "Leads received" in page
    assert "leads_received<" not in page
    assert "It is drawn: read it and file it." in page
    client.post(url("return-file", report.pk))
    assert "A monthly return is owed" not in read(client, "returns")
    assert MonthlyReturn.objects.get().state == "filed"


def test_a_month_that_has_not_ended_is_refused_on_the_form(client, director):
    month = today().strftime("%Y-%m")
    page = client.post(url("returns"), {"month": month}).content.decode()
    assert "The month has not ended yet." in page
    assert f'value="{month}"' in page


def test_another_agency_has_no_sight_of_a_return(client, director):
    client.post(url("returns"), {"month": last_month()})
    report = MonthlyReturn.objects.get()
    far = offices.agency(hour(), "far", "330100")
    client.force_login(offices.officer(hour(), far, "director", "far-director"))
    assert client.post(url("return-file", report.pk)).status_code == 404
    counted = url("return-counted", report.pk, "leads_received", "received")
    assert client.get(counted).status_code == 404


def test_the_journal_is_read_in_words_and_links_to_what_the_reader_may_see(
    client, director
):
    lead = offices.report(hour())
    page = read(client, "journal")
    assert "Lead received" in page
    assert url("lead", lead.pk) in page
    assert "leads.lead<" not in page


def test_the_journal_is_filtered_by_act_and_by_day(client, director):
    lead = offices.report(hour())
    leads.accept_lead(actor=director, at=hour(), lead=lead)
    rows = client.get(url("journal"), {"act": "leads.lead accept"}).context["rows"]
    assert [row.entry.act for row in rows] == ["accept"]
    yesterday = str(today() - timedelta(days=1))
    assert "No entry fits." in read(client, "journal", day=yesterday)
    on_the_day = client.get(url("journal"), {"day": str(today())}).context["rows"]
    assert len(on_the_day) == Entry.objects.filter(agency=lead.agency_id).count()


def test_a_director_erases_on_request_after_a_second_thought(
    client, director, tmp_path, monkeypatch
):
    store = BlobStore(tmp_path, bytes(32))
    monkeypatch.setattr(retention, "blob_store", lambda: store)
    lead = offices.report(hour(), name="Zhang San", contact="z@x.test")
    leads.close_lead(actor=director, at=hour(), lead=lead, reason="no_infringement")
    asked = {"reference": lead.reference}
    client.post(url("retention"), asked)
    assert Lead.objects.get().reporter_name == "Zhang San"
    client.post(url("retention"), {**asked, "sure": "on"})
    assert Lead.objects.get().reporter_name == ""
    again = client.post(url("retention"), {**asked, "sure": "on"}).content.decode()
    assert "No lead of this agency has this reference." in again


def test_an_inbox_officer_sees_figures_but_neither_returns_nor_erasure(client, office):
    client.force_login(offices.officer(hour(), office))
    page = read(client, "oversight")
    assert url("returns") not in page
    assert "Report on a commitment" not in page
    for name in ("returns", "retention", "journal"):
        assert client.get(url(name)).status_code == 403
