from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn
from hufu.engines.law import ListingFacts

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("level", "fined", "amount"),
    [
        (1, 1_000_000, 50_000),
        (1, 1_000, 5_000),
        (1, 0, 5_000),
        (2, 200_000, 6_000),
        (3, 50_000, 1_000),
        (1, 30_000_000, 1_000_000),
    ],
)
def test_a_reward_is_a_share_with_a_least_and_a_most(level, fined, amount):
    found = cn().reward(level, Decimal(fined), DAY)
    assert found.amount == amount
    assert found.is_due


def test_large_rewards_need_the_finance_department():
    assert cn().reward(1, Decimal(10_000_000), DAY).needs_finance_approval
    assert not cn().reward(1, Decimal(9_999_999), DAY).needs_finance_approval


def test_victims_and_staff_get_no_reward_and_are_told_why():
    found = cn().reward(1, Decimal(10**6), DAY, ["victim_or_right_holder"])
    assert not found.is_due
    assert found.amount == 0
    assert "权利" in found.exclusions[0].zh or "被侵权方" in found.exclusions[0].zh


@given(st.sampled_from([1, 2, 3]), st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_fined_never_means_less_reward(level, one, other):
    less, more = sorted((Decimal(one), Decimal(other)))
    assert cn().reward(level, less, DAY).amount <= cn().reward(level, more, DAY).amount


def test_listing_needs_a_listed_act_and_a_heavier_penalty():
    both = ListingFacts({"wilful_infringement"}, {"fined_heavier"})
    found = cn().listing(both, DAY)
    assert found.is_listable
    assert found.needs_consent_above
    assert (
        not cn().listing(ListingFacts({"wilful_infringement"}, set()), DAY).is_listable
    )
    assert not cn().listing(ListingFacts(set(), {"fined_heavier"}), DAY).is_listable


def test_who_proves_no_intent_is_not_listed():
    facts = ListingFacts(
        {"wilful_infringement"}, {"fined_heavier"}, is_lack_of_intent_proved=True
    )
    assert not cn().listing(facts, DAY).is_listable


def test_the_province_lists_without_asking():
    facts = ListingFacts({"agency"}, {"licence"}, level="province")
    assert not cn().listing(facts, DAY).needs_consent_above


def test_repair_says_what_is_missing():
    found = cn().repair({"duties_performed"}, DAY)
    assert not found.is_possible
    assert len(found.missing) == 2
    everything = {"duties_performed", "harm_removed", "no_new_heavier_penalty"}
    assert cn().repair(everything, DAY).is_possible


@pytest.mark.parametrize(
    ("right", "filed_on", "expires_on"),
    [
        ("invention", date(2022, 2, 28), date(2042, 2, 28)),
        ("utility_model", date(2022, 5, 1), date(2032, 5, 1)),
        ("design", date(2021, 5, 31), date(2031, 5, 31)),
        ("design", date(2021, 6, 1), date(2036, 6, 1)),
    ],
)
def test_a_right_lasts_by_the_law_of_its_filing_day(right, filed_on, expires_on):
    assert cn().term(right, filed_on).expires_on == expires_on


@pytest.mark.parametrize(
    ("filed_on", "approved_on", "expires_on"),
    [
        # Approved within five years of filing: nothing is added.
        (date(2020, 1, 1), date(2024, 6, 1), date(2040, 1, 1)),
        # Approved eight years after filing: three years are added, but no more than
        # fourteen years after the approval.
        (date(2016, 2, 1), date(2024, 2, 1), date(2038, 2, 1)),
        # Approved eleven years after filing: five years at most.
        (date(2013, 2, 1), date(2024, 2, 1), date(2038, 2, 1)),
    ],
)
def test_the_patent_of_a_new_drug_is_extended_within_both_limits(
    filed_on, approved_on, expires_on
):
    assert cn().drug_term(filed_on, approved_on).expires_on == expires_on


@pytest.mark.parametrize(
    ("requested_on", "granted_on", "expected"),
    [
        (date(2019, 1, 1), date(2024, 1, 21), True),
        # Granted on the last day of the third year after the request: in time.
        (date(2021, 2, 1), date(2024, 2, 1), False),
        (date(2021, 2, 1), date(2024, 2, 2), True),
    ],
)
def test_an_adjustment_needs_both_delays(requested_on, granted_on, expected):
    found = cn().delay(date(2018, 1, 1), requested_on, granted_on)
    assert found.is_delayed is expected


def test_a_grant_within_four_years_of_filing_is_never_late():
    filed = date(2021, 1, 1)
    assert not cn().delay(filed, filed, date(2025, 1, 1)).is_delayed
    assert cn().delay(filed, filed, date(2025, 1, 2)).is_delayed
