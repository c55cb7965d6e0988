"""How complete and how fresh a book is: what `law check` prints."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from hufu.engines.law.rulebook import Loader, Rule
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


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the facts behind a pack are in it, or left out for a reason."""

    facts: int
    loaded: int
    left_out: int
    unaccounted: tuple[str, ...]


def coverage(folder: Path, rules: Iterable[Rule]) -> Coverage:
    """Compare the index of facts in a pack (`coverage/facts.yaml`) with its rules."""
    path = folder / "coverage/facts.yaml"
    index: Mapping[str, Any] = {"facts": (), "left_out": ()}
    if path.exists():
        index = yaml.load(path.read_bytes(), Loader)  # noqa: S506 - a safe loader
    facts = [f["id"] for f in index["facts"]]
    loaded = {fact for rule in rules for fact in rule.facts}
    reasons = {f["id"] for f in index["left_out"]}
    return Coverage(
        facts=len(facts),
        loaded=sum(fact in loaded for fact in facts),
        left_out=sum(fact in reasons for fact in facts),
        unaccounted=tuple(f for f in facts if f not in loaded | reasons),
    )
