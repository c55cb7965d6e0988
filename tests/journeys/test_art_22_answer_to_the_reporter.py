"""Opinions art. 22: whoever reports is heard, answered in time, and protected."""

import pytest

import offices
from hufu.base.models import Entry
from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Reporter

pytestmark = pytest.mark.django_db


def test_a_reporter_without_a_name_follows_asks_and_reads_the_answer(now, client):
    office = offices.agency(now)
    officer = offices.officer(now, office)
    offices.report(now)
    lead = queries.lead_by_receipt(offices.receipt())
    assert lead.anonymous

    client.post("/follow/", {"code": offices.receipt(), "act": "message", "text": "?"})
    services.close_lead(
        actor=officer, at=now, lead=lead, reason="not_enough", text="Which stall?"
    )
    page = client.post("/follow/", {"code": offices.receipt()}).content.decode()
    assert "Which stall?" in page


def test_the_clock_of_the_answer_runs_by_the_statute_and_stops_when_met(now):
    office = offices.agency(now)
    officer = offices.officer(now, office)
    lead = offices.report(now, name="Somebody", contact="x@example.test")
    clock = lead.clocks.get()
    # Received Monday 2 March 2026: fifteen working days end on 23 March.
    assert (clock.rule, str(clock.due_on)) == ("deadlines.report.verify", "2026-03-23")
    services.close_lead(actor=officer, at=now, lead=lead, reason="not_enough")
    assert Lead.objects.get().clocks.get(rule=clock.rule).met_on == now.date()


def test_the_name_is_opened_by_its_office_only_and_leaves_an_entry(now):
    office = offices.agency(now)
    officer = offices.officer(now, office)
    lead = offices.report(now, name="Somebody", contact="x@example.test")
    shown = services.reveal_reporter(actor=officer, at=now, lead=lead)
    assert shown.name == "Somebody"
    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.actor) == ("reveal-reporter", officer.label)
    other = offices.officer(now, offices.agency(now, "hangzhou", "330100"))
    for stranger in (other, Reporter()):
        with pytest.raises(Exception, match=r".") as refusal:
            services.reveal_reporter(actor=stranger, at=now, lead=lead)
        assert type(refusal.value).__name__ == "Refusal"
