"""Captures asked for by a lead: filled in, listed there, attached when they came."""

import pytest
from django.urls import reverse

import offices
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Capture
from hufu.domain.leads import services as leads

pytestmark = pytest.mark.django_db
URL = "https://shop.example/teapots"


@pytest.fixture
def officer(now):
    return offices.officer(now, offices.agency(now), "investigator")


@pytest.fixture
def lead(officer, now):
    return offices.report(now, 1)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def asking(lead):
    return f"{reverse('workbench:captures')}?lead={lead.pk}"


def test_a_lead_asks_for_a_page_and_gets_what_came(desk, officer, lead, now, storage):
    there = reverse("workbench:lead", args=[lead.pk])
    assert asking(lead) in desk.get(there).content.decode()
    assert lead.title in desk.get(asking(lead)).content.decode()
    desk.post(asking(lead), {"url": URL, "purpose": "suspected counterfeits"})
    capture = Capture.objects.get()
    assert capture.about == f"lead:{lead.pk}"
    files = offices.captured(storage)
    evidence.keep_capture(actor=officer, at=now, capture=capture, files=files)
    page = reverse("workbench:capture", args=[capture.pk])
    assert "not part of the record" in desk.get(page).content.decode()
    leads.take_capture(actor=officer, at=now, lead=lead, capture=capture)
    assert lead.attachments.count() == 2
    assert "not part of the record" not in desk.get(page).content.decode()
    assert page in desk.get(there).content.decode()


def test_a_lead_of_another_agency_asks_for_nothing(client, lead, now):
    other = offices.agency(now, "beijing", "110000")
    client.force_login(offices.officer(now, other, "investigator", "far"))
    assert client.get(asking(lead)).status_code == 404
