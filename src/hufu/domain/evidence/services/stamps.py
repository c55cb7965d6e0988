"""Keeping an authority's stamps over the log, and telling of those that fail.

Neither writes the journal: every act makes the log grow, and a stamp of the log must
not itself call for the next one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from hufu.domain.evidence.kept import Stamp, StampTrouble

LONGEST = 500


@dataclass(frozen=True)
class StampFacts:
    """A stamp that was verified, with the checkpoint's note and the roots used."""

    log: str
    size: int
    note: str
    authority: str
    own: bool
    reply: bytes
    roots: str
    stamped_at: datetime


@transaction.atomic
def keep_stamp(*, at: datetime, facts: StampFacts) -> Stamp:
    """Keep a stamp once; its authority answers again."""
    told = vars(facts)
    key = {name: told[name] for name in ("log", "size", "authority")}
    stamp, _fresh = Stamp.objects.get_or_create(**key, defaults={**told, "kept_at": at})
    StampTrouble.objects.filter(authority=facts.authority).delete()
    return stamp


@transaction.atomic
def note_trouble(*, at: datetime, authority: str, reason: str) -> StampTrouble:
    """Note that an authority gave no stamp; count how often since it began."""
    first = {"since": at, "last_at": at, "reason": reason[:LONGEST]}
    trouble, fresh = StampTrouble.objects.get_or_create(
        authority=authority, defaults=first
    )
    if not fresh:
        StampTrouble.objects.filter(pk=authority).update(
            last_at=at, tries=F("tries") + 1, reason=reason[:LONGEST]
        )
        trouble.refresh_from_db()
    return trouble
