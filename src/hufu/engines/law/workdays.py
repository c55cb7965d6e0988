"""Which days are working days: weekends, official holidays, make-up working days."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from hufu.engines.law.ruling import Bilingual, LawError, Ruling

FIRST, LAST = date(1985, 1, 1), date(2085, 1, 1)
WEEKEND = Bilingual("weekend", "周末休息日")
MAKE_UP = Bilingual("make-up working day", "调休上班日")


class BeyondCalendarError(LawError):
    """A count of working days leaves the years that are known."""


@dataclass(frozen=True, slots=True)
class Year:
    """The official calendar of one year."""

    year: int
    holidays: Mapping[date, Bilingual]
    make_up: frozenset[date]
    ruling: Ruling


@dataclass(frozen=True)
class Workdays:
    """Counts working days between 1985 and 2085.

    In a year whose official table is missing only weekends are rest days:
    `is_settled` tells.
    """

    weekend: frozenset[int]
    years: Mapping[int, Year]

    @cached_property
    def _holidays(self) -> dict[date, Bilingual]:
        return {d: n for y in self.years.values() for d, n in y.holidays.items()}

    @cached_property
    def _make_up(self) -> frozenset[date]:
        return frozenset(d for y in self.years.values() for d in y.make_up)

    @cached_property
    def _ordinals(self) -> list[int]:
        return [n for n in range(FIRST.toordinal(), LAST.toordinal()) if self._works(n)]

    @cached_property
    def _working(self) -> frozenset[int]:
        return frozenset(self._ordinals)

    def _works(self, ordinal: int) -> bool:
        day = date.fromordinal(ordinal)
        if day in self._holidays:
            return False
        return day.isoweekday() not in self.weekend or day in self._make_up

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self._works(day.toordinal())

    def is_settled(self, day: date) -> bool:
        """Whether the official calendar of that year is in the pack."""
        return day.year in self.years

    def reason(self, day: date) -> tuple[str, Bilingual] | None:
        """Say what is special about `day`: a code and words, or None."""
        if day in self._holidays:
            return "holiday", self._holidays[day]
        if day in self._make_up:
            return "make_up", MAKE_UP
        if day.isoweekday() in self.weekend:
            return "weekend", WEEKEND
        return None

    def count_until(self, day: date) -> int:
        """Return how many working days lie on or before `day` (from 1985)."""
        return bisect_right(self._ordinals, day.toordinal())

    def after(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`; `day` itself is not counted."""
        return self._nth(self.count_until(day) + n - 1)

    def before(self, day: date, n: int) -> date:
        """Return the n-th working day before `day`; `day` itself is not counted."""
        return self._nth(self.count_until(day - timedelta(days=1)) - n)

    def _nth(self, index: int) -> date:
        # A negative index would silently count from the other end of the table.
        if not 0 <= index < len(self._ordinals):
            raise BeyondCalendarError(f"working days are known from {FIRST} to {LAST}")
        return date.fromordinal(self._ordinals[index])

    def on_or_after(self, day: date) -> date:
        """Return `day`, or the next working day when `day` is a rest day."""
        return day if day.toordinal() in self._working else self.after(day, 1)

    def on_or_before(self, day: date) -> date:
        """Return `day`, or the last working day before when `day` is a rest day."""
        return day if day.toordinal() in self._working else self.before(day, 1)

    def rulings(self, days: Iterable[int]) -> tuple[Ruling, ...]:
        """Return the calendars of these years, as far as they are settled."""
        return tuple(self.years[y].ruling for y in sorted(days) if y in self.years)
