from datetime import UTC, date, datetime, timedelta

import pytest

from engines.law.packs import cn, example
from hufu.engines.law import Extension, Pause, UnlawfulGroundError


def due(name, start, pauses=(), extensions=()):
    return cn().deadline(f"deadlines.{name}", start, pauses, extensions)


# Worked by hand on the official calendars of 2024, 2025 and 2026.
FESTIVALS = [
    # Spring Festival 2024: holiday 10–17 Feb; 4 and 18 Feb are worked.
    ("penalty.registered_preservation", date(2024, 2, 2), date(2024, 2, 18)),
    ("customs.holder_reply", date(2024, 2, 8), date(2024, 2, 19)),
    ("complaint.accept", date(2024, 2, 9), date(2024, 2, 26)),
    # Spring Festival 2025: holiday 28 Jan–4 Feb; 26 Jan and 8 Feb are worked.
    ("customs.holder_reply", date(2025, 1, 24), date(2025, 2, 5)),
    ("penalty.hearing_request", date(2025, 1, 27), date(2025, 2, 10)),
    ("penalty.case_filing", date(2025, 1, 20), date(2025, 2, 14)),
    # Spring Festival 2026: holiday 15–23 Feb; 14 and 28 Feb are worked.
    ("customs.holder_reply", date(2026, 2, 13), date(2026, 2, 25)),
    ("penalty.registered_preservation", date(2026, 2, 11), date(2026, 2, 27)),
    ("penalty.case_filing", date(2026, 2, 11), date(2026, 3, 10)),
    # National Day 2024: holiday 1–7 Oct; 29 Sep and 12 Oct are worked.
    ("penalty.hearing_request", date(2024, 9, 27), date(2024, 10, 10)),
    ("customs.holder_reply", date(2024, 10, 9), date(2024, 10, 12)),
    # National Day 2025: holiday 1–8 Oct; 28 Sep and 11 Oct are worked.
    ("penalty.hearing_request", date(2025, 9, 28), date(2025, 10, 11)),
    ("customs.holder_reply", date(2025, 9, 30), date(2025, 10, 11)),
    # National Day 2026: holiday 1–7 Oct; 20 Sep and 10 Oct are worked.
    ("penalty.hearing_request", date(2026, 9, 28), date(2026, 10, 10)),
    ("publication.penalty", date(2026, 9, 10), date(2026, 10, 14)),
]


@pytest.mark.parametrize(("name", "start", "expected"), FESTIVALS)
def test_working_days_across_festivals_agree_with_the_hand_worked_table(
    name, start, expected
):
    assert due(name, start).due_on == expected


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("penalty.payment", date(2026, 9, 20), date(2026, 10, 8)),
        ("reconsideration.apply", date(2026, 8, 3), date(2026, 10, 8)),
        ("reconsideration.apply", date(2025, 12, 18), date(2026, 2, 24)),
        ("litigation.sue", date(2025, 8, 31), date(2026, 2, 28)),
        (
            "ecommerce.wait_after_counter_statement",
            date(2025, 9, 20),
            date(2025, 10, 9),
        ),
    ],
)
def test_a_calendar_period_that_ends_in_a_festival_is_carried_over(
    name, start, expected
):
    assert due(name, start).due_on == expected


def test_six_months_from_the_thirty_first_end_on_the_last_day_of_the_month():
    # 2026-02-28 is a Saturday that is worked, so it stays.
    assert due("litigation.sue", date(2025, 8, 31)).due_on == date(2026, 2, 28)


def test_police_clocks_run_as_written_and_are_not_carried_over():
    friday = date(2026, 11, 20)
    assert due("transfer.head_decides", friday).due_on == date(2026, 11, 23)
    assert due("transfer.police_decide", date(2026, 11, 19)).due_on == date(
        2026, 11, 22
    )


def test_a_clock_in_hours_gives_an_instant():
    decided_at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    deadline = due("transfer.send", decided_at)
    assert deadline.due_at == decided_at + timedelta(hours=24)
    assert deadline.due_on == date(2026, 11, 21)


def test_an_instant_late_in_the_evening_of_greenwich_is_the_next_day_in_china():
    deadline = due("customs.holder_reply", datetime(2026, 11, 19, 17, 0, tzinfo=UTC))
    assert deadline.start_on == date(2026, 11, 20)
    assert deadline.due_on == date(2026, 11, 25)


def test_the_notice_of_a_hearing_comes_seven_working_days_before():
    assert due("penalty.hearing_notice", date(2026, 10, 12)).due_on == date(2026, 9, 24)


def test_the_monthly_return_is_due_on_the_fifteenth():
    deadline = due("oversight.monthly_return", date(2026, 12, 31))
    assert deadline.due_on == date(2027, 1, 15)


def test_ninety_days_can_be_extended_once_and_then_by_the_leaders_together():
    start = date(2026, 3, 2)
    assert due("penalty.decision", start).due_on == date(2026, 6, 1)
    once = due("penalty.decision", start, extensions=[Extension("complex")])
    assert once.due_on == date(2026, 6, 30)
    twice = due(
        "penalty.decision",
        start,
        extensions=[
            Extension("complex"),
            Extension("collective", 20, "day", basis="minutes of 2026-06-25"),
        ],
    )
    assert twice.due_on == date(2026, 7, 20)


def test_the_second_extension_cannot_come_first():
    with pytest.raises(UnlawfulGroundError):
        due(
            "penalty.decision",
            date(2026, 3, 2),
            extensions=[Extension("collective", 20, "day")],
        )


def test_the_same_extension_cannot_be_had_twice():
    with pytest.raises(UnlawfulGroundError):
        due(
            "penalty.case_filing",
            date(2026, 3, 2),
            extensions=[Extension("head_approval"), Extension("head_approval")],
        )


def test_an_extension_cannot_be_longer_than_the_law_allows():
    with pytest.raises(ValueError, match="at most"):
        due(
            "penalty.decision",
            date(2026, 3, 2),
            extensions=[Extension("complex", 31, "day")],
        )


def test_an_extension_that_the_law_leaves_open_needs_a_length():
    with pytest.raises(ValueError, match="must say"):
        due(
            "penalty.decision",
            date(2026, 3, 2),
            extensions=[Extension("complex"), Extension("collective")],
        )


def test_a_pause_needs_a_ground_that_the_rule_knows():
    holiday = Pause(date(2026, 3, 5), date(2026, 3, 9), "officer_on_leave")
    with pytest.raises(UnlawfulGroundError) as caught:
        due("penalty.decision", date(2026, 3, 2), [holiday])
    assert "appraisal" in caught.value.allowed


def test_a_pause_moves_the_date_by_its_days():
    appraisal = Pause(date(2026, 3, 9), date(2026, 3, 18), "appraisal")
    assert due("penalty.decision", date(2026, 3, 2), [appraisal]).due_on == date(
        2026, 6, 10
    )


def test_overlapping_pauses_are_counted_once():
    one = Pause(date(2026, 3, 9), date(2026, 3, 18), "appraisal")
    two = Pause(date(2026, 3, 12), date(2026, 3, 18), "hearing")
    start = date(2026, 3, 2)
    both = due("penalty.decision", start, [one, two])
    assert both.due_on == due("penalty.decision", start, [one]).due_on


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before"):
        Pause(date(2026, 3, 9), date(2026, 3, 8), "appraisal")


def test_a_year_without_an_official_calendar_is_called_provisional():
    deadline = due("penalty.decision", date(2026, 11, 20))
    assert deadline.is_provisional
    assert not deadline.is_confirmed
    assert any("not published" in s.en for s in deadline.explain().sentences)
    assert not due("penalty.decision", date(2026, 3, 2)).is_provisional


def test_the_grounds_of_a_deadline_can_be_asked_for():
    grounds = cn().grounds("deadlines.penalty.case_filing", date(2026, 1, 1))
    assert [(g.kind, g.code) for g in grounds] == [
        ("pause", "appraisal"),
        ("pause", "holder_identification"),
        ("extension", "head_approval"),
    ]
    assert all(g.title.zh for g in grounds)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2021, 7, 14), 3), (date(2021, 7, 15), 5)]
)
def test_the_hearing_request_took_longer_since_the_penalty_law_of_2021(day, expected):
    assert due("penalty.hearing_request", day).length.n == expected


@pytest.mark.parametrize(
    ("day", "article"),
    [
        (date(2021, 12, 31), "Arts. 194–195"),
        (date(2022, 1, 1), "Arts. 201–202"),
        (date(2023, 12, 31), "Arts. 201–202"),
        (date(2024, 1, 1), "Arts. 205–206"),
    ],
)
def test_confirmation_of_mediation_kept_thirty_days_while_its_articles_moved(
    day, article
):
    deadline = due("mediation.confirmation", day)
    assert deadline.length.n == 30
    assert article in deadline.ruling.source.article.en


def test_another_country_has_another_weekend_and_counts_the_first_day():
    # Thursday 5 March; Friday and Saturday are the weekend, 10 and 11 are holidays.
    deadline = example().deadline("deadlines.answer", date(2026, 3, 5))
    assert deadline.due_on == date(2026, 3, 13)
    assert not deadline.is_confirmed


def test_a_deadline_can_be_stored():
    data = due("penalty.decision", date(2026, 3, 2)).as_json()
    assert data["due_on"] == "2026-06-01"
    assert data["rulings"][0]["source"]["article"]["zh"] == "第六十四条"
