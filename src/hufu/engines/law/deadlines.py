"""When an act is due: working or calendar days, months, hours; pauses, extensions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hufu.engines.law.clocks import (
    Clock,
    Count,
    Extension,
    Ground,
    Length,
    Pause,
    UnfitError,
)
from hufu.engines.law.explanations import Explanation, explain
from hufu.engines.law.ruling import Bilingual, Ruling, UnlawfulGroundError
from hufu.engines.law.workdays import Workdays

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline(Count):
    """The last day (or instant) on which an act is in time, and how it was found."""

    def explain(self) -> Explanation:
        """Derive why the deadline falls on its day."""
        return explain(self)

    def as_json(self) -> dict[str, Any]:
        """Return the deadline with its rulings as plain JSON."""
        return {
            "name": self.name,
            "title": self.title.as_json(),
            "start_on": self.start_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "lengths": [{"n": x.n, "unit": x.unit} for x in self.lengths],
            "is_provisional": self.is_provisional,
            "rulings": [r.as_json() for r in self.rulings],
        }


def grounds(ruling: Ruling) -> tuple[Ground, ...]:
    """Return the pauses and extensions that a deadline's rule knows."""
    found = []
    for kind in ("pauses", "extensions"):
        for data in ruling.value.get(kind, ()):
            limit = data.get("limit")
            found.append(
                Ground(
                    code=data["ground"],
                    kind=kind.removesuffix("s"),
                    title=Bilingual.of(data["title"]),
                    length=Length(limit["n"], limit["unit"]) if limit else None,
                    after=data.get("after"),
                    ruling=ruling,
                )
            )
    return tuple(found)


def compute(
    ruling: Ruling,
    clock: Clock,
    start: date,
    pauses: Iterable[Pause],
    extensions: Iterable[Extension],
) -> Deadline:
    """Return the deadline of a rule whose clock starts with the event at `start`."""
    start_on = local_day(start, clock.zone)
    stops = tuple(sorted(pauses, key=lambda p: p.from_on))
    _check_pauses(ruling, stops)
    asked = tuple(extensions)
    limit = ruling.value["limit"]
    lengths = (Length(limit["n"], limit["unit"]), *_granted(ruling, asked))
    if lengths[0].unit == "hour":
        due_at, counted_on = _hours(start, lengths, clock.zone)
        due_on = counted_on
    else:
        due_at = None
        counted_on = _count(ruling, clock, start_on, lengths, stops)
        due_on = _rolled(ruling, clock, counted_on)
    return Deadline(
        name=ruling.rule,
        title=ruling.title,
        start_on=start_on,
        due_on=due_on,
        due_at=due_at,
        counted_on=counted_on,
        lengths=lengths,
        pauses=stops,
        extensions=asked,
        ruling=ruling,
        is_provisional=_provisional(clock, lengths, start_on, due_on),
        clock=clock,
    )


def local_day(start: date, zone: ZoneInfo) -> date:
    """Return the legal day of an event given as a day or as an instant."""
    if isinstance(start, datetime):
        return start.astimezone(zone).date()
    return start


def _check_pauses(ruling: Ruling, pauses: tuple[Pause, ...]) -> None:
    if not pauses:
        return
    known = tuple(p["ground"] for p in ruling.value.get("pauses", ()))
    for pause in pauses:
        if pause.ground not in known:
            raise UnlawfulGroundError(ruling.rule, pause.ground, known)


def _granted(ruling: Ruling, asked: tuple[Extension, ...]) -> list[Length]:
    """Return the lengths of the extensions, each once and in the order of the law."""
    if not asked:
        return []
    known = {g.code: g for g in grounds(ruling) if g.kind == "extension"}
    used: list[str] = []
    lengths = []
    for extension in asked:
        ground = known.get(extension.ground)
        early = ground is not None and ground.after and ground.after not in used
        if ground is None or early or extension.ground in used:
            left = tuple(code for code in known if code not in used)
            raise UnlawfulGroundError(ruling.rule, extension.ground, left)
        used.append(extension.ground)
        lengths.append(_length(ground, extension))
    return lengths


def _length(ground: Ground, extension: Extension) -> Length:
    law = ground.length
    if law is None:
        if extension.n is None or extension.unit is None:
            lacking = f"{ground.code}: the body must say how much time it gives"
            raise UnfitError("extensions", lacking)
        return Length(extension.n, extension.unit)
    if extension.n is not None and extension.n > law.n:
        most = f"{ground.code}: the law gives {law.n} {law.unit} at most"
        raise UnfitError("extensions", most)
    return Length(law.n if extension.n is None else extension.n, law.unit)


def _hours(
    start: date, lengths: tuple[Length, ...], zone: ZoneInfo
) -> tuple[datetime | None, date]:
    hours = sum(x.n for x in lengths)
    if isinstance(start, datetime):
        due_at = start + timedelta(hours=hours)
        return due_at, due_at.astimezone(zone).date()
    return None, start + timedelta(days=-(-hours // 24))


def _count(
    ruling: Ruling,
    clock: Clock,
    start_on: date,
    lengths: tuple[Length, ...],
    pauses: tuple[Pause, ...],
) -> date:
    if ruling.value.get("direction") == "before":
        return _back(clock, start_on, lengths[0])
    counts_event = clock.counting.value["event_day"] == "counted"
    end = start_on - DAY if counts_event else start_on
    for length in lengths:
        end = _forward(clock, end, length, pauses)
    return end


def _back(clock: Clock, event_on: date, length: Length) -> date:
    if length.unit == "working_day":
        return clock.workdays.before(event_on, length.n)
    return event_on - timedelta(days=length.n)


def _forward(
    clock: Clock, end: date, length: Length, pauses: tuple[Pause, ...]
) -> date:
    days = clock.workdays
    if length.unit == "working_day":
        spans = _merged(pauses, end)
        reached, lost = days.after(end, length.n), 0
        while True:
            stopped = sum(_working_in(days, a, min(b, reached)) for a, b in spans)
            if stopped == lost:
                return reached
            lost = stopped
            reached = days.after(end, length.n + lost)
    if length.unit == "day_of_next_month":
        return add_months(end.replace(day=1), 1).replace(day=length.n)
    natural = _natural_end(end, length)
    return _past_pauses(end, natural, _merged(pauses, end))


def _natural_end(end: date, length: Length) -> date:
    if length.unit == "day":
        return end + timedelta(days=length.n)
    return add_months(end, length.n * (12 if length.unit == "year" else 1))


def _past_pauses(end: date, natural: date, spans: list[tuple[date, date]]) -> date:
    reached, lost = natural, 0
    while True:
        stopped = sum(
            (min(b, reached) - a).days + 1 for a, b in spans if end < a <= reached
        )
        if stopped == lost:
            return reached
        lost = stopped
        reached = natural + timedelta(days=lost)


def _merged(pauses: tuple[Pause, ...], after: date) -> list[tuple[date, date]]:
    """Return the paused spans after a day, sorted, overlaps joined."""
    spans: list[tuple[date, date]] = []
    for pause in pauses:
        first, last = max(pause.from_on, after + DAY), pause.to_on
        if last < first:
            continue
        if spans and first <= spans[-1][1] + DAY:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def _working_in(days: Workdays, first: date, last: date) -> int:
    if last < first:
        return 0
    return days.count_until(last) - days.count_until(first - DAY)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the month's last day without one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    return date(year, month + 1, min(day.day, (following - DAY).day))


def _rolled(ruling: Ruling, clock: Clock, end: date) -> date:
    rule = ruling.value.get("rest_day") or clock.counting.value["rest_day"]
    if rule != "next_working_day":
        return end
    if ruling.value.get("direction") == "before":
        return clock.workdays.on_or_before(end)
    return clock.workdays.on_or_after(end)


def _provisional(
    clock: Clock, lengths: tuple[Length, ...], start_on: date, due_on: date
) -> bool:
    first, last = sorted((start_on.year, due_on.year))
    if all(x.unit != "working_day" for x in lengths):
        first = last
    settled = clock.workdays.years
    return any(year not in settled for year in range(first, last + 1))
