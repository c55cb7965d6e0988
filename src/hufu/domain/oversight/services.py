"""Reporting on promises, the public's figures of a day, the monthly return."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.clocks import start_clock
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record, record
from hufu.base.models import Entry
from hufu.domain.oversight.commitments import all_commitments
from hufu.domain.oversight.daily import day_before, kept, twelve_months_to
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.indicators import Part, Period, legal_day, measure
from hufu.domain.oversight.models import (
    Counted,
    DailyFigures,
    MonthlyReturn,
    Progress,
    ReturnClock,
)
from hufu.domain.oversight.queries import DUE
from hufu.domain.oversight.workflow import RETURN
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission

BATCH = 1000


@dataclass(frozen=True)
class ProgressFacts:
    """What is reported about a commitment; the source lets a reader check it."""

    commitment: str
    status: str
    body: str
    source: str


@transaction.atomic
def report_progress(*, actor: Account, at: datetime, facts: ProgressFacts) -> Progress:
    """Write down how a promise stands. Earlier reports stay."""
    if not actor.holds(Permission.COMMITMENT_REPORT) or actor.agency is None:
        raise Refusal("no_permission", _("Your role does not include this act."))
    if facts.commitment not in all_commitments():
        raise Refusal("not_found", _("There is no such commitment."))
    if facts.status not in Progress.Status.values:
        raise Refusal("status_missing", _("Choose how the commitment stands."))
    if not facts.source.strip():
        raise Refusal("source_missing", _("Say where this can be checked."))
    progress = Progress.objects.create(
        at=at,
        author=actor.label,
        agency=actor.agency,
        commitment=facts.commitment,
        status=facts.status,
        body=facts.body,
        source=facts.source,
    )
    told = {"commitment": facts.commitment, "digest": digest_of(facts.body)}
    record(progress, "report", actor=actor, at=at, facts=told)
    return progress


@transaction.atomic
def draw_return(
    *, actor: Account, at: datetime, agency: Agency, month: date
) -> MonthlyReturn:
    """Draw an agency's figures for a month that has ended; again until it is filed."""
    if not actor.holds(Permission.RETURN_FILE) or agency.pk not in actor.agencies:
        raise Refusal("no_permission", _("Your role does not include this act."))
    period = month_of(month, agency)
    if legal_day(at) <= period.to_on:
        raise Refusal("month_open", _("The month has not ended yet."))
    known = MonthlyReturn.objects.filter(agency=agency, month=period.from_on).first()
    if known:
        RETURN.take("redraw", known, actor=actor, at=at)
        return _count(known, period, at)
    drawn = MonthlyReturn(
        agency=agency,
        month=period.from_on,
        state=MonthlyReturn.State.DRAFTED,
        drawn_at=at,
        through_entry=0,
        figures=[],
    )
    open_record(drawn, "draw", actor=actor, at=at, facts={"month": f"{month:%Y-%m}"})
    clock = start_clock(ReturnClock(report=drawn), rule=DUE, on=period.to_on)
    clock.save()
    return _count(drawn, period, at)


@transaction.atomic
def file_return(
    *, actor: Account, at: datetime, report: MonthlyReturn
) -> MonthlyReturn:
    """File a return: its figures and what they were counted from stay as they are."""
    RETURN.take("file", report, actor=actor, at=at)
    report.clocks.filter(met_on=None).update(met_on=legal_day(at))
    return report


def count_public_figures(*, actor: Actor, at: datetime) -> DailyFigures:
    """Count what the public sees from the end of yesterday on; the same once counted.

    Counting writes nothing, and may take seconds: only then does a transaction begin.
    """
    period = twelve_months_to(day_before(legal_day(at)))
    known = DailyFigures.objects.filter(to_on=period.to_on).first()
    if known:
        return known
    figures = [kept(measure(indicator, period)) for indicator in FIGURES.values()]
    return _keep_day(actor, at, period, figures)


@transaction.atomic
def _keep_day(
    actor: Actor, at: datetime, period: Period, figures: list[dict[str, Any]]
) -> DailyFigures:
    """Keep the figures of a day with one entry, unless another count was first."""
    digest = digest_of(json.dumps(figures, sort_keys=True))
    fresh = {"from_on": period.from_on, "counted_at": at, "figures": figures}
    day, made = DailyFigures.objects.get_or_create(
        to_on=period.to_on, defaults=fresh | {"digest": digest}
    )
    if made:
        told = {"to_on": f"{period.to_on}", "digest": digest}
        record(day, "count", actor=actor, at=at, facts=told)
    return day


def month_of(day: date, agency: Agency) -> Period:
    """Return the period of an agency's calendar month."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Period(first, last, frozenset({agency.pk}))


def _count(report: MonthlyReturn, period: Period, at: datetime) -> MonthlyReturn:
    report.counted.all().delete()
    report.figures = []
    for code, indicator in FIGURES.items():
        figure = measure(indicator, period)
        counts = {part.code: _keep_entries(report, code, part) for part in figure.parts}
        report.figures.append({"code": code, "value": figure.value, "parts": counts})
    report.drawn_at = at
    report.through_entry = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    report.save(update_fields=["figures", "drawn_at", "through_entry"])
    return report


def _keep_entries(report: MonthlyReturn, code: str, part: Part) -> int:
    """Note every entry a part counts; return how many there are."""
    keys = part.entries.values_list("pk", flat=True).iterator(chunk_size=BATCH)
    count = 0
    for some in _batched(keys, BATCH):
        rows = [
            Counted(report=report, figure=code, part=part.code, entry_id=key)
            for key in some
        ]
        count += len(Counted.objects.bulk_create(rows))
    return count


def _batched(keys: Iterator[int], size: int) -> Iterator[list[int]]:
    """Yield lists of at most `size`; itertools has this only from Python 3.12."""
    while some := list(islice(keys, size)):
        yield some
