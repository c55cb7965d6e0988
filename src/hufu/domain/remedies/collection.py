"""What is owed on a day: fine, payments, instalments, surcharge for lateness. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

DAY = timedelta(days=1)
ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Due:
    """An amount and the last day on which paying it is in time."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Paid:
    """An amount and the day on which it came in."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Rest:
    """Days (both inclusive) on which no surcharge accrues: a challenge is pending."""

    from_on: date
    to_on: date


@dataclass(frozen=True)
class Surcharge:
    """A share of the unpaid sum per day of delay, at most `cap` of the whole fine."""

    rate: Decimal
    cap: Decimal


@dataclass(frozen=True)
class Balance:
    """How a decision's money stands on one day."""

    owed: Decimal
    paid: Decimal
    surcharge: Decimal
    late_days: int
    next_due_on: date | None = field(default=None)

    @property
    def outstanding(self) -> Decimal:
        """What is still to be paid of the sums decided."""
        return max(ZERO, self.owed - self.paid)

    @property
    def total(self) -> Decimal:
        """What is still to be paid, the surcharge included."""
        return max(ZERO, self.owed + self.surcharge - self.paid)

    @property
    def settled(self) -> bool:
        """Say whether everything is paid."""
        return self.total == ZERO


def balance_on(
    day: date,
    dues: Sequence[Due],
    payments: Iterable[Paid],
    *,
    surcharge: Surcharge,
    rests: Iterable[Rest] = (),
) -> Balance:
    """Return how the money stands at the end of `day`.

    The surcharge grows on each day after a due date by `rate` of what was then due and
    unpaid at the start of that day, and stops at `cap` times everything owed.
    """
    dues = sorted(dues, key=lambda d: d.on)
    payments = sorted((p for p in payments if p.on <= day), key=lambda p: p.on)
    owed = sum((d.amount for d in dues), ZERO)
    paid = sum((p.amount for p in payments), ZERO)
    rests = tuple(rests)
    grown, late = ZERO, 0
    # Nothing grows after the last event once everything is paid.
    days = [d.on for d in dues] + [p.on for p in payments]
    last = day if paid < owed else max(days, default=day)
    at = dues[0].on + DAY if dues else day + DAY
    while at <= day:
        due = sum((d.amount for d in dues if d.on < at), ZERO)
        unpaid = due - sum((p.amount for p in payments if p.on < at), ZERO)
        resting = any(r.from_on <= at <= r.to_on for r in rests)
        if unpaid > ZERO and not resting:
            grown, late = grown + unpaid * surcharge.rate, late + 1
        if grown >= owed * surcharge.cap or at > last:
            break
        at += DAY
    grown = min(grown, owed * surcharge.cap).quantize(CENT)
    return Balance(owed, paid, grown, late, _next(dues, paid))


def _next(dues: Sequence[Due], paid: Decimal) -> date | None:
    """Return the due day of the first sum that the payments do not cover."""
    covered = paid
    for due in dues:
        if covered < due.amount:
            return due.on
        covered -= due.amount
    return None
