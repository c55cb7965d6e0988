from datetime import date

import pytest

import offices
from casework import Desk, Duty, preserve, refused
from hufu.base.errors import Refusal
from hufu.domain.cases import queries, services
from hufu.domain.cases.models import Case, Interest
from hufu.domain.evidence import queries as evidence
from hufu.domain.people.actors import Bearer
from hufu.domain.people.services import PartyFacts

pytestmark = pytest.mark.django_db
FILING = "deadlines.penalty.case_filing"
DECISION = "deadlines.penalty.decision"


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def test_one_officer_alone_investigates_nothing(desk):
    case = desk.open()
    services.file_case(actor=desk.director, at=desk.at, case=case)
    said = {"actor": desk.one, "at": desk.at, "case": case}
    refusal = refused("too_few_officers", services.start_investigation, **said)
    assert refusal.basis
    refused(
        "too_few_officers", services.add_exhibit, item=desk.item(), purpose="x", **said
    )


def test_the_second_officer_standing_back_stops_the_investigation(desk):
    case = desk.investigating()
    services.declare_conflict(
        actor=desk.two, at=desk.at, case=case, reason="My brother sells there."
    )
    said = {"at": desk.at, "case": case}
    refused(
        "too_few_officers",
        services.submit_for_review,
        actor=desk.one,
        report="x",
        **said,
    )
    refused(
        "other_agency", services.submit_for_review, actor=desk.two, report="x", **said
    )


def test_an_officer_tied_to_a_party_is_refused_every_act(desk):
    case = desk.investigating()
    services.note_interest(
        actor=desk.one,
        at=desk.at,
        account=desk.one,
        party=desk.respondent(case).party,
        kind=Interest.Kind.FAMILY,
    )
    said = {"actor": desk.one, "at": desk.at, "case": case}
    refused("conflict", services.submit_for_review, report="x", **said)
    refused("conflict", services.add_exhibit, item=desk.item(), purpose="x", **said)
    task = {"assignee": desk.two, "title": "x", "due_on": desk.at.date()}
    refused("conflict", services.assign_task, **task, **said)


def test_whoever_reported_the_matter_cannot_open_its_case(desk):
    desk.one.email = "one@office.test"
    desk.one.save(update_fields=["email"])
    lead = desk.lead(name="One", contact="one@office.test")
    with pytest.raises(Refusal) as refusal:
        desk.open([lead])
    assert refusal.value.code == "conflict"


def test_a_respondents_request_for_recusal_waits_for_the_head(desk):
    case = desk.notified()
    conflict = services.ask_recusal(
        actor=Bearer(case.pk),
        at=desk.at,
        party=desk.respondent(case),
        officer=desk.one,
        reason="He is a competitor's brother.",
    )
    preserve(desk, case, date(2026, 3, 2))
    services.decide_conflict(
        actor=desk.director,
        at=desk.at,
        conflict=conflict,
        stands_back=True,
        answer="It is true.",
    )
    with pytest.raises(Refusal):
        preserve(desk, case, date(2026, 3, 2))


def test_whoever_investigates_neither_reviews_decides_nor_hears(desk, now):
    case = desk.notified(fine=200000)
    request = desk.says(case, "hearing")
    said = {"actor": desk.director, "at": desk.at, "case": case}
    refused(
        "investigated_it",
        services.call_hearing,
        request=request,
        host=desk.one,
        **said,
    )
    refused(
        "already_joined",
        services.join_participant,
        account=desk.one,
        duty=Duty.REVIEWER,
        reason="x",
        **said,
    )


def test_a_stale_copy_cannot_act_twice(desk):
    case = desk.open()
    stale = Case.objects.get(pk=case.pk)
    services.file_case(actor=desk.director, at=desk.at, case=case)
    refused(
        "changed_meanwhile",
        services.refuse_filing,
        actor=desk.director,
        at=desk.at,
        case=stale,
        reason="No violation.",
    )
    assert Case.objects.get(pk=case.pk).state == "filed"


def test_an_agency_elsewhere_is_refused_with_the_competent_body_named(desk):
    with pytest.raises(Refusal) as refusal:
        desk.open(region="110105")
    assert refusal.value.code == "not_competent"
    assert "Beijing" in refusal.value.message
    assert refusal.value.basis


def test_a_designation_by_a_superior_allows_it_and_is_recorded(desk):
    given = services.Designation(
        "State Administration",
        "2026-15",
        "Administrative Penalty Law art. 25",
        desk.at.date(),
    )
    case = desk.open(region="110105", designation=given)
    assert case.override.document == "2026-15"


def test_a_market_agency_has_no_copyright_case(desk):
    with pytest.raises(Refusal) as refusal:
        desk.open(right_kind="copyright", act="piracy")
    assert refusal.value.code == "not_competent"


def test_a_wrong_credit_code_is_refused(desk):
    wrong = PartyFacts(kind="company", name="Shop", uscc="91440300MA5FICT01B")
    with pytest.raises(Refusal) as refusal:
        desk.open(respondents=(wrong,))
    assert refusal.value.code == "uscc_invalid"


def test_an_act_older_than_the_limitation_is_not_filed(desk):
    case = desk.open(occurred_on=date(2024, 2, 27))
    refused(
        "limitation", services.file_case, actor=desk.director, at=desk.at, case=case
    )


def test_an_exhibit_is_seen_by_the_team_only_and_leaving_ends_it(desk, now):
    case = desk.investigating()
    colleague = offices.officer(now, desk.office, "investigator", "colleague")
    item = desk.item()
    services.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=item, purpose="the sale"
    )

    def sees(account):
        return evidence.visible_items(account).filter(pk=item.pk).exists()

    assert [sees(a) for a in (desk.one, desk.two, desk.reviewer)] == [True] * 3
    assert not sees(colleague)
    desk.join(case, colleague, Duty.OBSERVER)
    assert sees(colleague)
    member = case.participants.get(account=colleague)
    services.remove_participant(
        actor=desk.director, at=desk.at, participant=member, reason="no longer needed"
    )
    assert not sees(colleague)
    assert not queries.visible_cases(colleague).exists()
