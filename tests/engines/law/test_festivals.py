"""Every deadline across the festivals, against a calendar typed from the notices.

Nothing here is shared with the engine: the days are those of the State Council's
notices for 2024, 2025 and 2026, and counting is one day after the other.
"""

from datetime import date, timedelta

import pytest

from engines.law.packs import cn

DAY = timedelta(days=1)
RESTS = """
2024-01-01 2024-01-01  2024-02-10 2024-02-17  2024-04-04 2024-04-06
2024-05-01 2024-05-05  2024-06-10 2024-06-10  2024-09-15 2024-09-17
2024-10-01 2024-10-07  2025-01-01 2025-01-01  2025-01-28 2025-02-04
2025-04-04 2025-04-06  2025-05-01 2025-05-05  2025-05-31 2025-06-02
2025-10-01 2025-10-08  2026-01-01 2026-01-03  2026-02-15 2026-02-23
2026-04-04 2026-04-06  2026-05-01 2026-05-05  2026-06-19 2026-06-21
2026-09-25 2026-09-27  2026-10-01 2026-10-07
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29
2024-10-12 2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04
2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
SPRING = [date(2024, 1, 25), date(2025, 1, 13), date(2026, 2, 1)]
AUTUMN = [date(2024, 9, 10), date(2025, 9, 10), date(2026, 9, 10)]
LAST = date(2026, 12, 31)
NAMES = [n for n in cn().names("deadlines.") if cn().rule(n).says(SPRING[0])]


def typed_days():
    found = [date.fromisoformat(word) for word in RESTS.split()]
    rests = set()
    for first, last in zip(found[::2], found[1::2], strict=True):
        rests |= {first + i * DAY for i in range((last - first).days + 1)}
    return rests, {date.fromisoformat(word) for word in WORKED.split()}


RESTED, MADE_UP = typed_days()


def works(day):
    return day in MADE_UP or (day not in RESTED and day.weekday() < 5)


def by_hand(value, counting, start):
    """Count as a clerk does with the notices on the wall; None where one cannot."""
    n, unit = value["limit"]["n"], value["limit"]["unit"]
    step = -DAY if value.get("direction") == "before" else DAY
    if unit not in ("day", "working_day"):
        return None
    day = start - step if counting["event_day"] == "counted" else start
    while n:
        day += step
        n -= unit == "day" or works(day)
    if (value.get("rest_day") or counting["rest_day"]) == "next_working_day":
        while not works(day):
            day += step
    return day


def test_the_pack_rests_and_works_on_the_days_of_the_notices():
    day = date(2024, 1, 1)
    while day <= LAST:
        assert cn().calendar.is_working_day(day) == works(day), day
        day += DAY


@pytest.mark.parametrize("first", SPRING + AUTUMN, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_a_deadline_falls_where_a_clerk_would_put_it(name, first):
    for start in (first + i * DAY for i in range(40)):
        ruling = cn().on(start, name)
        counting = cn().on(start, ruling.value["counting"])
        expected = by_hand(ruling.value, counting.value, start)
        if expected is not None and expected <= LAST:
            assert cn().deadline(name, start).due_on == expected, start
