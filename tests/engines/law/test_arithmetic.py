from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engines.law.packs import cn
from hufu.engines.law import Extension, Pause
from hufu.engines.law.deadlines import add_months

DAY = timedelta(days=1)
WORKING = [
    "penalty.case_filing",
    "penalty.hearing_request",
    "publication.penalty",
    "customs.release_ex_officio",
]
CALENDAR = ["penalty.decision", "penalty.payment", "reconsideration.apply"]
DAYS = st.dates(date(2022, 1, 1), date(2026, 6, 30))
SPANS = st.tuples(st.integers(0, 120), st.integers(0, 40))


def pauses(start, spans):
    return [
        Pause(start + a * DAY, start + (a + n) * DAY, "appraisal") for a, n in spans
    ]


def naive(start, length, stops=()):
    """Count one day after the other, as a person with a calendar would."""
    calendar, day, left = cn().calendar, start, length.n
    while left:
        day += DAY
        stopped = any(p.from_on <= day <= p.to_on for p in stops)
        rest = length.unit == "working_day" and not calendar.is_working_day(day)
        if not stopped and not rest:
            left -= 1
    while not calendar.is_working_day(day):
        day += DAY
    return day


@given(st.sampled_from(WORKING), DAYS)
def test_working_days_agree_with_counting_on_ones_fingers(name, start):
    deadline = cn().deadline(f"deadlines.{name}", start)
    assert deadline.due_on == naive(start, deadline.length)


@given(st.sampled_from(CALENDAR), st.dates(date(2024, 1, 1), date(2026, 6, 30)))
def test_calendar_days_agree_with_counting_on_ones_fingers(name, start):
    deadline = cn().deadline(f"deadlines.{name}", start)
    assert deadline.due_on == naive(start, deadline.length)


@given(DAYS, st.lists(SPANS, max_size=4))
def test_pauses_agree_with_counting_on_ones_fingers(start, spans):
    stops = pauses(start, spans)
    working = cn().deadline("deadlines.penalty.case_filing", start, stops)
    assert working.due_on == naive(start, working.length, stops)
    plain = cn().deadline("deadlines.penalty.decision", start, stops)
    assert plain.due_on == naive(start, plain.length, stops)


@given(DAYS, st.lists(SPANS, max_size=3), SPANS)
def test_a_suspension_never_shortens(start, spans, one_more):
    for name in ("deadlines.penalty.case_filing", "deadlines.penalty.decision"):
        before = cn().deadline(name, start, pauses(start, spans))
        after = cn().deadline(name, start, pauses(start, [*spans, one_more]))
        assert after.due_on >= before.due_on


@given(DAYS, st.integers(1, 30))
def test_an_extension_never_shortens(start, n):
    name = "deadlines.penalty.decision"
    longer = cn().deadline(name, start, extensions=[Extension("complex", n)])
    assert longer.due_on >= cn().deadline(name, start).due_on


@given(DAYS, DAYS)
def test_who_starts_later_never_ends_earlier(one, other):
    first, second = sorted((one, other))
    for name in ("deadlines.penalty.payment", "deadlines.penalty.case_filing"):
        assert cn().deadline(name, first).due_on <= cn().deadline(name, second).due_on


@given(DAYS)
def test_the_explanation_ends_where_the_deadline_ends(start):
    deadline = cn().deadline("deadlines.penalty.case_filing", start)
    days = deadline.explain().days
    assert days[-1].on == deadline.due_on
    assert [d.number for d in days if d.number] == list(range(1, 16))


@given(DAYS, st.integers(1, 60))
def test_months_keep_the_day_or_take_the_last(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + DAY).day == 1


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 200))
def test_forward_and_back_are_each_other_inverse_on_working_days(day, n):
    calendar = cn().calendar
    start = calendar.on_or_after(day)
    assert calendar.before(calendar.after(start, n), n) == start
