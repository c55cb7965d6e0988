"""Actors that are not accounts: the clock, and people who hold a code."""

from dataclasses import dataclass
from uuid import UUID

from hufu.domain.people.permissions import BEARER, CLOCKWORK, REPORTER


@dataclass(frozen=True)
class Clockwork:
    """The system itself, doing what was scheduled, for the agencies named."""

    agencies: frozenset[str] = frozenset()
    label: str = "system"

    def holds(self, permission: str) -> bool:
        """Allow scheduled work only."""
        return permission in CLOCKWORK


@dataclass(frozen=True)
class Reporter:
    """Whoever reports or holds a report's receipt. Says nothing about who it is.

    `agencies` is the agency of the report followed, so that the record is open.
    """

    agencies: frozenset[str] = frozenset()
    label: str = "reporter"

    def holds(self, permission: str) -> bool:
        """Allow reporting, following and adding."""
        return permission in REPORTER


@dataclass(frozen=True)
class Bearer:
    """Whoever holds the code printed on a served notice of one case."""

    case: UUID
    agencies: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Name the bearer by the case whose notice they hold."""
        return f"bearer:{self.case}"

    def holds(self, permission: str) -> bool:
        """Allow the respondent's acts."""
        return permission in BEARER
