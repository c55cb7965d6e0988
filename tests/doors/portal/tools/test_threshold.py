"""The threshold tool against acts weighed by hand."""

import pytest

pytestmark = pytest.mark.django_db
NOW = {"on": "2026-05-01", "decided_on": "2026-06-01"}
WORKED = [
    ("counterfeit_mark", {**NOW, "f_illegal_business_volume": "50000"},
     "Yes: the threshold is reached", "是：达到入罪标准", "exactly reached"),
    ("counterfeit_mark", {**NOW, "f_illegal_business_volume": "49,999.99"},
     "No: the figures stay below", "否：未达到入罪标准", "0.01 more"),
    ("counterfeit_mark", {**NOW, "f_illegal_business_volume": "5万"},
     "Yes: the threshold is reached", "是：达到入罪标准", "exactly reached"),
    # Two marks: 30,000 are enough.
    ("counterfeit_mark",
     {**NOW, "f_illegal_business_volume": "30000", "f_marks_count": "2"},
     "Yes: the threshold is reached", "是：达到入罪标准", "Number of registered marks"),
    # Somebody punished within two years: 30,000 are enough.
    ("counterfeit_mark",
     {**NOW, "f_illegal_business_volume": "30000",
      "f_punished_within_2y_trademark": "on"},
     "Yes: the threshold is reached", "是：达到入罪标准", "Punished for a trademark"),
    # Two acts that were never punished are added up.
    ("selling_counterfeits", {**NOW, "f_sales_amount": "20000 + 35000"},
     "Yes: the threshold is reached", "是：达到入罪标准", "20,000 + 35,000 = 55,000"),
    ("selling_counterfeits", {**NOW, "f_sales_amount": "500000"},
     "Yes: the heavier tier is reached", "是：达到加重标准", "3 to 10 years"),
    # 600 pieces at the price really paid, not at that on the label.
    ("selling_counterfeits",
     {**NOW, "goods1_n": "600", "goods1_found": "250", "goods1_label": "900"},
     "Yes, as an attempt", "构成未遂", "150,000"),
    # Between the amendment of the Code and the interpretation of 2025 no figure holds.
    ("selling_counterfeits",
     {"on": "2022-05-01", "decided_on": "2023-05-01", "f_sales_amount": "60000"},
     "A person must review", "须由人审查", "illegal gains"),
    # 250,000 were grave when it was done, 500,000 are when it is judged.
    ("counterfeit_mark",
     {"on": "2019-05-01", "decided_on": "2026-05-01",
      "f_illegal_business_volume": "260000"},
     "Yes: the threshold is reached", "是：达到入罪标准", "the lighter one counts"),
    ("trade_secret", {**NOW, "f_loss_amount": "300000"},
     "Yes: the threshold is reached", "是：达到入罪标准", "2,700,000 more"),
    ("copyright", {**NOW, "f_copies_count": "499"},
     "No: the figures stay below", "否：未达到入罪标准", "1 more"),
]  # fmt: skip


@pytest.mark.parametrize("worked", WORKED)
def test_the_tool_agrees_with_the_hand(ask, worked):
    offence, facts, english, chinese, working = worked
    page = ask("threshold", offence=offence, **facts)
    assert english in page
    assert working in page
    assert "Where it is written" in page
    assert chinese in ask("threshold", "zh-hans", offence=offence, **facts)


def test_no_figure_of_another_year_is_shown_in_the_gap(ask):
    facts = {"on": "2022-05-01", "decided_on": "2023-05-01", "f_sales_amount": "60000"}
    page = ask("threshold", offence="selling_counterfeits", **facts)
    assert "50,000 or more" not in page
    assert "no figures to compare with" in page


def test_suspicion_is_enough_for_a_transfer(ask):
    facts = {**NOW, "f_sales_amount": "1000", "is_suspected": "on"}
    page = ask("threshold", offence="selling_counterfeits", **facts)
    assert "Reasonable suspicion is enough" in page


def test_a_figure_that_the_law_does_not_ask_for_is_named(ask):
    facts = {**NOW, "f_sales_amount": "60000", "f_click_count": "5"}
    page = ask("threshold", offence="selling_counterfeits", **facts)
    assert "does not ask for these figures: clicks" in page


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "Write at least one figure"),
        ({"f_sales_amount": "-5"}, "Write numbers from 0 up"),
        ({"f_sales_amount": "1e30"}, "Write numbers from 0 up"),
        ({"f_sales_amount": "1" + "0" * 30}, "Write numbers from 0 up"),
        ({"f_sales_amount": "20000 +"}, "Write numbers from 0 up"),
        ({"f_sales_amount": "+".join(["1"] * 60)}, "At most 50 acts fit"),
        ({"goods1_n": "5"}, "Write at least one price a piece."),
        ({"goods1_n": "1.5", "goods1_label": "3"}, "Write a whole number from 0 up."),
        ({"goods1_label": "3"}, "Write how many pieces there are."),
    ],
)
def test_what_is_no_figure_is_sent_back(ask, facts, told):
    page = ask("threshold", offence="selling_counterfeits", **NOW, **facts)
    assert "Something needs your attention" in page
    assert told in page
