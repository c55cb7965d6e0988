"""What is owed, what came in, and when a decision counts as carried out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verdicts
from hufu.base.errors import Refusal
from hufu.domain.cases import services as cases
from hufu.domain.remedies import queries, services
from hufu.domain.remedies.collection import Due, Paid, Rest, Surcharge, balance_on

DAY = timedelta(days=1)
DUE = date(2026, 4, 16)
THREE = Surcharge(Decimal("0.03"), Decimal(1))
FINE = Decimal(10000)


@pytest.fixture
def office(now, storage):
    return verdicts.notified(now, storage)


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code


def on(day, *payments, rests=()):
    return balance_on(day, [Due(DUE, FINE)], payments, surcharge=THREE, rests=rests)


@pytest.mark.parametrize(
    ("days", "surcharge"),
    [(0, 0), (1, 300), (2, 600), (33, 9900), (34, 10000), (900, 10000)],
)
def test_the_surcharge_grows_by_three_per_cent_a_day_up_to_the_fine(days, surcharge):
    assert on(DUE + days * DAY).surcharge == surcharge


def test_a_payment_on_the_last_day_is_in_time():
    balance = on(DUE + 100 * DAY, Paid(DUE, FINE))
    assert (balance.total, balance.late_days, balance.settled) == (0, 0, True)


def test_a_payment_one_day_late_carries_one_day_of_surcharge():
    balance = on(DUE + 100 * DAY, Paid(DUE + DAY, FINE))
    assert (balance.surcharge, balance.total) == (300, 300)


def test_the_surcharge_is_of_what_is_still_unpaid():
    balance = on(DUE + 2 * DAY, Paid(DUE, FINE / 2))
    assert balance.surcharge == 300


def test_no_surcharge_grows_while_a_challenge_is_pending():
    rest = Rest(DUE + DAY, DUE + 60 * DAY)
    assert on(DUE + 60 * DAY, rests=[rest]).surcharge == 0
    assert on(DUE + 61 * DAY, rests=[rest]).surcharge == 300


def test_nothing_decided_is_nothing_owed():
    balance = balance_on(DUE, [], [], surcharge=THREE)
    assert balance.settled
    assert balance.next_due_on is None


@given(st.integers(0, 400), st.lists(st.integers(1, 5000), max_size=4))
def test_more_payment_never_means_more_debt(days, amounts):
    payments = [Paid(DUE + i * DAY, Decimal(a)) for i, a in enumerate(amounts)]
    day = DUE + days * DAY
    before, after = on(day, *payments[:-1]), on(day, *payments)
    assert after.total <= before.total
    assert Decimal(0) <= after.surcharge <= FINE


@pytest.mark.django_db
def test_payment_meets_the_period_and_completes_the_decision(office):
    decision = verdicts.served(office)
    at = office.later(days=3)
    services.record_payment(
        actor=office.handler,
        at=at,
        decision=decision,
        amount=Decimal(60000),
        on=office.today,
    )
    assert decision.clocks.get().met_on == office.today
    refused("not_fulfilled", services.complete_decision, **act(office, decision))
    services.record_fulfilment(
        actor=office.handler,
        at=at,
        penalty=decision.penalties.get(kind="order"),
        on=office.today,
        note="stall inspected",
    )
    done = services.complete_decision(**act(office, decision))
    assert done.state == "executed"
    assert decision.case.clocks.filter(rule="deadlines.penalty.closing").exists()


def act(office, decision):
    return {"actor": office.handler, "at": office.now, "decision": decision}


@pytest.mark.django_db
def test_a_late_fine_is_demanded_with_its_surcharge_before_the_court_is_asked(office):
    decision = verdicts.served(office)
    due_on = decision.clocks.get().due_on
    refused("not_overdue", services.demand_payment, **act(office, decision))
    office.later(days=(due_on - office.today).days + 10)
    owing = queries.balance(decision, office.today)
    assert (owing.late_days, owing.surcharge) == (10, Decimal(18000))
    refused(
        "demand_first",
        services.note_court_application,
        **act(office, decision),
        on=office.today,
    )
    demand = services.demand_payment(**act(office, decision))
    assert demand.amount == Decimal(78000)
    office.later(days=11)
    step = services.note_court_application(**act(office, decision), on=office.today)
    assert step.kind == "court"


@pytest.mark.django_db
def test_while_reconsideration_is_pending_nothing_is_added(office):
    decision = verdicts.served(office)
    cases.note_challenge(
        actor=office.handler,
        at=office.now,
        case=decision.case,
        facts=cases.ChallengeFacts("reconsideration", "city government", office.today),
    )
    office.later(days=90)
    assert queries.balance(decision, office.today).surcharge == 0


@pytest.mark.django_db
def test_instalments_are_granted_by_the_head_and_add_up(office):
    decision = verdicts.served(office)
    plan = [
        services.Instalment(Decimal(30000), office.today + timedelta(days=days))
        for days in (60, 120)
    ]
    said = {**act(office, decision), "plan": plan, "reason": "asked in writing"}
    refused("no_permission", services.grant_instalments, **said)
    said["actor"] = office.director
    refused("plan_sum", services.grant_instalments, **{**said, "plan": plan[:1]})
    services.grant_instalments(**said)
    office.later(days=50)
    balance = queries.balance(decision, office.today)
    assert (balance.surcharge, balance.next_due_on) == (0, plan[0].due_on)


@pytest.mark.django_db
def test_too_much_and_future_money_is_refused(office):
    decision = verdicts.served(office)
    said = {**act(office, decision), "on": office.today}
    refused("overpaid", services.record_payment, **said, amount=Decimal(60001))
    refused("amount_missing", services.record_payment, **said, amount=Decimal(0))
    said["on"] += timedelta(days=1)
    refused("day_in_future", services.record_payment, **said, amount=Decimal(1))


@pytest.mark.django_db
def test_before_service_nothing_is_collected(office):
    decision = verdicts.issued(office)
    refused(
        "not_served",
        services.record_payment,
        **act(office, decision),
        amount=Decimal(1),
        on=office.today,
    )
