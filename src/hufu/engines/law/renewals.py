"""Terms that are renewed, that run to the end of a year, or have a table of years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hufu.engines.law.deadlines import add_months
from hufu.engines.law.ruling import Ruling
from hufu.engines.law.terms import MONTHS, Term

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Renewed:
    """The last day after all renewals, and until when it may be renewed once more."""

    last_on: date
    renewable_until_on: date
    renewals: int
    ruling: Ruling


def renewed(
    ruling: Ruling, last_on: date, renewals: Iterable[date], *, is_stated: bool = False
) -> Renewed:
    """Return what renewals make of a term that ends on `last_on`.

    Each adds the rule's years from the day after the term before. One that comes after
    a whole term went by shows that the renewals between were made too, unless the last
    day is the one an office states: then it counts only within the time for renewal.
    """
    rule, count = ruling.value, 0
    for on in sorted(renewals):
        while not is_stated and add_months(last_on, rule["grace_months"]) < on:
            last_on, count = _longer(last_on, rule["years"]), count + 1
        opens = add_months(last_on + DAY, -rule["before_months"])
        if opens <= on <= add_months(last_on, rule["grace_months"]):
            last_on, count = _longer(last_on, rule["years"]), count + 1
    until = add_months(last_on, rule["grace_months"])
    return Renewed(last_on, until, count, ruling)


def _longer(last_on: date, years: int) -> date:
    """Return the last day so many years on, counted from the day after."""
    return add_months(last_on + DAY, MONTHS * years) - DAY


def term_to_year_end(ruling: Ruling, from_on: date) -> Term:
    """Return a term that runs to 31 December of the last of so many years."""
    return Term(date(from_on.year + int(ruling.value) + 1, 1, 1), ruling)


def term_of_years(ruling: Ruling, from_on: date, years: int) -> Term:
    """Return a term of so many years of a ruling that names several numbers."""
    return Term(add_months(from_on, MONTHS * years), ruling)
