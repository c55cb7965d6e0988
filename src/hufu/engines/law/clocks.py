"""What a legal clock is made of: lengths, pauses, extensions, grounds, a count."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hufu.engines.law.ruling import Bilingual, Ruling
from hufu.engines.law.workdays import Workdays

UNITS = ("working_day", "day", "month", "year", "hour", "day_of_next_month")


class UnfitError(ValueError):
    """Pauses or extensions that cannot be counted; `part` says which of the two."""

    def __init__(self, part: str, message: str) -> None:
        """Keep the part that does not fit."""
        super().__init__(message)
        self.part = part


@dataclass(frozen=True, slots=True)
class Pause:
    """A span that does not count, both days included, on a ground the rule knows."""

    from_on: date
    to_on: date
    ground: str

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.to_on < self.from_on:
            raise UnfitError(
                "pauses", f"a pause ends on {self.to_on} before {self.from_on}"
            )


@dataclass(frozen=True, slots=True)
class Extension:
    """More time; `n` and `unit` only where the law leaves the length to the body."""

    ground: str
    n: int | None = None
    unit: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """So many working days, days, months, years or hours."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which the law lets a clock stop or gives more time."""

    code: str
    kind: str
    title: Bilingual
    length: Length | None
    after: str | None
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Clock:
    """What counting needs besides the rule: calendar, rule of counting, time zone."""

    workdays: Workdays
    counting: Ruling
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Count:
    """A clock that was run: when it began, what was counted, when it ended."""

    name: str
    title: Bilingual
    start_on: date
    due_on: date
    due_at: datetime | None
    counted_on: date
    lengths: tuple[Length, ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    ruling: Ruling
    is_provisional: bool
    clock: Clock = field(repr=False)

    @property
    def length(self) -> Length:
        """Return the limit as the rule states it, before any extension."""
        return self.lengths[0]

    @property
    def runs_backwards(self) -> bool:
        """Whether the act must come so long before the event."""
        return bool(self.ruling.value.get("direction") == "before")

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Return the rule, the rule of counting and the calendars it touched."""
        first, last = sorted((self.start_on, self.due_on))
        years = range(first.year, last.year + 1)
        official = self.clock.workdays.rulings(years)
        return (self.ruling, self.clock.counting, *official)

    @property
    def is_confirmed(self) -> bool:
        """Whether every ruling behind the date was read in the law."""
        return not self.is_provisional and all(r.is_confirmed for r in self.rulings)
