"""Giving the acts of the journal their places in a proof log."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hufu.base.models import Entry
from hufu.domain.evidence.models import Leaf

MOST_LEAVES = 4096  # placed at once


@transaction.atomic
def place_leaves(
    *, at: datetime, log: str, first: int, draw_salt: Callable[[], bytes]
) -> int:
    """Give the next acts their places, in the order of the journal.

    `first` is the index that the first act of this log takes. The caller keeps other
    writers of the log out. Returns how many were placed; 0 when none waits.
    """
    tops = Leaf.objects.aggregate(done=Max("entry__place__position"))
    here = Leaf.objects.filter(log=log).aggregate(top=Max("index"))["top"]
    start = first if here is None else here + 1
    waiting = Entry.objects.filter(place__position__gt=tops["done"] or 0)
    entries = waiting.order_by("place__position")[:MOST_LEAVES]
    placed = Leaf.objects.bulk_create(
        Leaf(log=log, index=index, entry=entry, salt=draw_salt().hex(), placed_at=at)
        for index, entry in enumerate(entries, start)
    )
    return len(placed)
