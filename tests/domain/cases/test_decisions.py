from datetime import date

import pytest

import offices
from casework import Desk, due, instant, preserve, refused
from hufu.base.errors import Refusal
from hufu.domain.cases import queries, services
from hufu.domain.cases.models import Case, Measure
from hufu.domain.people.services import AccountFacts, PartyFacts, open_account

pytestmark = pytest.mark.django_db
FILING = "deadlines.penalty.case_filing"
DECISION = "deadlines.penalty.decision"


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def test_no_decision_while_the_respondent_may_still_speak(desk):
    case = desk.notified()
    assert_refused_decision(desk, case, "still_may_speak")
    desk.to_day(date(2026, 3, 10))
    assert desk.decide(case).state == "decided"


def assert_refused_decision(desk, case, code):
    with pytest.raises(Refusal) as refusal:
        desk.decide(case)
    assert refusal.value.code == code


def test_no_decision_before_the_defence_was_answered(desk):
    case = desk.notified()
    words = desk.says(case, "statement")
    assert_refused_decision(desk, case, "defence_unanswered")
    services.answer_submission(
        actor=desk.one, at=desk.at, submission=words, answer="Checked, not accepted."
    )
    assert desk.decide(case).state == "decided"


def test_a_timely_hearing_is_held_before_any_decision(desk):
    case = desk.notified(fine=200000)
    desk.says(case, "hearing")
    desk.to_day(date(2026, 3, 10))
    assert_refused_decision(desk, case, "hearing_owed")


def test_after_a_hearing_law_is_reviewed_again_and_leaders_discuss(desk):
    case = desk.review(desk.heard())
    assert_refused_decision(desk, case, "collective_needed")
    services.discuss_case(
        actor=desk.director, at=desk.at, case=case, minutes="All agree."
    )
    assert desk.decide(case).state == "decided"


def test_a_late_request_owes_no_hearing(desk):
    case = desk.notified(fine=200000)
    desk.to_day(date(2026, 3, 10))
    request = desk.says(case, "hearing")
    assert request.late
    refused(
        "request_late",
        services.call_hearing,
        actor=desk.director,
        at=desk.at,
        case=case,
        request=request,
        host=desk.reviewer,
    )


def test_a_hearing_is_announced_seven_working_days_before(desk):
    case = desk.hearing()
    host = case.hearing.host
    said = {"actor": host, "at": desk.at, "hearing": case.hearing}
    soon = services.Sitting(instant(date(2026, 3, 10)), "Room 2")
    refused("too_soon", services.set_hearing, sitting=soon, **said)
    services.set_hearing(
        sitting=services.Sitting(instant(date(2026, 3, 11)), "Room 2"), **said
    )


@pytest.mark.parametrize("measure", ["fine", "confiscation"])
@pytest.mark.parametrize(
    ("kind", "amount", "offered"),
    [
        ("company", 99999, False),
        ("company", 100000, True),
        ("company", 100001, True),
        ("person", 9999, False),
        ("person", 10000, True),
        ("person", 10001, True),
    ],
)
def test_the_right_to_a_hearing_begins_at_the_threshold(
    desk, kind, amount, offered, measure
):
    case = desk.investigating(respondents=(PartyFacts(kind=kind, name="R"),))
    amounts = {"fine": 0, measure: amount}
    assert desk.propose(case, **amounts).hearing_offered is offered


def test_goods_that_wait_keep_the_report_back(desk):
    case = desk.investigating()
    measure = preserve(desk, case, date(2026, 3, 2))
    said = {"actor": desk.one, "at": desk.at}
    refused("measure_open", services.submit_for_review, case=case, report="x", **said)
    services.settle_measure(measure=measure, outcome=Measure.Outcome.RETURNED, **said)
    refused(
        "approval_missing", services.submit_for_review, case=case, report="x", **said
    )
    services.approve_measure(actor=desk.director, at=desk.at, measure=measure)
    services.submit_for_review(case=case, report="Done.", **said)


def test_service_by_announcement_counts_when_its_period_is_over(desk):
    case = desk.decided()
    delivery = services.Delivery(
        "announcement", desk.at.date(), proof=desk.item("gazette.txt")
    )
    served = services.serve_decision(
        actor=desk.one, at=desk.at, party=desk.respondent(case), delivery=delivery
    )
    assert served.served_on == date(2026, 4, 1)


def test_service_without_proof_is_refused(desk):
    case = desk.decided()
    delivery = services.Delivery("direct", desk.at.date(), desk.at.date())
    refused(
        "proof_missing",
        services.serve_decision,
        actor=desk.one,
        at=desk.at,
        party=desk.respondent(case),
        delivery=delivery,
    )


def test_a_transfer_to_the_police_runs_in_days_and_hours(desk):
    case = desk.investigating()
    facts = services.TransferFacts("police", "Public security", "The amount is high.")
    transfer = services.propose_transfer(
        actor=desk.one, at=desk.at, case=case, facts=facts
    )
    assert due(case, "deadlines.transfer.head_decides") == date(2026, 3, 5)
    services.approve_transfer(actor=desk.director, at=desk.at, transfer=transfer)
    assert due(case, "deadlines.transfer.send") == date(2026, 3, 3)
    services.send_transfer(actor=desk.one, at=desk.at, transfer=transfer)
    assert not transfer.case.clocks.filter(met_on=None, dropped_on=None).exists()


def test_reconsideration_is_noted_only_against_a_decision(desk):
    facts = services.ChallengeFacts(
        "reconsideration", "City government", desk.at.date()
    )
    said = {"actor": desk.one, "at": desk.at, "facts": facts}
    refused("not_decided", services.note_challenge, case=desk.investigating(), **said)


def test_the_clocks_of_an_ended_case_run_no_more(desk):
    for made in (desk.withdrawn, desk.not_filed, desk.closed):
        case = made()
        left = case.clocks.filter(met_on=None, dropped_on=None, side="agency")
        assert not left.exists()
        assert Case.objects.get(pk=case.pk).next_due_on is None


def test_an_account_with_no_file_sees_none(desk, now):
    desk.notified()
    account = open_account(
        actor=offices.SYSTEM,
        at=now,
        facts=AccountFacts("nobody", "respondent", party=offices.holder(now).party),
    )
    assert not queries.respondent_parties(account).exists()
