import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn, example
from hufu.engines.law import NoRulingError, PenaltyFacts

AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
MAYBE = st.none() | AMOUNTS
NAMES = [n.removeprefix("penalties.") for n in cn().names("penalties.")]
RANGES = [
    (name, ruling.since)
    for name in NAMES
    for ruling in cn().rule(f"penalties.{name}").rulings
]


def trademark(day, **facts):
    return cn().penalty("trademark_infringement", PenaltyFacts(on=day, **facts))


@pytest.mark.parametrize(
    ("turnover", "high"),
    [
        (None, 250_000),
        (0, 250_000),
        ("49999.99", 250_000),
        (50_000, 250_000),
        (50_001, 250_005),
    ],
)
def test_the_trademark_fine_turns_at_fifty_thousand(turnover, high):
    amount = None if turnover is None else Decimal(turnover)
    fine = trademark(date(2026, 11, 1), illegal_turnover=amount)
    assert (fine.low, fine.high, fine.unit) == (0, high, "CNY")


@pytest.mark.parametrize(
    ("day", "article", "destroys"),
    [(date(2026, 12, 31), "Art. 60(2)", True), (date(2027, 1, 1), "Art. 74(2)", False)],
)
def test_in_2027_the_article_moves_and_the_word_destroy_goes(day, article, destroys):
    fine = trademark(day, illegal_turnover=Decimal(60_000))
    assert fine.high == 300_000
    assert fine.ruling.source.article.en == article
    assert any("destroy" in o.en for o in fine.orders) is destroys


def test_before_2014_the_fine_was_up_to_three_times():
    fine = trademark(date(2014, 4, 30), illegal_turnover=Decimal(10_000))
    assert fine.high == 30_000
    assert not fine.is_confirmed


@pytest.mark.parametrize(
    ("gains", "high"), [(None, 250_000), (50_000, 250_000), ("50000.01", "250000.05")]
)
def test_for_patents_gains_count_and_fifty_thousand_itself_is_still_below(gains, high):
    amount = None if gains is None else Decimal(gains)
    facts = PenaltyFacts(
        on=date(2024, 1, 1), gains=amount, illegal_turnover=Decimal(10**6)
    )
    assert cn().penalty("patent_passing_off", facts).high == Decimal(high)


def test_a_patent_infringement_knows_no_fine():
    fine = cn().penalty("patent_infringement", PenaltyFacts(on=date(2024, 1, 1)))
    assert fine.high == 0
    assert fine.judge(Decimal(1)).code == "above"


def test_a_copyright_fine_has_a_floor_and_needs_harm_to_the_public_interest():
    facts = PenaltyFacts(on=date(2024, 1, 1), illegal_turnover=Decimal(80_000))
    fine = cn().penalty("copyright_infringement", facts)
    assert (fine.low, fine.high) == (80_000, 400_000)
    assert "public interest" in fine.conditions[0].en


@pytest.mark.parametrize(
    ("day", "low"), [(date(2025, 10, 14), 500_000), (date(2025, 10, 15), 1_000_000)]
)
def test_the_floor_for_serious_trade_secret_cases_doubled_in_2025(day, low):
    facts = PenaltyFacts(on=day, circumstances=("serious",))
    fine = cn().penalty("trade_secret_infringement", facts)
    assert (fine.low, fine.high) == (low, 5_000_000)


def test_software_takes_the_widest_of_copies_and_goods_value():
    facts = PenaltyFacts(on=date(2024, 1, 1), goods_value=Decimal(1000), copies=200)
    fine = cn().penalty("software_copying", facts)
    assert (fine.low, fine.high) == (1000, 20_000)


def test_a_fine_inside_the_range_is_lawful_and_one_above_is_not():
    fine = trademark(date(2026, 11, 1), illegal_turnover=Decimal(60_000))
    assert fine.judge(Decimal(300_000)).is_lawful
    above = fine.judge(Decimal("300000.01"), ["repeat_within_5_years"])
    assert (above.is_lawful, above.code) == (False, "above")


def test_below_the_floor_only_a_ground_of_mitigation_helps():
    facts = PenaltyFacts(on=date(2024, 1, 1), illegal_turnover=Decimal(80_000))
    fine = cn().penalty("copyright_infringement", facts)
    assert fine.judge(Decimal(79_999)).code == "below"
    assert fine.judge(Decimal(79_999), ["repeat_within_5_years"]).code == "below"
    helped = fine.judge(Decimal(79_999), ["removed_harm"])
    assert (helped.is_lawful, helped.code) == (True, "mitigated")
    assert helped.ruling.rule == "grounds.penalty_law"


def test_an_innocent_seller_is_ordered_to_stop_and_not_fined():
    fine = trademark(
        date(2026, 11, 1),
        illegal_turnover=Decimal(60_000),
        circumstances=("innocent_seller",),
    )
    assert (fine.low, fine.high) == (0, 0)
    assert fine.judge(Decimal(1)).code == "exempt"


def test_a_slight_first_violation_may_go_unfined_but_need_not():
    fine = trademark(
        date(2026, 11, 1),
        illegal_turnover=Decimal(1000),
        circumstances=("first_minor_corrected",),
    )
    assert fine.exemption.effect == "may_exempt"
    assert (fine.low, fine.high) == (0, 250_000)


def test_the_first_offence_exemption_came_with_the_law_of_2021():
    def codes(day):
        return [c.code for c in cn().circumstances("trademark_infringement", day)]

    assert "first_minor_corrected" not in codes(date(2021, 7, 14))
    assert "first_minor_corrected" in codes(date(2021, 7, 15))


def test_the_lighter_law_applies_when_the_law_changed_before_the_decision():
    old, new = date(2025, 10, 1), date(2025, 11, 1)
    facts = PenaltyFacts(on=old, decided_on=new, circumstances=("serious",))
    fine = cn().penalty("trade_secret_infringement", facts)
    assert fine.low == 500_000
    turned = PenaltyFacts(on=new, decided_on=new, circumstances=("serious",))
    assert cn().penalty("trade_secret_infringement", turned).low == 1_000_000
    assert len(fine.rulings) >= 2


def test_the_new_law_applies_to_an_older_act_when_it_is_lighter():
    facts = PenaltyFacts(
        on=date(2018, 6, 1), decided_on=date(2019, 12, 1), gains=Decimal(1)
    )
    lighter = example().penalty("mark_misuse", facts)
    assert lighter.high == 2
    later = PenaltyFacts(on=date(2018, 6, 1), decided_on=date(2020, 6, 1))
    assert example().penalty("mark_misuse", later).high == 500


def test_a_range_can_be_stored():
    data = trademark(date(2026, 11, 1), illegal_turnover=Decimal(60_000)).as_json()
    assert json.loads(json.dumps(data))["high"] == "300000"


def test_no_rule_no_range():
    with pytest.raises(NoRulingError):
        cn().penalty("trademark_misleading_use", PenaltyFacts(on=date(2026, 12, 31)))


@given(st.sampled_from(RANGES), MAYBE, MAYBE, MAYBE)
def test_no_range_is_ever_upside_down(where, turnover, gains, value):
    name, day = where
    facts = PenaltyFacts(
        on=day, illegal_turnover=turnover, gains=gains, goods_value=value
    )
    fine = cn().penalty(name, facts)
    assert 0 <= fine.low <= fine.high


@given(st.sampled_from(RANGES), st.dates(date(2002, 9, 15), date(2028, 1, 1)), AMOUNTS)
def test_the_lighter_law_is_never_heavier_than_the_law_of_the_act(
    where, decided, amount
):
    name, day = where
    facts = {"illegal_turnover": amount, "gains": amount, "goods_value": amount}
    try:
        compared = cn().penalty(name, PenaltyFacts(on=day, decided_on=decided, **facts))
    except NoRulingError:
        return
    alone = cn().penalty(name, PenaltyFacts(on=day, **facts))
    assert (compared.high, compared.low) <= (alone.high, alone.low)


@given(AMOUNTS, AMOUNTS)
def test_more_turnover_never_means_a_lower_ceiling(one, other):
    less, more = sorted((one, other))
    day = date(2026, 1, 1)
    assert (
        trademark(day, illegal_turnover=less).high
        <= trademark(day, illegal_turnover=more).high
    )
