"""Opinions art. 10: what is plain goes fast, by a written rule that can be read."""

from decimal import Decimal

import pytest

import offices
from hufu.domain.leads import services as leads
from hufu.domain.leads.lanes import ceiling, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "lane"),
    [
        ({}, "simple"),
        ({"act": "patent_infringement", "right_kind": "invention"}, "complex"),
        ({"seller": ""}, "complex"),
        ({"quantity": 101}, "complex"),
    ],
)
def test_the_lane_follows_from_what_is_reported_and_says_why(now, said, lane):
    offices.agency(now)
    lead = offices.report(now, **said)
    assert lead.lane == lane
    assert all(words_of(lead.lane_reasons))


def test_the_value_of_the_goods_is_held_against_the_law_of_the_day(now):
    offices.agency(now)
    limit = ceiling(now.date())
    at_the_limit = offices.report(now, 1, value=limit)
    above = offices.report(now, 2, value=limit + Decimal("0.01"))
    assert (at_the_limit.lane, above.lane) == ("simple", "complex")


def test_plain_leads_are_accepted_together_and_a_person_may_change_the_lane(now):
    office = offices.agency(now)
    officer = offices.officer(now, office)
    found = [offices.report(now, number) for number in (1, 2, 3)]
    leads.accept_leads(actor=officer, at=now, leads=found)
    for lead in found:
        lead.refresh_from_db()
    assert {lead.state for lead in found} == {"accepted"}
    leads.change_lane(
        actor=officer, at=now, lead=found[0], lane="complex", reason="a chain of shops"
    )
    assert found[0].lane == "complex"
