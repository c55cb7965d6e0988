"""What the public may see of a figure: small cells say nothing."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from hufu.base.models import Entry
from hufu.domain.oversight.figures import Figure, legal_day

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
    """A figure with its small cells and what would reveal them left out."""

    code: str
    name: str | Promise
    unit: str | Promise
    value: float | None
    parts: tuple[PublicPart, ...]
    suppressed: bool


@dataclass(frozen=True)
class PublicEntry:
    """An entry without actor, agency and record: what happened on which day."""

    on: date
    act: str
    kind: str


def for_the_public(figure: Figure) -> PublicFigure:
    """Leave out counts of 1 to 4, and those whose difference would tell one."""
    counts = {part.code: part.count for part in figure.parts}
    hide = _is_revealing(list(counts.values()))
    parts = tuple(
        PublicPart(part.code, part.name, None if hide else counts[part.code])
        for part in figure.parts
    )
    value = None if hide else figure.value
    return PublicFigure(
        figure.code, figure.name, figure.unit, value, parts, suppressed=hide
    )


def redact(entry: Entry) -> PublicEntry:
    """Return what the public may know of an entry."""
    return PublicEntry(legal_day(entry.at), entry.act, entry.subject_kind)


def _is_revealing(counts: list[int]) -> bool:
    """Say whether a count, or the difference of two, is small but not nought."""
    gaps = [abs(a - b) for i, a in enumerate(counts) for b in counts[:i]]
    return any(0 < n < SMALLEST_CELL for n in (*counts, *gaps))
