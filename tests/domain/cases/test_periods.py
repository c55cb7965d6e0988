from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import Desk, due, preserve, refused
from hufu.base.clocks import explain_clock
from hufu.domain.cases import services

pytestmark = pytest.mark.django_db
FILING = "deadlines.penalty.case_filing"
DECISION = "deadlines.penalty.decision"


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def test_filing_is_due_fifteen_working_days_after_the_lead(desk):
    lead = desk.lead()
    desk.to_day(date(2026, 3, 5))
    case = desk.open([lead])
    # Received on Monday 2 March: three full weeks of five working days.
    assert due(case, FILING) == case.next_due_on == date(2026, 3, 23)


def test_the_decision_is_due_ninety_days_after_filing_rolled_over_a_rest_day(desk):
    case = desk.filed()
    # 29 days left in March, 30 in April, 31 in May: 90 is Sunday 31 May.
    assert due(case, DECISION) == date(2026, 6, 1)
    assert due(case, DECISION) == case.next_due_on


def test_preserved_goods_are_decided_about_within_seven_working_days(desk):
    case = desk.investigating()
    preserve(desk, case, date(2026, 3, 2))
    assert due(case, "deadlines.penalty.registered_preservation") == date(2026, 3, 11)


def test_the_rights_of_the_respondent_last_five_working_days(desk):
    case = desk.notified(fine=200000)
    for rule in ("statement_and_defence", "hearing_request"):
        assert due(case, f"deadlines.penalty.{rule}") == date(2026, 3, 9)


def test_every_date_explains_itself_by_the_article(desk):
    case = desk.filed()
    explained = explain_clock(case.clocks.get(rule=DECISION))
    said = " ".join(s.en for s in explained.sentences)
    assert "Art. 64" in said
    assert "2026-06-01" in said
    assert explained.days[-1].on == date(2026, 6, 1)


def test_appraisal_time_is_not_counted(desk):
    case = desk.investigating()
    clock = case.clocks.get(rule=DECISION)
    still = services.Standstill(
        "appraisal", date(2026, 3, 10), date(2026, 3, 19), "The goods are appraised."
    )
    services.suspend_clock(actor=desk.one, at=desk.at, clock=clock, standstill=still)
    # Ten days more than 31 May.
    assert clock.due_on == date(2026, 6, 10)
    services.resume_clock(
        actor=desk.one, at=desk.at, clock=clock, last_on=date(2026, 3, 14)
    )
    assert clock.due_on == date(2026, 6, 5)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=st.integers(0, 150), length=st.integers(0, 60))
def test_a_standstill_never_shortens_a_period(desk, start, length):
    case = desk.investigating()
    clock = case.clocks.get(rule=DECISION)
    before = clock.due_on
    first = date(2026, 3, 2) + timedelta(days=start)
    still = services.Standstill(
        "suspension", first, first + timedelta(days=length), "A court must decide."
    )
    services.suspend_clock(
        actor=desk.director, at=desk.at, clock=clock, standstill=still
    )
    assert clock.due_on >= before


def test_only_the_head_suspends_a_case_and_only_on_grounds_of_the_law(desk):
    case = desk.investigating()
    clock = case.clocks.get(rule=DECISION)
    day = date(2026, 3, 10)
    still = services.Standstill("suspension", day, day, "A court must decide.")
    said = {"at": desk.at, "clock": clock, "standstill": still}
    refused("no_permission", services.suspend_clock, actor=desk.one, **said)
    said["standstill"] = services.Standstill("holiday", day, day, "We were away.")
    refused("ground_unknown", services.suspend_clock, actor=desk.one, **said)


def test_the_head_extends_once_and_a_collective_discussion_once_more(desk):
    case = desk.investigating()
    clock = case.clocks.get(rule=DECISION)
    said = {"at": desk.at, "clock": clock}
    complex_ = services.MoreTime("complex", "Twelve suppliers in four provinces.")
    collective = services.MoreTime("collective", "All leaders agree.", days=20)
    refused(
        "ground_unknown",
        services.extend_period,
        actor=desk.director,
        more=collective,
        **said,
    )
    refused(
        "no_permission", services.extend_period, actor=desk.one, more=complex_, **said
    )
    services.extend_period(actor=desk.director, more=complex_, **said)
    assert clock.due_on == date(2026, 6, 30)
    refused(
        "ground_unknown",
        services.extend_period,
        actor=desk.director,
        more=complex_,
        **said,
    )
    nothing = services.MoreTime("collective", "All leaders agree.")
    refused(
        "days_missing",
        services.extend_period,
        actor=desk.director,
        more=nothing,
        **said,
    )
    services.extend_period(actor=desk.director, more=collective, **said)
    assert clock.due_on == date(2026, 7, 20)


def test_the_time_of_a_hearing_does_not_count(desk):
    case = desk.heard()
    # Asked on 2 March, the day that does not count anyway, ended on 17 March:
    # fifteen days more than 31 May.
    assert due(case, DECISION) == date(2026, 6, 15)
