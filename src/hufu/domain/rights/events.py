"""From an office's words for what happened to a right to the kinds of this house."""

import re
from collections.abc import Iterator
from datetime import date

from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import RightEvent

Kind = RightEvent.Kind
_LONG = 500

# Only what has happened: "cancellation pending" ends nothing yet.
_WORDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind)
    for words, kind in (
        (r"invalidated|declared invalid", Kind.INVALIDATED),
        (r"surrendered", Kind.SURRENDERED),
        (r"cancel(?:l?ed)|revoked", Kind.CANCELLED),
        (r"expired|lapsed", Kind.EXPIRED),
        (r"abandoned|withdrawn", Kind.WITHDRAWN),
        (r"refused|rejected", Kind.REFUSED),
    )
)


def events_of(row: RightRow) -> Iterator[tuple[date, Kind, str]]:
    """Give what a row says happened, oldest first, each thing once.

    The office's own codes are kept in its words, as other events: what they mean for
    the status is taken from the dates and from the present status the file states.
    """
    told: dict[tuple[date, Kind, str], None] = {}
    for on, words in row.events:
        kind = Kind(words) if words in Kind.values else Kind.OTHER
        told[on, kind, words[:_LONG] if kind is Kind.OTHER else ""] = None
    plain = {(on, kind) for on, kind, _ in told}
    for on, kind in _dated(row):
        if (on, kind) not in plain:
            told[on, kind, ""] = None
    ended = _ending(row.status_text)
    # Where the file gives no day for its status, the last day it gives is the earliest.
    ended_on = row.status_on or max((on for on, _kind, _text in told), default=None)
    if ended and ended_on:
        told[ended_on, ended, row.status_text[:_LONG]] = None
    yield from sorted(told, key=lambda event: event[0])


def _dated(row: RightRow) -> Iterator[tuple[date, Kind]]:
    """Give the events that the row states as dates."""
    if row.filed_on:
        yield row.filed_on, Kind.FILED
    if row.registered_on:
        yield row.registered_on, Kind.REGISTERED
    for field, kind in (("published_on", Kind.PUBLISHED), ("renewed_on", Kind.RENEWED)):
        if stated := row.extra.get(field):
            yield date.fromisoformat(stated), kind


def _ending(status_text: str) -> Kind | None:
    """Say which end the present status names, if it names one."""
    return next((kind for words, kind in _WORDS if words.search(status_text)), None)
