"""Taking feeds of offers: read twice, written in batches, each offer once."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.imports import DEFAULT_LIMITS, Rejection, UnreadableFile
from hufu.base.journal import record
from hufu.domain.watch.feeds import READERS, OfferRow
from hufu.domain.watch.models import Feed, RejectedOffer, Sighting, Source
from hufu.domain.watch.services.permits import check_feeds

BATCH = 1000
# When an offer was seen says nothing about the offer.
_FIELDS = tuple(name for name in OfferRow.__dataclass_fields__ if name != "seen_at")

Open = Callable[[], BinaryIO]
Tell = Callable[[Feed], None]


@dataclass(frozen=True)
class FeedFacts:
    """Which file, and in which format."""

    name: str
    format: str
    sha256: str
    size: int


@transaction.atomic
def request_feed(
    *, actor: Actor, at: datetime, source: Source, facts: FeedFacts
) -> Feed:
    """Write down that a file is to be read, or return the feed that did read it.

    A feed that stopped half-way is returned too: `take_feed` goes on with it.
    """
    check_feeds(actor, source)
    if facts.format not in READERS:
        raise Refusal("format_unknown", _("Choose one of the formats offered."))
    same = source.feeds.filter(sha256=facts.sha256, format=facts.format, refusal={})
    if earlier := same.first():
        return earlier
    feed = Feed.objects.create(
        source=source,
        format=facts.format,
        name=facts.name[-200:],
        sha256=facts.sha256,
        size=facts.size,
        asked_by=actor.label,
        received_at=at,
    )
    asked = {"sha256": feed.sha256, "size": feed.size, "source": source.code}
    record(feed, "request", actor=actor, at=at, facts=asked)
    return feed


def take_feed(
    *,
    actor: Actor,
    at: datetime,
    feed: Feed,
    open_file: Open,
    tell: Tell | None = None,
) -> Feed:
    """Read the file to its end, then write it in batches; go on where a run stopped.

    The first reading writes nothing, so a file that cannot be trusted changes nothing.
    Each batch is one transaction with its place in the file: nothing goes in twice.
    """
    if not feed.running:
        return feed
    check_feeds(actor, feed.source)
    if feed.rows_total is None:
        try:
            total = sum(1 for _row in _read(feed, open_file))
        except UnreadableFile as refusal:
            return _refuse(feed, refusal, actor=actor, at=at)
        Feed.objects.filter(pk=feed.pk).update(rows_total=total)
        feed.rows_total = total
    rows = islice(_read(feed, open_file), feed.rows_read, None)
    while batch := list(islice(rows, BATCH)):
        _put_batch(feed, batch)
        if tell:
            tell(feed)
    return _finish(feed, actor=actor, at=at)


def _read(feed: Feed, open_file: Open) -> Iterator[OfferRow | Rejection]:
    """Read the file anew, closing it at the end."""
    with open_file() as stream:
        yield from READERS[feed.format](stream, DEFAULT_LIMITS)


@transaction.atomic
def _put_batch(feed: Feed, batch: Sequence[OfferRow | Rejection]) -> None:
    """Write one batch and how far the file was read, unless another run did."""
    expected = feed.rows_read
    taken = Feed.objects.filter(
        pk=feed.pk, rows_read=expected, finished_at=None
    ).update(rows_read=expected + len(batch))
    if taken != 1:
        raise Refusal("feed_running", _("This feed is already being read."))
    rows = [row for row in batch if isinstance(row, OfferRow)]
    rejected = [row for row in batch if isinstance(row, Rejection)]
    new = _unseen(feed, rows)
    Sighting.objects.bulk_create(new)
    RejectedOffer.objects.bulk_create(
        RejectedOffer(
            feed=feed,
            line=row.line,
            field=row.field[:100],
            reason_code=row.reason_code,
            params=dict(row.params),
        )
        for row in rejected
    )
    Feed.objects.filter(pk=feed.pk).update(
        added=F("added") + len(new),
        unchanged=F("unchanged") + len(rows) - len(new),
        rejected=F("rejected") + len(rejected),
    )
    feed.refresh_from_db()


def _unseen(feed: Feed, rows: Sequence[OfferRow]) -> list[Sighting]:
    """Give the offers that the source has not shown like this before."""
    there = set(
        Sighting.objects.filter(
            source=feed.source_id, offer_id__in=[row.offer_id for row in rows]
        ).values_list("platform", "offer_id", "digest")
    )
    new = (_sighting(feed, row) for row in rows)
    return [s for s in new if (s.platform, s.offer_id, s.digest) not in there]


def _sighting(feed: Feed, row: OfferRow) -> Sighting:
    return Sighting(
        source_id=feed.source_id,
        feed=feed,
        platform=row.platform,
        offer_id=row.offer_id,
        digest=_digest(row),
        title=row.title,
        description=row.description,
        brand=row.brand,
        seller=row.seller_id,
        shop_name=row.shop_name,
        url=row.url,
        class_hint=row.class_hint,
        classes=list(row.classes),
        price=row.price,
        currency=row.currency,
        quantity=row.quantity,
        seen_at=row.seen_at or feed.received_at,
        received_at=feed.received_at,
    )


def _digest(row: OfferRow) -> str:
    content = json.dumps([getattr(row, name) for name in _FIELDS], default=str)
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def _refuse(feed: Feed, refusal: UnreadableFile, *, actor: Actor, at: datetime) -> Feed:
    """Note that the file as a whole is not taken, and why."""
    feed.refusal = {"code": refusal.code, "params": refusal.params}
    feed.finished_at = at
    feed.save(update_fields=["refusal", "finished_at"])
    record(feed, "refuse", actor=actor, at=at, facts={"code": refusal.code})
    return feed


@transaction.atomic
def _finish(feed: Feed, *, actor: Actor, at: datetime) -> Feed:
    """Close the feed with its manifest: one entry stands for all its rows."""
    left = Feed.objects.filter(pk=feed.pk, finished_at=None)
    if left.update(finished_at=at) == 1:
        feed.refresh_from_db()
        manifest = {
            "sha256": feed.sha256,
            "size": feed.size,
            "rows": feed.rows_read,
            "added": feed.added,
            "unchanged": feed.unchanged,
            "rejected": feed.rejected,
        }
        record(feed, "take", actor=actor, at=at, facts=manifest)
    return feed
