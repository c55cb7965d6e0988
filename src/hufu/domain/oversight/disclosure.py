"""What the public may see of a figure: small cells say nothing."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from hufu.base.models import Entry
from hufu.domain.oversight.indicators import Figure, legal_day

# Below this, a count could point at one person (the usual rule of official
# statistics; Eurostat's handbook on statistical disclosure control, chapter 4).
SMALLEST_CELL = 5


@dataclass(frozen=True)
class PublicPart:
    """A count, or None when it is too small to be shown."""

    code: str
    name: str | Promise
    count: int | None


@dataclass(frozen=True)
class PublicFigure:
    """A figure; all of it is left out where one of its counts would point at one."""

    code: str
    name: str | Promise
    unit: str | Promise
    about: str | Promise
    value: float | None
    parts: tuple[PublicPart, ...]
    suppressed: bool


@dataclass(frozen=True)
class PublicEntry:
    """An entry without actor, agency, record and day: what happened in which month."""

    month: date
    act: str
    kind: str


def for_the_public(figure: Figure) -> PublicFigure:
    """Leave out a figure with counts of 1 to 4, or whose difference would be one."""
    hide = _is_revealing(figure)
    parts = tuple(
        PublicPart(part.code, part.name, None if hide else part.count)
        for part in figure.parts
    )
    return PublicFigure(
        code=figure.code,
        name=figure.name,
        unit=figure.unit,
        about=figure.indicator.about,
        value=None if hide else figure.value,
        parts=parts,
        suppressed=hide,
    )


def redact(entry: Entry) -> PublicEntry:
    """Return what the public may know of an entry."""
    month = legal_day(entry.at).replace(day=1)
    return PublicEntry(month, entry.act, entry.subject_kind)


def _is_revealing(figure: Figure) -> bool:
    """Say whether a count, or what a part leaves of its whole, is small."""
    counts = [part.count for part in figure.parts]
    rests = [
        figure.count_of(whole) - figure.count_of(part)
        for part, whole in figure.indicator.within.items()
    ]
    return any(0 < n < SMALLEST_CELL for n in (*counts, *rests))
