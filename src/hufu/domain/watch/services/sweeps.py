"""Comparing sightings with monitored rights; resumable, its effect exactly once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.watch import queries
from hufu.domain.watch.marks import marks_on, offer_of
from hufu.domain.watch.models import Match, Sighting, Source, Sweep
from hufu.domain.watch.services.openings import open_leads
from hufu.domain.watch.services.permits import check_sweeps
from hufu.engines.detection import Mark, Reason
from hufu.engines.detection import Match as Found

if TYPE_CHECKING:
    from hufu.engines.detection.index import Index

BATCH = 1000
# Below even odds a match says nothing to a reader; of one offer the best are kept.
KEPT_FROM = 0.5
KEPT = 5

Tell = Callable[[Sweep], None]


@transaction.atomic
def start_sweep(
    *, actor: Actor, at: datetime, source: Source, scope: str = Sweep.Scope.NEW
) -> Sweep:
    """Begin a sweep over what is new or over everything, or return the running one."""
    check_sweeps(actor, source.agency_id)
    if running := source.sweeps.filter(finished_at=None).first():
        return running
    sweep = Sweep.objects.create(
        source=source,
        scope=scope,
        day_on=timezone.localdate(at),
        asked_by=actor.label,
        started_at=at,
    )
    fresh = source.feeds.filter(finished_at__isnull=False, sweep=None)
    fresh.update(sweep=sweep)
    sweep.total = sum(queries.feeds_of(sweep).values_list("added", flat=True))
    sweep.save(update_fields=["total"])
    record(sweep, "start", actor=actor, at=at, facts={"scope": sweep.scope})
    return sweep


def run_sweep(
    *,
    actor: Actor,
    at: datetime,
    source: Source,
    scope: str = Sweep.Scope.NEW,
    tell: Tell | None = None,
) -> Sweep:
    """Compare a source's sightings with the monitored rights and open leads.

    A sweep that was killed goes on behind the last batch that is in.
    """
    sweep = start_sweep(actor=actor, at=at, source=source, scope=scope)
    marks = list(marks_on(sweep.day_on))
    index = _index_of(marks)
    for feed, batch in _batches(sweep):
        _compare(sweep, index, feed, batch)
        if tell:
            tell(sweep)
    open_leads(sweep, {UUID(mark.id) for mark in marks}, actor=actor, at=at)
    return _finish(sweep, len(marks), actor=actor, at=at)


def _index_of(marks: Iterable[Mark]) -> "Index":
    # The compiler takes a second to import: only who sweeps waits for it.
    from hufu.engines.detection.index import Index  # noqa: PLC0415 - see above

    return Index.build(marks)


def _batches(sweep: Sweep) -> Iterator[tuple[UUID, list[Sighting]]]:
    """Give what is left to compare, feed by feed, in the order of the keys."""
    feeds = queries.feeds_of(sweep)
    if sweep.cursor_feed:
        feeds = feeds.filter(pk__gte=sweep.cursor_feed)
    for key in list(feeds.values_list("pk", flat=True)):
        after = sweep.cursor if key == sweep.cursor_feed else None
        while True:
            left = Sighting.objects.filter(feed=key).order_by("pk")
            batch = list(left.filter(pk__gt=after)[:BATCH] if after else left[:BATCH])
            if not batch:
                break
            after = batch[-1].pk
            yield key, batch


def _compare(
    sweep: Sweep, index: "Index", feed: UUID, batch: Sequence[Sighting]
) -> None:
    """Compare outside, then write the matches and the new cursor in one transaction."""
    answers = index.sweep([offer_of(sighting) for sighting in batch], KEPT_FROM)
    found = [
        match
        for sighting, matches in zip(batch, answers, strict=True)
        for match in _kept(sweep, sighting, matches)
    ]
    with transaction.atomic():
        there = Sweep.objects.filter(
            pk=sweep.pk, compared=sweep.compared, finished_at=None
        )
        taken = there.update(
            compared=F("compared") + len(batch),
            matched=F("matched") + len(found),
            cursor_feed=feed,
            cursor=batch[-1].pk,
            matcher=found[0].matcher if found else sweep.matcher,
        )
        if taken != 1:
            raise Refusal("sweep_running", _("This sweep is already running."))
        # An earlier sweep may have found the same: a match is kept once.
        Match.objects.bulk_create(found, ignore_conflicts=True)
    sweep.refresh_from_db()


def _kept(sweep: Sweep, sighting: Sighting, found: Sequence[Found]) -> Iterator[Match]:
    """Give the best matches of one sighting, and those the holder excuses."""
    for match in found[:KEPT]:
        yield Match(
            sighting=sighting,
            right_id=UUID(match.mark_id),
            sweep=sweep,
            score=match.score,
            excused=match.excused,
            reasons=[_told(reason) for reason in match.reasons],
            matcher=match.matcher,
        )


def _told(reason: Reason) -> dict[str, object]:
    """Give a reason as it is kept; a copy by `asdict` takes ten times as long."""
    return {
        "code": reason.code,
        "weight": reason.weight,
        "where": reason.where,
        "excerpt": reason.excerpt,
        "params": dict(reason.params),
    }


@transaction.atomic
def _finish(sweep: Sweep, marks: int, *, actor: Actor, at: datetime) -> Sweep:
    """Close the sweep with its figures."""
    left = Sweep.objects.filter(pk=sweep.pk, finished_at=None)
    if left.update(finished_at=at, rights_count=marks) == 1:
        sweep.refresh_from_db()
        figures = {
            "rights": sweep.rights_count,
            "compared": sweep.compared,
            "matched": sweep.matched,
            "leads": sweep.leads_opened,
        }
        record(sweep, "finish", actor=actor, at=at, facts=figures)
    return sweep
