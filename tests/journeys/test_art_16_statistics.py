"""Opinions art. 16: what is done is counted, and anybody may check the count."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from casework import Desk
from hufu.base.journal import sequence_entries, verify_journal
from hufu.domain.leads import services as leads
from hufu.doors.identity import now as hour

pytestmark = pytest.mark.django_db
MATTERS = 6


def test_six_matters_become_figures_that_the_public_can_open(client, storage):
    desk = Desk(hour() - timedelta(days=20), storage)
    found = [desk.lead(number) for number in range(1, MATTERS + 1)]
    desk.later(1)
    for lead in found:
        leads.close_lead(
            actor=desk.intake, at=desk.at, lead=lead, reason="no_infringement"
        )
    data = json.loads(client.get(reverse("portal:oversight-data")).content)
    figures = {figure["code"]: figure for figure in data["figures"]}
    assert figures["leads_received"]["value"] == MATTERS
    assert figures["leads_in_time"]["value"] == 100.0

    page = client.get(reverse("portal:figure", args=["leads_in_time"]))
    assert page.content.decode().count('<td data-label="Act">Lead closed</td>') == (
        2 * MATTERS
    )
    promise = reverse("portal:commitment", args=["OPN-2019-(16)-b"])
    assert reverse("portal:figure", args=["leads_received"]) in (
        client.get(promise).content.decode()
    )
    sequence_entries(at=desk.at)
    assert list(verify_journal()) == []


def test_an_officer_opens_the_same_count_onto_the_leads_themselves(client, storage):
    desk = Desk(hour() - timedelta(days=3), storage)
    lead = desk.lead()
    client.force_login(desk.director)
    part = reverse("workbench:figure", args=["leads_received", "received"])
    listed = client.get(part).content.decode()
    assert reverse("workbench:lead", args=[lead.pk]) in listed
