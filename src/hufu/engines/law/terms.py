"""How long a right lasts, and what delay or approval adds to it."""

from dataclasses import dataclass
from datetime import date, timedelta

from hufu.engines.law.deadlines import add_months
from hufu.engines.law.ruling import Ruling

MONTHS = 12
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """The day on which a right is over (its anniversary), and under which rule."""

    expires_on: date
    ruling: Ruling

    @property
    def last_on(self) -> date:
        """The last day of protection: the day before it is over."""
        return self.expires_on - DAY


@dataclass(frozen=True, slots=True)
class DrugTerm:
    """The day on which an extended drug patent is over, and the days added."""

    expires_on: date
    added_days: int
    rulings: tuple[Ruling, ...]

    @property
    def last_on(self) -> date:
        """The last day of protection: the day before it is over."""
        return self.expires_on - DAY


@dataclass(frozen=True, slots=True)
class Delay:
    """Whether a grant came late by the rule."""

    is_delayed: bool
    ruling: Ruling


def term(ruling: Ruling, from_on: date) -> Term:
    """Return a term of so many years from a day; it is over on the anniversary."""
    return Term(add_months(from_on, MONTHS * int(ruling.value)), ruling)


def delay(
    ruling: Ruling, filed_on: date, requested_on: date, granted_on: date
) -> Delay:
    """Say whether grant came so late that the term may be adjusted.

    Both must have passed: so many years from filing, and from the examination request.
    """
    after_filing = add_months(filed_on, MONTHS * ruling.value["after_filing_years"])
    years = ruling.value["after_examination_request_years"]
    after_request = add_months(requested_on, MONTHS * years)
    return Delay(granted_on > after_filing and granted_on > after_request, ruling)


def drug_extension(
    rule: Ruling, usual: Term, filed_on: date, approved_on: date
) -> DrugTerm:
    """Return the extended term: approval minus filing minus five years, twice capped.

    The extension is five years at most, and the right ends fourteen years after the
    approval at the latest; figures are the rule's.
    """
    limits = rule.value
    from_on = add_months(filed_on, MONTHS * limits["less_years"])
    days = max((approved_on - from_on).days, 0)
    wished = usual.expires_on + timedelta(days=days)
    longest = add_months(usual.expires_on, MONTHS * limits["max_years"])
    latest = add_months(approved_on, MONTHS * limits["max_total_after_approval_years"])
    ends = max(min(wished, longest, latest), usual.expires_on)
    return DrugTerm(ends, (ends - usual.expires_on).days, (usual.ruling, rule))
