from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn
from hufu.engines.law import Act, CrimeFacts, Goods, NoRulingError, accumulate

NOW = date(2026, 1, 1)
OFFENCES = [n.rsplit(".", 1)[1] for n in cn().names("criminal.thresholds.")]
METRICS = [m for m in cn().on(NOW, "criminal.metrics").value if "punished" not in m]
AMOUNTS = [m for m in METRICS if m not in ("conduct", "bankruptcy_of_right_holder")]
FIGURES = st.dictionaries(st.sampled_from(AMOUNTS), st.integers(0, 10**7), max_size=5)
DAYS = st.dates(date(2004, 12, 22), date(2026, 12, 31))
RANK = ("none", "attempt_first", "first", "attempt_second", "second", "review")


def crime(offence, on, decided_on=None, **figures):
    facts = CrimeFacts(
        on=on,
        decided_on=decided_on,
        figures={k: v if v is True else Decimal(v) for k, v in figures.items()},
    )
    return cn().crime(offence, facts)


def test_it_says_which_prong_was_met_and_by_how_much():
    found = crime("counterfeit_mark", NOW, illegal_business_volume=80_000)
    (prong,) = found.met
    assert prong.text.zh == "非法经营数额50,000以上"
    assert prong.measures[0].excess == 30_000


def test_it_says_what_is_missing_for_the_next_tier():
    found = crime("counterfeit_mark", NOW, illegal_business_volume=80_000)
    assert found.nearest.measures[0].missing == 420_000
    below = crime("copyright", NOW, copies_count=200)
    assert "half" in below.nearest.text.en or below.nearest.measures[0].missing <= 300


def test_in_the_gap_it_gives_a_reason_and_no_number():
    found = crime("selling_counterfeits", date(2023, 1, 1), sales_amount=900_000)
    assert found.needs_review
    assert not found.is_reached
    assert found.sentence is None
    assert "a person must review" in found.reasons[0].en
    assert "须由人审查" in found.reasons[0].zh


def test_the_sentence_follows_the_lighter_law():
    old, new = date(2020, 1, 1), date(2025, 6, 1)
    found = crime("counterfeit_mark", old, new, illegal_business_volume=260_000)
    assert found.tier == "first"
    assert found.sentence["max_years"] == 3
    assert [a.tier for a in found.compared] == ["second", "first"]


def test_acts_already_dealt_with_are_not_added_up():
    acts = [
        Act(date(2025, 5, 1), {"illegal_business_volume": Decimal(30_000)}),
        Act(date(2025, 6, 1), {"illegal_business_volume": Decimal(25_000)}),
        Act(date(2025, 7, 1), {"illegal_business_volume": Decimal(99_000)}, True),  # noqa: FBT003 - the class names it
    ]
    assert accumulate(acts) == {"illegal_business_volume": 55_000}


@pytest.mark.parametrize(
    ("day", "price", "amount"),
    [
        (date(2025, 4, 25), "found_average_price", 800),
        (date(2025, 4, 26), "found_average_price", 800),
    ],
)
def test_unsold_goods_count_at_the_found_price(day, price, amount):
    goods = Goods(
        10,
        found_average_price=Decimal(80),
        labelled_price=Decimal(300),
        market_price=Decimal(900),
    )
    valued = cn().value_goods(goods, day)
    assert (valued.price, valued.amount) == (price, amount)


def test_in_2004_label_and_found_price_stood_on_one_level_and_in_2025_not():
    goods = Goods(10, found_average_price=Decimal(300), labelled_price=Decimal(80))
    assert cn().value_goods(goods, date(2025, 4, 25)).amount == 800
    assert cn().value_goods(goods, date(2025, 4, 26)).amount == 3000


def test_without_any_price_goods_have_no_value():
    valued = cn().value_goods(Goods(10), NOW)
    assert valued.amount is None


def test_the_market_price_comes_last_and_the_price_paid_first():
    market = Goods(2, market_price=Decimal(500))
    assert cn().value_goods(market, NOW).price == "market_price"
    sold = Goods(2, is_sold=True, sale_price=Decimal(10), market_price=Decimal(500))
    assert cn().value_goods(sold, NOW).amount == 20


def test_before_the_first_interpretation_there_is_no_answer():
    with pytest.raises(NoRulingError):
        crime("counterfeit_mark", date(2004, 12, 21), illegal_gains=1)


@given(st.sampled_from(OFFENCES), DAYS, FIGURES, st.sampled_from(AMOUNTS))
def test_more_of_a_figure_never_means_a_lower_tier(offence, day, figures, metric):
    more = {**figures, metric: figures.get(metric, 0) + 50_000}
    try:
        before, after = crime(offence, day, **figures), crime(offence, day, **more)
    except NoRulingError:
        return
    if before.needs_review:
        return  # a person decides; what more is known may settle it
    assert RANK.index(after.tier) >= RANK.index(before.tier)


@given(st.sampled_from(OFFENCES), DAYS, DAYS, FIGURES)
def test_the_lighter_law_is_never_heavier(offence, one, other, figures):
    act, decision = sorted((one, other))
    try:
        alone = crime(offence, act, **figures)
        compared = crime(offence, act, decision, **figures)
    except NoRulingError:
        return
    if compared.needs_review:
        return
    assert compared.severity <= alone.severity


@given(st.sampled_from(OFFENCES), DAYS, FIGURES)
def test_a_tier_is_reached_if_and_only_if_a_prong_is_met(offence, day, figures):
    try:
        found = crime(offence, day, **figures)
    except NoRulingError:
        return
    if found.is_reached:
        assert found.met
    if found.tier == "none":
        assert not [p for p in found.prongs("first") if p.is_met]


def test_an_amount_that_nobody_read_reaches_a_tier_but_asks_for_a_person():
    found = crime("selling_counterfeits", date(2015, 1, 1), goods_value=250_000)
    assert (found.tier, found.is_confirmed) == ("attempt_second", False)
    assert "须由人审查" in found.reasons[0].zh
    read = crime("selling_counterfeits", date(2015, 1, 1), goods_value=249_999)
    assert (read.tier, read.is_confirmed, read.reasons) == ("attempt_first", True, ())


def test_two_figures_of_one_item_ask_for_a_person_and_say_why():
    found = crime("copyright", NOW, click_count=50_000, download_count=5_000)
    assert found.needs_review
    assert "one and the same item" in found.reasons[0].en
    assert "同属第四项" in found.reasons[0].zh


def test_the_two_nearest_halves_are_of_two_items():
    found = crime("copyright", NOW, click_count=40_000, download_count=4_000)
    halves = next(p for p in found.prongs("first") if "half" in p.text.en)
    metrics = [m.metric for m in halves.measures]
    assert len(metrics) == 2
    assert not {"click_count", "download_count"} <= set(metrics)
