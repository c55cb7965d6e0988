"""How complete and how fresh a book is: what `law check` prints."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hufu.engines.law.rulebook import Rule
from hufu.engines.law.ruling import Ruling
from hufu.engines.law.workdays import Workdays

STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a book holds on a day, and what asks for attention."""

    rules: int
    rulings: int
    by_kind: Mapping[str, int]
    by_confidence: Mapping[str, int]
    unconfirmed: tuple[Ruling, ...]
    stale: tuple[str, ...]
    missing_years: tuple[int, ...]


def survey(rules: Mapping[str, Rule], calendar: Workdays, day: date) -> Survey:
    """Count the rules, and name the unconfirmed, the stale and the missing."""
    rulings = [ruling for rule in rules.values() for ruling in rule.rulings]
    rulings += [year.ruling for year in calendar.years.values()]
    wanted = (day.year, day.year + 1)
    return Survey(
        rules=len(rules),
        rulings=len(rulings),
        by_kind=dict(sorted(Counter(r.kind for r in rules.values()).items())),
        by_confidence=dict(sorted(Counter(r.confidence for r in rulings).items())),
        unconfirmed=tuple(r for r in rulings if not r.is_confirmed),
        stale=tuple(n for n, r in rules.items() if r.checked_on + STALE_AFTER < day),
        missing_years=tuple(y for y in wanted if y not in calendar.years),
    )
