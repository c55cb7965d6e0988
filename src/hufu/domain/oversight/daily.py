"""The figures the public is shown for a day: kept as counted, read back as kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hufu.base.models import Entry
from hufu.domain.oversight.disclosure import PublicFigure, PublicPart, for_the_public
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.indicators import Figure, Part, Period
from hufu.domain.oversight.models import DailyFigures

YEAR_MONTHS = 12
# So many entries of a part are shown.
ENTRIES_KEPT = 200


@dataclass(frozen=True)
class OpenedPart:
    """A part that may be shown, and the first of the entries it was counted from."""

    part: PublicPart
    entries: list[Entry]


def twelve_months_to(day: date) -> Period:
    """Return the month of a day and the eleven before, of all agencies."""
    months = day.year * YEAR_MONTHS + day.month - YEAR_MONTHS
    return Period(date(months // YEAR_MONTHS, months % YEAR_MONTHS + 1, 1), day)


def day_before(day: date) -> date:
    """Return the last day that is over."""
    return day - timedelta(days=1)


def kept(figure: Figure) -> dict[str, Any]:
    """Return a figure as it is kept: what may be shown, and a digest of all counted."""
    public = for_the_public(figure)
    return {
        "code": figure.code,
        "value": public.value,
        "suppressed": public.suppressed,
        "parts": [
            _kept_part(shown, part)
            for shown, part in zip(public.parts, figure.parts, strict=True)
        ],
    }


def _kept_part(shown: PublicPart, part: Part) -> dict[str, Any]:
    """Keep a part's count and first entries, or, where it is too small, neither."""
    digest = hashlib.sha256()
    first: list[int] = []
    for key in _keys(part):
        digest.update(b"%d\n" % key)
        if shown.count is not None and len(first) < ENTRIES_KEPT:
            first.append(key)
    told = {"code": part.code, "count": shown.count, "entries": first}
    return told | {"digest": digest.hexdigest()} if first else told


def _keys(part: Part) -> Iterator[int]:
    return part.entries.values_list("pk", flat=True).iterator()


def shown(day: DailyFigures) -> list[PublicFigure]:
    """Return the figures of a day in the reader's words."""
    return [_shown(told) for told in day.figures]


def opened(day: DailyFigures, code: str) -> list[OpenedPart]:
    """Return those parts of a figure that may be shown, with their entries."""
    told = next(told for told in day.figures if told["code"] == code)
    parts = [part for part in told["parts"] if part["count"] is not None]
    keys = {key for part in parts for key in part["entries"]}
    entries = Entry.objects.in_bulk(keys)
    return [
        OpenedPart(_part(code, part), [entries[key] for key in part["entries"]])
        for part in parts
    ]


def _shown(told: dict[str, Any]) -> PublicFigure:
    indicator = FIGURES[told["code"]]
    return PublicFigure(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        about=indicator.about,
        value=told["value"],
        parts=tuple(_part(indicator.code, part) for part in told["parts"]),
        suppressed=told["suppressed"],
    )


def _part(code: str, part: dict[str, Any]) -> PublicPart:
    return PublicPart(part["code"], FIGURES[code].parts[part["code"]], part["count"])
