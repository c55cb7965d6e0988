"""Writing the journal, giving entries their places, and checking the chain."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from hufu.base.access import Actor
from hufu.base.models import Batch, Entry, Place, Tracked
from hufu.engines.proof import merkle

T = TypeVar("T", bound=Tracked)

GENESIS = "0" * 64
MAX_BATCH = 4096


def digest_of(text: str) -> str:
    """Return the SHA-256 (hex) of a text, which the journal may keep."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    subject: models.Model,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one entry about something other than a change of state."""
    return _write(subject, act, actor, at, change=("", ""), facts=facts)


def open_record(
    item: T,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> T:
    """Insert a new record together with the entry that brings it into being."""
    item.entry = _write(item, act, actor, at, change=("", item.state), facts=facts)
    item.save(force_insert=True)
    return item


def move_record(
    item: Tracked,
    verb: str,
    target: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any],
) -> bool:
    """Change the state if nobody else did meanwhile; say whether it happened."""
    change = (item.state, target)
    entry = _write(item, verb, actor, at, change=change, facts=facts)
    same = type(item)._default_manager.filter(
        pk=item.pk, state=item.state, entry_id=item.entry_id
    )
    if same.update(state=target, entry=entry) != 1:
        return False
    item.state, item.entry = target, entry
    return True


def _write(
    subject: models.Model,
    act: str,
    actor: Actor,
    at: datetime,
    *,
    change: tuple[str, str],
    facts: Mapping[str, Any] | None,
) -> Entry:
    return Entry.objects.create(
        at=at,
        actor=actor.label,
        agency=str(getattr(subject, "agency_id", "") or ""),
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        act=act,
        before=change[0],
        after=change[1],
        facts=dict(facts or {}),
    )


def leaf_of(entry: Entry) -> bytes:
    """Return the bytes of an entry that chain and log commit to: canonical JSON."""
    content = {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "agency": entry.agency,
        "subject": f"{entry.subject_kind}:{entry.subject_id}",
        "act": entry.act,
        "before": entry.before,
        "after": entry.after,
        "facts": entry.facts,
    }
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


@transaction.atomic
def sequence_entries(*, at: datetime) -> Batch | None:
    """Give places to committed entries that have none and seal them as a batch.

    The last batch row is locked, so two sequencers take turns. Returns None when
    nothing waits. Safe to repeat: an entry has one place.
    """
    Batch.objects.select_for_update().order_by("-number").first()
    # Read again: whoever waited for the lock has seen a batch that is no longer last.
    last = Batch.objects.order_by("-number").first()
    waiting = list(Entry.objects.filter(place=None).order_by("pk")[:MAX_BATCH])
    if not waiting:
        return None
    root = merkle.root([leaf_of(entry) for entry in waiting]).hex()
    number = last.number + 1 if last else 1
    previous = last.digest if last else GENESIS
    batch = Batch.objects.create(
        number=number,
        size=len(waiting),
        root=root,
        previous=previous,
        digest=_chain(number, previous, root, len(waiting)),
        sealed_at=at,
    )
    start = 1 + (Place.objects.aggregate(top=models.Max("position"))["top"] or 0)
    Place.objects.bulk_create(
        Place(position=start + i, entry=entry, batch=batch)
        for i, entry in enumerate(waiting)
    )
    return batch


def _chain(number: int, previous: str, root: str, size: int) -> str:
    return digest_of(f"hufu-journal-batch-v1\n{number}\n{size}\n{root}\n{previous}\n")


@dataclass(frozen=True)
class Break:
    """Something the chain says that the journal does not bear out."""

    batch: int
    problem: str


def verify_journal() -> Iterator[Break]:
    """Recompute every batch, in constant memory, and yield what does not agree."""
    previous, number, position = GENESIS, 1, 1
    for batch in Batch.objects.iterator():
        places = list(batch.places.select_related("entry"))
        root = merkle.root([leaf_of(place.entry) for place in places]).hex()
        if batch.number != number or batch.previous != previous:
            yield Break(batch.number, "does not follow the batch before it")
        if [p.position for p in places] != list(range(position, position + batch.size)):
            yield Break(batch.number, "an entry is missing or stands elsewhere")
        if root != batch.root:
            yield Break(batch.number, "an entry was changed")
        if _chain(batch.number, batch.previous, batch.root, batch.size) != batch.digest:
            yield Break(batch.number, "the batch itself was changed")
        previous, number, position = batch.digest, number + 1, position + batch.size
    if Place.objects.filter(position__gte=position).exists():
        yield Break(number, "its entries are there, the batch is gone")
