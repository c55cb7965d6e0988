"""What an indicator is: a number, and the journal entries it was counted from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise

from hufu.base.models import Entry

LEGAL_TIME = ZoneInfo("Asia/Shanghai")

Entries = QuerySet[Entry]


def legal_day(at: datetime) -> date:
    """Return the day an instant falls on in legal time."""
    return at.astimezone(LEGAL_TIME).date()


@dataclass(frozen=True)
class Period:
    """The days counted, both included, and the agencies; none named means all."""

    from_on: date
    to_on: date
    agencies: frozenset[str] = frozenset()

    def entries(self, kind: str, *acts: str) -> Entries:
        """Return the entries of `acts` on records of `kind` within the period."""
        start = datetime.combine(self.from_on, time.min, LEGAL_TIME)
        end = datetime.combine(self.to_on, time.max, LEGAL_TIME)
        return self.here(kind, *acts).filter(at__range=(start, end))

    def here(self, kind: str, *acts: str) -> Entries:
        """Return the entries of `acts` on records of `kind` at any time."""
        found = Entry.objects.filter(subject_kind=kind, act__in=acts)
        if self.agencies:
            found = found.filter(agency__in=self.agencies)
        return found.order_by("pk")


@dataclass(frozen=True)
class Part:
    """Something counted: its entries are what the count opens onto."""

    code: str
    name: str | Promise
    entries: Entries

    @cached_property
    def count(self) -> int:
        """How many entries there are."""
        return self.entries.count()


@dataclass(frozen=True)
class Indicator:
    """How a figure is counted, in words and in code.

    `within` says which part is counted among which other: their difference is a
    count too. `headline` names the part whose count is the value, if one is.
    """

    code: str
    name: str | Promise
    unit: str | Promise
    about: str | Promise
    parts: Mapping[str, str | Promise]
    count: Callable[[Period], Mapping[str, Entries]]
    value: Callable[["Figure"], float | None]
    within: Mapping[str, str]
    headline: str = ""


@dataclass(frozen=True)
class Figure:
    """An indicator for a period, with the parts it was counted from."""

    indicator: Indicator
    parts: tuple[Part, ...]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def name(self) -> str | Promise:
        """The indicator's name."""
        return self.indicator.name

    @property
    def unit(self) -> str | Promise:
        """What the value is counted in."""
        return self.indicator.unit

    @cached_property
    def value(self) -> float | None:
        """The number, or None when there is nothing to measure."""
        return self.indicator.value(self)

    def part(self, code: str) -> Part:
        """Return the part `code`; KeyError when there is none."""
        return {part.code: part for part in self.parts}[code]

    def count_of(self, code: str) -> int:
        """Return how many entries the part `code` has."""
        return self.part(code).count


def measure(indicator: Indicator, period: Period) -> Figure:
    """Count an indicator for a period."""
    found = indicator.count(period)
    parts = tuple(
        Part(code, name, found[code]) for code, name in indicator.parts.items()
    )
    return Figure(indicator, parts)


def share(part: int, whole: int) -> float | None:
    """Return a share in per cent with one decimal, or None of nothing."""
    return round(100 * part / whole, 1) if whole else None
