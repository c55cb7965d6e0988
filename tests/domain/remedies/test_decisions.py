"""Who decides, within which range, and on which law."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

import offices
import verdicts
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case
from hufu.domain.remedies import queries, services
from hufu.domain.remedies.models import Decision
from hufu.engines.law import Ruling

pytestmark = pytest.mark.django_db
Ground = services.GroundFacts


@pytest.fixture
def office(now, storage):
    return verdicts.notified(now, storage, fine=Decimal(600000))


def refused(code, act, *args, **said):
    with pytest.raises(Refusal) as refusal:
        act(*args, **said)
    assert refusal.value.code == code
    return refusal.value


def review(office, decision, actor=None):
    return services.review_decision(
        actor=actor or office.reviewer, at=office.now, decision=decision
    )


def approve(office, decision, actor=None):
    return services.approve_decision(
        actor=actor or office.director, at=office.now, decision=decision
    )


def test_a_fine_outside_the_range_is_refused_with_its_article(office):
    refusal = refused("fine_above", verdicts.draft, office, fine=Decimal("250000.01"))
    assert "60(2)" in refusal.basis
    assert "250000" in refusal.message
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("turnover", "fine"),
    [
        (Decimal("49999.99"), Decimal(250000)),
        (Decimal(50000), Decimal(250000)),
        (Decimal(100000), Decimal(500000)),
        (None, Decimal(250000)),
        (Decimal(100000), Decimal("0.01")),
    ],
)
def test_a_fine_at_the_edge_of_the_range_is_lawful(office, turnover, fine):
    decision = verdicts.draft(office, fine=fine, illegal_turnover=turnover)
    assert decision.penalties.get(kind="fine").amount == fine


def test_one_yuan_above_five_times_the_turnover_is_refused(office):
    refused(
        "fine_above",
        verdicts.draft,
        office,
        fine=Decimal(500001),
        illegal_turnover=Decimal(100000),
    )


def secret(fine, *grounds):
    return {
        "rule": "trade_secret_infringement",
        "fine": fine,
        "illegal_turnover": None,
        "grounds": tuple(Ground(code, "see exhibit 1") for code in grounds),
    }


def test_a_serious_circumstance_opens_the_higher_range(office):
    above = Decimal(2000000)
    refused("fine_above", verdicts.draft, office, **secret(above))
    decision = verdicts.draft(office, **secret(above, "serious"))
    assert decision.grounds.get().ruling["source"]["article"]["en"]
    assert Decimal(decision.range["low"]) == 1000000


def test_below_the_range_only_a_ground_of_mitigation_helps(office):
    below = Decimal(50000)
    refused("fine_below", verdicts.draft, office, **secret(below))
    decision = verdicts.draft(office, **secret(below, "removed_harm"))
    ground = decision.grounds.get()
    assert ground.effect == "mitigate"
    assert Ruling.from_json(ground.ruling).source.cite("zh")


def test_aggravation_never_lifts_a_fine_above_the_range(office):
    refused(
        "fine_above",
        verdicts.draft,
        office,
        fine=Decimal(300000),
        grounds=(Ground("repeat_within_5_years", "decision of 2024"),),
    )


def test_a_ground_the_law_does_not_name_is_refused(office):
    refused(
        "ground_unknown", verdicts.draft, office, grounds=(Ground("friend", "kind"),)
    )


def test_a_ground_nobody_explains_is_refused(office):
    refused(
        "ground_unexplained",
        verdicts.draft,
        office,
        grounds=(Ground("removed_harm", " "),),
    )


def test_an_innocent_seller_is_not_fined_but_ordered_to_stop(office):
    innocent = (Ground("innocent_seller", "invoice of the supplier"),)
    refused("fine_exempt", verdicts.draft, office, grounds=innocent)
    decision = verdicts.draft(office, fine=None, grounds=innocent)
    assert [p.kind for p in decision.penalties.all()] == ["order"]


def test_one_violation_is_fined_once(office):
    refused(
        "fined_twice",
        verdicts.draft,
        office,
        lines=(services.Line("fine", Decimal(10)), verdicts.ORDER),
    )


def test_no_more_gains_are_confiscated_than_were_found(office):
    gains = services.Line("gains", Decimal(5001))
    refused(
        "gains_not_found", verdicts.draft, office, lines=(gains,), gains=Decimal(5000)
    )
    assert verdicts.draft(
        office, lines=(services.Line("gains", Decimal(5000)),), gains=Decimal(5000)
    )


def test_the_decision_keeps_the_law_as_it_stood(office):
    decision = verdicts.approved(office)
    stored = Decision.objects.get(pk=decision.pk)
    ruling = Ruling.from_json(stored.range["rulings"][0])
    assert ruling.rule == "penalties.trademark_infringement"
    assert (ruling.since, ruling.until) == (date(2019, 11, 1), date(2026, 12, 31))
    assert stored.range["working"]
    assert stored.periods["payment"]["lengths"] == [{"n": 15, "unit": "day"}]


def test_the_case_allows_one_live_decision(office):
    first = verdicts.draft(office)
    refused("decision_exists", verdicts.draft, office)
    services.drop_decision(
        actor=office.handler, at=office.now, decision=first, reason="wrong party"
    )
    assert verdicts.draft(office).state == "draft"


def test_only_an_officer_who_handles_the_case_drafts(office, now):
    stranger = offices.officer(now, office.agency, "investigator", "stranger")
    refused(
        "not_your_duty",
        services.draft_decision,
        actor=stranger,
        at=office.now,
        case=office.case,
        proposal=verdicts.proposal(),
    )


def test_the_drafter_can_neither_review_nor_approve(office):
    decision = verdicts.draft(office)
    for role in ("reviewer", "director"):
        office.handler.role = role
        office.handler.save()
        act = review if role == "reviewer" else approve
        if role == "director":
            decision = review(office, decision)
        refused("same_person", act, office, decision, office.handler)


def test_the_reviewer_cannot_approve(office):
    decision = verdicts.reviewed(office)
    office.reviewer.role = "director"
    office.reviewer.save()
    refused("same_person", approve, office, decision, office.reviewer)


def test_the_database_itself_refuses_the_same_person_twice(office):
    decision = verdicts.draft(office)
    decision.reviewed_by = office.handler
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_another_handler_of_the_case_does_not_review(office):
    decision = verdicts.draft(office)
    office.second.role = "reviewer"
    office.second.save()
    refused("investigated_it", review, office, decision, office.second)


def test_a_decision_without_words_in_both_languages_is_not_reviewed(office):
    decision = verdicts.draft(office, wording=services.Wording(findings_en="Sold."))
    refused("words_missing", review, office, decision)


def test_approval_decides_the_case_with_the_decisions_name(office):
    decision = verdicts.approved(office)
    case = Case.objects.get(pk=office.case.pk)
    assert (decision.state, case.state) == ("approved", "decided")
    assert case.decision_ref == str(decision.pk)


def test_a_fine_above_the_one_announced_needs_a_new_notice(now, storage):
    office = verdicts.notified(now, storage, fine=Decimal(50000))
    decision = verdicts.reviewed(office, fine=Decimal(50001))
    refusal = refused("heavier_than_told", approve, office, decision)
    assert "45" in refusal.basis


def test_a_reviewed_draft_sent_back_needs_review_again(office):
    decision = verdicts.reviewed(office)
    services.send_back_decision(
        actor=office.director, at=office.now, decision=decision, reason="too short"
    )
    refused("wrong_state", approve, office, decision)
    services.revise_decision(
        actor=office.second,
        at=office.now,
        decision=decision,
        proposal=verdicts.proposal(fine=Decimal(50000)),
    )
    assert decision.drafted_by == office.second
    assert decision.penalties.get(kind="fine").amount == 50000
    assert approve(office, review(office, decision)).state == "approved"


def test_a_stale_copy_cannot_approve_twice(office):
    decision = verdicts.reviewed(office)
    stale = Decision.objects.get(pk=decision.pk)
    approve(office, decision)
    refused("changed_meanwhile", approve, office, stale)


def test_an_unconfirmed_rule_needs_a_reviewer_who_read_the_law(now, storage):
    office = verdicts.notified(now, storage)
    old = {"acted_on": date(2010, 5, 5), "fine": Decimal(10000)}
    decision = verdicts.draft(office, **old)
    unread = [
        r["rule"] for r in decision.range["rulings"] if r["confidence"] == "unconfirmed"
    ]
    assert unread
    refusal = refused("ruling_unconfirmed", review, office, decision)
    assert refusal.basis
    for rule in set(unread):
        services.confirm_ruling(
            actor=office.reviewer,
            at=office.now,
            decision=decision,
            rule=rule,
            reason="read in the gazette",
        )
    assert review(office, decision).state == "reviewed"


def test_the_journal_holds_digests_of_the_words_and_no_words(office):
    decision = verdicts.approved(office)
    facts = str([e.facts for e in Entry.objects.filter(subject_id=str(decision.pk))])
    assert "pairs of shoes" not in facts
    assert "250000" in facts


def test_the_letter_is_kept_by_its_hash_and_is_the_same_twice(office):
    decision = verdicts.approved(office)
    first, second = (
        verdicts.decision_letters(decision),
        verdicts.decision_letters(decision),
    )
    assert first == second
    services.issue_decision(
        actor=office.handler,
        at=office.now,
        decision=decision,
        storage=office.storage,
        letters=first,
    )
    assert decision.letter_zh.restricted
    with office.storage.open(queries.letter_blob(decision, "zh-hans").sha256) as kept:
        assert kept.read() == first.zh


def test_service_starts_the_periods_and_says_when_each_ends(office):
    decision = verdicts.served(office)
    clock = decision.clocks.get()
    assert clock.rule == "deadlines.penalty.payment"
    assert clock.started_on == office.today
    assert clock.due_on >= office.today + timedelta(days=15)
    rules = set(decision.case.clocks.values_list("rule", flat=True))
    assert {"deadlines.reconsideration.apply", "deadlines.litigation.sue"} <= rules


def test_only_an_issued_decision_is_served(office):
    decision = verdicts.approved(office)
    refused(
        "not_issued",
        services.serve_decision,
        actor=office.handler,
        at=office.now,
        decision=decision,
        party=decision.case.parties.get(role="respondent"),
        delivery=verdicts.delivery(office),
    )


def test_outside_the_team_a_decision_does_not_exist(office, now):
    decision = verdicts.draft(office)
    stranger = offices.officer(now, office.agency, "investigator", "stranger")
    assert decision not in queries.visible_decisions(stranger)
    assert decision in queries.visible_decisions(office.second)
    assert decision in queries.visible_decisions(office.director)


def test_the_letter_names_facts_evidence_law_decision_payment_and_rights(office):
    decision = verdicts.approved(office)
    letter = queries.letter_of(decision, "en")
    text = "\n".join(letter.texts())
    for words in (
        verdicts.FIRM,
        verdicts.CODE,
        "200 pairs of shoes",
        "goods that bear the mark",
        "60(2)",
        "CNY 60,000.00",
        "15 days",
        "60 days",
        "6 months",
        "3%",
    ):
        assert words in text


def test_a_revoked_decision_is_noted_and_its_periods_stop(office):
    decision = verdicts.served(office)
    services.revoke_decision(
        actor=office.director,
        at=office.now,
        decision=decision,
        reason="reconsideration 2026-7",
    )
    assert decision.revoked_on == office.today
    assert decision.clocks.get().dropped_on == office.today
    assert cases.latest_intention(decision.case)
