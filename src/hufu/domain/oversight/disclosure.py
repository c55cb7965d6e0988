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
    """A figure with what would point at somebody left out."""

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
    """Leave out counts of 1 to 4, and what such a count could be worked out from.

    A value that is one part's count goes with that part; any other goes with all.
    """
    hidden = _revealing(figure)
    headline = figure.indicator.headline
    suppressed = headline in hidden if headline else bool(hidden)
    parts = tuple(
        PublicPart(part.code, part.name, None if part.code in hidden else part.count)
        for part in figure.parts
    )
    return PublicFigure(
        code=figure.code,
        name=figure.name,
        unit=figure.unit,
        about=figure.indicator.about,
        value=None if suppressed else figure.value,
        parts=parts,
        suppressed=suppressed,
    )


def redact(entry: Entry) -> PublicEntry:
    """Return what the public may know of an entry."""
    month = legal_day(entry.at).replace(day=1)
    return PublicEntry(month, entry.act, entry.subject_kind)


def _revealing(figure: Figure) -> set[str]:
    """Name the parts that are small, or leave a small rest of their whole."""
    small = {part.code for part in figure.parts if _is_small(part.count)}
    rest = {
        part
        for part, whole in figure.indicator.within.items()
        if _is_small(figure.count_of(whole) - figure.count_of(part))
    }
    return small | rest


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_CELL
