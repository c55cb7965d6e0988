"""Opinions art. 9: a case is handled by the competent body, step by step, in time."""

from itertools import pairwise

import pytest

import offices
from casework import Desk, Duty
from hufu.base.errors import Refusal
from hufu.base.journal import sequence_entries, verify_journal
from hufu.base.models import Entry
from hufu.domain.cases import services as cases

pytestmark = pytest.mark.django_db


def test_a_lead_becomes_a_decided_served_and_closed_case(now, storage):
    desk = Desk(now, storage)
    lead = desk.lead()
    case = desk.filed([lead])
    lead.refresh_from_db()
    assert (lead.state, lead.case_number) == ("in_case", case.number)
    cases.start_investigation(actor=desk.one, at=desk.at, case=case)
    desk.propose(case)
    cases.submit_for_review(actor=desk.one, at=desk.at, case=case, report="All found.")
    desk.review(case)
    case = desk.notify(case)

    with pytest.raises(Refusal) as refusal:
        desk.decide(case)
    assert refusal.value.code == "still_may_speak"
    assert refusal.value.basis

    desk.says(case, "waiver")
    desk.decide(case)
    cases.serve_decision(
        actor=desk.one,
        at=desk.at,
        party=desk.respondent(case),
        delivery=desk.delivery(),
    )
    case.refresh_from_db()
    cases.note_executed(actor=desk.one, at=desk.at, case=case)
    cases.close_case(actor=desk.director, at=desk.at, case=case, report="Paid.")
    assert case.state == "closed"
    assert not [c for c in case.clocks.all() if c.running and c.side == "agency"]

    sequence_entries(at=desk.at)
    assert list(verify_journal()) == []
    moves = Entry.objects.filter(subject_id=str(case.pk)).exclude(after="")
    states = [(e.before, e.after) for e in moves.order_by("pk")]
    assert states[0][0] == ""
    assert all(a[1] == b[0] for a, b in pairwise(states))


def test_an_agency_that_is_not_competent_learns_who_is(now, storage):
    desk = Desk(now, storage)
    with pytest.raises(Refusal) as refusal:
        desk.open(region="330100")
    assert refusal.value.code == "not_competent"
    assert refusal.value.basis


def test_an_officer_of_another_agency_joins_and_sees_the_file(now, storage):
    desk = Desk(now, storage)
    case = desk.investigating()
    elsewhere = offices.agency(now, "hangzhou", "330100")
    guest = offices.officer(now, elsewhere, "investigator", "guest")
    assert not case.open_to(guest)
    desk.join(case, guest, Duty.OBSERVER)
    case = type(case).objects.get(pk=case.pk)
    assert case.open_to(guest)
