"""Read the official calendar of each year from a pack."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from hufu.engines.law.rulebook import RawFile, RuleMaker
from hufu.engines.law.ruling import Bilingual, Ruling
from hufu.engines.law.workdays import Year


def read_years(files: Iterable[RawFile], maker: RuleMaker) -> dict[int, Year]:
    """Return the calendar of every year that the pack has."""
    found = [f for f in files if f.data["kind"] == "calendar"]
    return {f.data["year"]: _year(f, maker) for f in found}


def _year(raw: RawFile, maker: RuleMaker) -> Year:
    data = raw.data
    year = data["year"]
    ruling = Ruling(
        rule=raw.name,
        value=year,
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        source=maker.source(data["source"]),
        confidence=data["confidence"],
        title=Bilingual.of(data["title"]),
    )
    holidays = {
        day: Bilingual.of(span["name"])
        for span in data["holidays"]
        for day in _days(span)
    }
    return Year(year, holidays, frozenset(data["working_days"]), ruling)


def _days(span: Mapping[str, Any]) -> Iterator[date]:
    day = span["from"]
    while day <= span["to"]:
        yield day
        day += timedelta(days=1)
