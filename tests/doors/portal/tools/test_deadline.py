"""The deadline calculator against days counted by hand on the official calendars."""

import pytest

pytestmark = pytest.mark.django_db
# Period, facts, last day in English and in Chinese, one of the reasons.
WORKED = [
    # 29 and 30 September, then the holiday, 8, 9 and the make-up Saturday.
    ("penalty.hearing_request", {"start": "2026-09-28"},
     "10 October 2026", "2026年10月10日", "make-up working day"),
    # Sunday 20 September and 15 days end in the holiday, which lasts to the 7th.
    ("penalty.payment", {"start": "2026-09-20"},
     "8 October 2026", "2026年10月8日", "carried to the next working day"),
    ("reconsideration.apply", {"start": "2026-01-01"},
     "2 March 2026", "2026年3月2日", "The limit is 60 calendar days"),
    ("litigation.sue", {"start": "2026-01-31"},
     "31 July 2026", "2026年7月31日", "The limit is 6 months"),
    # Saturday the 14th works, the 15th to the 23rd are the Spring Festival.
    ("customs.holder_reply", {"start": "2026-02-13"},
     "25 February 2026", "2026年2月25日", "Spring Festival"),
    # Counted back over the Dragon Boat Festival of 19 to 21 June.
    ("penalty.hearing_notice", {"start": "2026-06-30"},
     "18 June 2026", "2026年6月18日", "7 working days before"),
    # 120 days and the 11 of the hearing end on a Saturday.
    ("penalty.decision",
     {"start": "2026-09-28", "stop1": "hearing", "stop1_from": "2026-10-10",
      "stop1_to": "2026-10-20", "more_complex": "on"},
     "8 February 2027", "2027年2月8日", "Stopped from 2026-10-10 to 2026-10-20"),
    ("penalty.decision",
     {"start": "2026-03-02", "more_complex": "on", "more_collective": "10",
      "more_collective_unit": "working_day"},
     "14 July 2026", "2026年7月14日", "Extended by 10 working days"),
    ("transfer.send", {"start": "2026-03-10", "hour": "14:30"},
     "11 March 2026, 14:30", "2026年3月11日", "The limit is 24 hours"),
]  # fmt: skip


@pytest.mark.parametrize("worked", WORKED)
def test_the_last_day_is_the_one_counted_by_hand(ask, worked):
    name, facts, english, chinese, reason = worked
    rule = f"deadlines.{name}"
    page = ask("deadline", rule=rule, **facts)
    assert f"Last day {english}" in page
    assert reason in page
    assert "Where it is written" in page
    assert "This is no legal advice." in page
    assert chinese in ask("deadline", "zh-hans", rule=rule, **facts)


def test_a_year_without_official_holidays_makes_the_day_provisional(ask):
    rule = "deadlines.penalty.decision"
    assert "This date may still move" in ask("deadline", rule=rule, start="2026-12-01")
    assert "may still move" not in ask("deadline", rule=rule, start="2026-03-02")


def test_what_is_unconfirmed_is_marked(ask):
    page = ask("deadline", rule="deadlines.civil.appeal_abroad", start="2026-03-02")
    assert "Part of this is unconfirmed" in page


def test_before_the_law_began_the_page_says_from_when_on(ask):
    page = ask("deadline", rule="deadlines.penalty.decision", start="1990-05-01")
    assert "No answer" in page
    assert "they begin on 1 April 2019" in page


def test_twenty_years_fit_on_the_page(client):
    page = client.get(
        "/tools/deadline/",
        {"rule": "deadlines.civil.limitation_long_stop", "start": "2026-03-02"},
    )
    assert "2 March 2046" in page.text
    assert page.text.count("<tr") < 20


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"stop1": "hearing"}, "Reason, first and last day belong together."),
        ({"stop1": "hearing", "stop1_from": "2026-05-02", "stop1_to": "2026-05-01"},
         "The last day lies before the first."),
        ({"stop1": "rain", "stop1_from": "2026-05-01", "stop1_to": "2026-05-02"},
         "Choose one from the list."),
        ({"more_collective": "10"}, "This comes only after: complex case"),
        ({"more_collective": "0"}, "greater than or equal to 1"),
    ],
)  # fmt: skip
def test_half_a_ground_is_sent_back_with_what_to_do(ask, facts, told):
    rule = "deadlines.penalty.decision"
    assert told in ask("deadline", rule=rule, start="2026-03-02", **facts)
