"""The journal, its chain, and what records with a life or a clock of their own have."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hufu.base.access import Actor


class Entry(models.Model):
    """One thing somebody did to one record. Triggers refuse changes and deletions.

    `facts` holds references, figures and digests, never free text or personal
    data: what was written about a person must stay erasable, and this does not.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    agency = models.CharField(max_length=20, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    act = models.CharField(max_length=60)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject_id", "id"], name="entry_subject"),
            models.Index(fields=["act", "at"], name="entry_act_at"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.act}"


class Batch(models.Model):
    """Consecutive entries under one Merkle root, chained to the batch before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Place(models.Model):
    """Where in the one global sequence an entry stands.

    Kept beside the entry because writers commit in any order and never wait:
    the sequencer gives places afterwards.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="places")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}"


class Tracked(models.Model):
    """A record that is in one state, belongs to an agency, and leaves a journal.

    `entry` is the journal entry that brought the record into its state; triggers
    (see `triggers.py`) refuse any other way of changing `state`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=24)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def subject_kind(self) -> str:
        """Name this kind of record as the journal does."""
        return self._meta.label_lower

    @property
    def reference(self) -> str:
        """A short name for people to say on the telephone; reveals no volume."""
        return f"{self._meta.model_name[0].upper()}-{self.id.hex[:8].upper()}"  # type: ignore[index]  # a concrete model has a name

    def open_to(self, actor: Actor) -> bool:
        """Say whether the record is within the actor's reach."""
        return getattr(self, "agency_id", None) in actor.agencies


class Clock(models.Model):
    """A legal period that runs for a record: when it started, when it ends, why.

    `ruling` is the rule as it stood when the clock started, so that the date still
    explains itself after the law changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=100)
    started_on = models.DateField()
    due_on = models.DateField(db_index=True)
    ruling = models.JSONField()
    pauses = models.JSONField(default=list, blank=True)
    extensions = models.JSONField(default=list, blank=True)
    met_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    @property
    def running(self) -> bool:
        """Say whether somebody still has to act before `due_on`."""
        return self.met_on is None and self.dropped_on is None

    @property
    def title(self) -> dict[str, Any]:
        """The rule's name in both languages, as it was when the clock started."""
        return self.ruling.get("title") or {"en": self.rule, "zh": self.rule}


class Text(models.Model):
    """Words somebody wrote about a record: erasable, so kept out of the journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    author = models.CharField(max_length=100)
    body = models.TextField(_("text"))

    class Meta:
        abstract = True
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.author} {self.at:%Y-%m-%d %H:%M}"
