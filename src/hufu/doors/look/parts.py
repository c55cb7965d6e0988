"""What components are given: small values, built in views, shown by templates."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a definition list; `url` makes the value a link."""

    label: str
    value: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline: when, what, by whom."""

    at: datetime | date
    title: str
    text: str = ""
    by: str = ""
    url: str = ""
    tone: str = "plain"

    @property
    def has_hour(self) -> bool:
        """Tell an instant from a legal day."""
        return isinstance(self.at, datetime)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain; `state` is done, now or next."""

    label: str
    state: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A saved filter with the number of records behind it."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
