"""The hours of the demonstration: past working days, ten in the morning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hufu.base.law import book

LEGAL_TIME = ZoneInfo("Asia/Shanghai")
MORNING = time(10, 0)


@dataclass
class Days:
    """A hand that only moves forward, from working day to working day.

    On the first working day of each month it calls `on_new_month`.
    """

    on: date
    minutes: int = 0
    on_new_month: Callable[["Days"], None] | None = None

    @property
    def at(self) -> datetime:
        """Return the next instant of the day: acts follow each other by minutes."""
        self.minutes += 3
        start = datetime.combine(self.on, MORNING, LEGAL_TIME)
        return start + timedelta(minutes=self.minutes)

    def later(self, days: int = 1) -> datetime:
        """Move on by working days."""
        for _ in range(days):
            before, self.on = self.on, next_working_day(self.on)
            self.minutes = 0
            if self.on_new_month and before.month != self.on.month:
                self.on_new_month(self)
        return self.at


def next_working_day(day: date) -> date:
    """Return the first working day after `day`."""
    day += timedelta(days=1)
    while not book().calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_before(day: date, count: int) -> date:
    """Return the working day that lies `count` working days before `day`."""
    for _ in range(count):
        day -= timedelta(days=1)
        while not book().calendar.is_working_day(day):
            day -= timedelta(days=1)
    return day
