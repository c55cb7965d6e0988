"""A figure equals a count by hand, opens onto its entries, and hides small cells."""

from datetime import timedelta

import pytest

import offices
from casework import Desk
from hufu.base.models import Entry
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.oversight import daily, queries, services
from hufu.domain.oversight.disclosure import for_the_public, redact
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.indicators import Period, legal_day, measure
from hufu.domain.people.actors import Reporter
from hufu.domain.people.services import (
    AccountFacts,
    PartyFacts,
    open_account,
    register_party,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def around(desk, days=365, agencies=()):
    on = legal_day(desk.at)
    period = on - timedelta(days=days), on + timedelta(days=days)
    return Period(*period, frozenset(agencies))


def counted(code, period):
    figure = measure(FIGURES[code], period)
    return figure.value, {part.code: part.count for part in figure.parts}


def close(desk, lead):
    return leads.close_lead(
        actor=desk.intake, at=desk.at, lead=lead, reason="no_infringement"
    )


def test_leads_in_and_decided_since_equal_a_count_by_hand(desk):
    kept = [offices.report(desk.at, number) for number in range(1, 5)]
    close(desk, kept[0])
    leads.merge_lead(actor=desk.intake, at=desk.at, lead=kept[1], into=kept[2])
    value, parts = counted("leads_received", around(desk))
    assert value == Lead.objects.count() == 4
    assert parts == {"received": 4, "decided": 1}


def test_a_late_decision_and_an_overdue_lead_are_not_in_time(desk):
    in_time, late, _waiting = (offices.report(desk.at, n) for n in range(1, 4))
    close(desk, in_time)
    desk.later(60)
    close(desk, late)
    value, parts = counted("leads_in_time", around(desk))
    assert parts == {"in_time": 1, "decided": 2, "overdue": 1}
    assert value == 33.3


def test_a_lead_taken_back_is_decided_by_nobody(desk):
    lead = offices.report(desk.at)
    sender = Reporter(frozenset({lead.agency_id}))
    leads.take_back(actor=sender, at=desk.at, lead=lead)
    assert counted("leads_in_time", around(desk)) == (
        None,
        {"in_time": 0, "decided": 0, "overdue": 0},
    )


def test_cases_and_the_median_of_days_equal_a_count_by_hand(desk):
    case = desk.notified()
    desk.later(10)
    desk.says(case, "waiver")
    desk.decide(case)
    period = around(desk)
    assert counted("cases_concluded", period) == (
        1.0,
        {"decided": 1, "filed": 1, "ended": 0},
    )
    assert counted("days_to_decide", period) == (10.0, {"decided": 1})


def test_each_count_is_the_number_of_entries_it_opens_onto(desk):
    desk.closed()
    close(desk, offices.report(desk.at))
    for indicator in FIGURES.values():
        for part in measure(indicator, around(desk)).parts:
            opened = list(part.entries)
            assert part.count == len(opened) == len({entry.pk for entry in opened})


def test_days_outside_the_period_and_other_agencies_do_not_count(desk):
    offices.report(desk.at)
    on = legal_day(desk.at)
    day = timedelta(days=1)
    assert counted("leads_received", Period(on, on))[0] == 1
    assert counted("leads_received", Period(on - 9 * day, on - day))[0] == 0
    assert counted("leads_received", Period(on, on, frozenset({"elsewhere"})))[0] == 0


def test_an_officer_sees_the_figures_of_the_own_agency_only(desk):
    offices.report(desk.at)
    other = offices.officer(desk.at, offices.agency(desk.at, "far", "330100"))
    on = legal_day(desk.at)
    mine = {f.code: f.value for f in queries.figures(desk.intake, on, on)}
    theirs = {f.code: f.value for f in queries.figures(other, on, on)}
    assert (mine["leads_received"], theirs["leads_received"]) == (1, 0)
    assert queries.figures(Reporter(), on, on) == []


def holder_from(country, desk):
    party = register_party(
        actor=offices.SYSTEM,
        at=desk.at,
        facts=PartyFacts(kind="company", name="Qinglan Tea", country=country),
    )
    facts = AccountFacts(username="tea", role="holder", password="p", party=party)
    return open_account(actor=offices.SYSTEM, at=desk.at, facts=facts)


@pytest.mark.parametrize(("country", "group"), [("CN", "domestic"), ("US", "foreign")])
def test_foreign_and_domestic_holders_are_compared(desk, storage, country, group):
    account = holder_from(country, desk)
    right = offices.right_of(account, desk.at, storage)
    sent = [
        leads.complain_lead(
            actor=account,
            at=desk.at,
            facts=offices.facts(right=right, title=f"Tins {number}"),
            files=[offices.kept(storage)],
        )
        for number in range(3)
    ]
    leads.accept_lead(actor=desk.intake, at=desk.at, lead=sent[0])
    close(desk, sent[1])
    value, parts = counted("equal_treatment", around(desk))
    assert {code: n for code, n in parts.items() if n} == {
        group: 2,
        f"{group}_accepted": 1,
    }
    assert value is None


@pytest.mark.parametrize(
    ("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)]
)
def test_a_count_of_one_to_four_is_not_shown(desk, count, hidden):
    for number in range(count):
        offices.report(desk.at, number + 1)
    shown = for_the_public(measure(FIGURES["leads_received"], around(desk)))
    assert shown.suppressed is hidden
    assert (shown.value is None) is hidden
    assert (shown.parts[0].count is None) is hidden


def test_what_a_part_leaves_of_its_whole_is_not_shown_when_small(desk):
    kept = [offices.report(desk.at, number) for number in range(1, 8)]
    for lead in kept[:5]:
        close(desk, lead)
    figure = measure(FIGURES["leads_received"], around(desk))
    assert [part.count for part in figure.parts] == [7, 5]
    shown = for_the_public(figure)
    assert [part.count for part in shown.parts] == [7, None]
    assert shown.value == 7.0


def test_a_share_is_not_shown_when_one_of_its_counts_is_small(desk):
    kept = [offices.report(desk.at, number) for number in range(1, 9)]
    for lead in kept[:6]:
        close(desk, lead)
    desk.later(60)
    for lead in kept[6:]:
        close(desk, lead)
    shown = for_the_public(measure(FIGURES["leads_in_time"], around(desk)))
    assert [part.count for part in shown.parts] == [None, 8, 0]
    assert (shown.value, shown.suppressed) == (None, True)


def test_a_redacted_entry_says_act_kind_and_month_and_nothing_else(desk):
    offices.report(desk.at)
    entry = Entry.objects.get(act="receive")
    public = redact(entry)
    assert vars(public) == {
        "month": legal_day(desk.at).replace(day=1),
        "act": "receive",
        "kind": "leads.lead",
    }


def test_the_figures_of_a_day_are_counted_once_with_one_entry(desk):
    made = [offices.report(desk.at, number) for number in range(1, 7)]
    desk.later(1)
    first = services.count_public_figures(actor=offices.SYSTEM, at=desk.at)
    offices.report(desk.at, 9)
    again = services.count_public_figures(actor=offices.SYSTEM, at=desk.at)
    assert again == first
    assert first.to_on == legal_day(desk.at) - timedelta(days=1)
    entry = Entry.objects.get(subject_kind="oversight.dailyfigures")
    assert entry.facts == {"to_on": str(first.to_on), "digest": first.digest}
    received = daily.shown(first)[0]
    assert received.value == len(made)


def test_a_kept_figure_opens_onto_what_it_was_counted_from(desk):
    for number in range(1, 7):
        close(desk, offices.report(desk.at, number))
    desk.later(1)
    day = services.count_public_figures(actor=offices.SYSTEM, at=desk.at)
    live = measure(FIGURES["leads_received"], Period(day.from_on, day.to_on))
    for one in daily.opened(day, "leads_received"):
        assert one.entries == list(live.part(one.part.code).entries)
        assert one.part.count == len(one.entries) == 6


def test_nothing_of_a_small_cell_is_kept(desk):
    offices.report(desk.at)
    desk.later(1)
    day = services.count_public_figures(actor=offices.SYSTEM, at=desk.at)
    assert daily.opened(day, "leads_received") == []
    parts = [part for figure in day.figures for part in figure["parts"]]
    assert all(part["entries"] == [] and "digest" not in part for part in parts)
