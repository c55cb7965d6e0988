"""What machines see: sources, feeds, sightings, sweeps and the matches they found."""

import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from hufu.engines.detection import REASONS


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words, with the place it was read from."""

    words: str
    excerpt: str
    against: bool


class Source(models.Model):
    """Where offers come from, and how much of it may become leads.

    `threshold` is the least score that opens a lead, `budget` how many leads a
    thousand compared offers may open at most: people must be able to read them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    code = models.SlugField(_("short name"), max_length=64)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    platform = models.ForeignKey(
        "people.Party", null=True, blank=True, on_delete=models.PROTECT
    )
    region = models.CharField(_("region"), max_length=6, blank=True)
    threshold = models.FloatField(_("least score that opens a lead"), default=0.9)
    budget = models.PositiveSmallIntegerField(
        _("leads per 1,000 offers, at most"), default=20
    )
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="source_code", fields=["code"]),
            models.CheckConstraint(
                name="source_threshold_is_score",
                condition=models.Q(threshold__gt=0, threshold__lt=1),
            ),
            models.CheckConstraint(
                name="source_budget_in_thousand",
                condition=models.Q(budget__gte=1, budget__lte=1000),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Sweep(models.Model):
    """One comparison of sightings with the rights monitored on a day.

    `cursor` is the last sighting of `cursor_feed` that was compared; a sweep that was
    killed goes on behind it. Leads are opened at the end, best matches first.
    """

    class Scope(models.TextChoices):
        NEW = "new", _("what came since the last sweep")
        ALL = "all", _("everything the source has sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="sweeps")
    scope = models.CharField(max_length=3, choices=Scope.choices)
    day_on = models.DateField()
    asked_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    matcher = models.CharField(max_length=40, blank=True)
    rights_count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    cursor_feed = models.UUIDField(null=True, blank=True)
    cursor = models.UUIDField(null=True, blank=True)
    matched = models.PositiveIntegerField(default=0)
    leads_opened = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                name="sweep_one_running",
                fields=["source"],
                condition=models.Q(finished_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def agency_id(self) -> str:
        """The agency whose source is swept."""
        return self.source.agency_id


class Feed(models.Model):
    """One file, or one message, of offers from a source.

    `rows_read` counts whole batches that are in; a run that was killed goes on there.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON Lines"
        PARQUET = "parquet", "Parquet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    format = models.CharField(max_length=8, choices=Format.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    asked_by = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    refusal = models.JSONField(default=dict, blank=True)
    sweep = models.ForeignKey(
        Sweep, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds"
    )

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["source", "sha256"], name="feed_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def agency_id(self) -> str:
        """The agency whose source sent it."""
        return self.source.agency_id

    @property
    def refused(self) -> bool:
        """Say whether the file as a whole could not be trusted."""
        return bool(self.refusal)

    @property
    def running(self) -> bool:
        """Say whether rows may still come in."""
        return self.finished_at is None


class RejectedOffer(models.Model):
    """One row of a feed that did not go in: where, which field, why."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=100)
    reason_code = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.reason_code}"


class Sighting(models.Model):
    """One offer as a source showed it; an offer that changed is another sighting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="sightings", db_index=False
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, related_name="sightings", db_index=False
    )
    platform = models.CharField(max_length=128)
    offer_id = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=2000)
    description = models.TextField(blank=True)
    brand = models.CharField(max_length=1000, blank=True)
    seller = models.CharField(max_length=1000, blank=True)
    shop_name = models.CharField(max_length=1000, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    class_hint = models.CharField(max_length=1000, blank=True)
    classes = models.JSONField(default=list, blank=True)
    price = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    quantity = models.DecimalField(
        max_digits=20, decimal_places=4, null=True, blank=True
    )
    seen_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["feed", "id"], name="sighting_feed"),
            models.Index(
                fields=["source", "-received_at", "id"], name="sighting_newest"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="sighting_once",
                fields=["source", "platform", "offer_id", "digest"],
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """A short name for people to say on the telephone."""
        return f"S-{self.id.hex[:8].upper()}"


class Match(models.Model):
    """A monitored right found in a sighting, with every reason for and against.

    `lead` is set once, when the match became one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sighting = models.ForeignKey(
        Sighting, on_delete=models.PROTECT, related_name="matches", db_index=False
    )
    right = models.ForeignKey(
        "rights.Right", on_delete=models.PROTECT, related_name="matches"
    )
    sweep = models.ForeignKey(
        Sweep, on_delete=models.PROTECT, related_name="matches", db_index=False
    )
    score = models.FloatField()
    excused = models.BooleanField(default=False)
    reasons = models.JSONField()
    matcher = models.CharField(max_length=40)
    lead = models.ForeignKey(
        "leads.Lead",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matches",
    )

    class Meta:
        verbose_name_plural = "matches"
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["sweep", "-score", "id"], name="match_best")]
        constraints = [
            models.UniqueConstraint(
                name="match_once", fields=["sighting", "right", "matcher"]
            ),
            models.CheckConstraint(
                name="match_score_is_score",
                condition=models.Q(score__gte=0, score__lt=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.score:.2f}"

    @property
    def words(self) -> list[Told]:
        """The reasons in the reader's language, those against marked as such."""
        return [
            Told(
                words=_(REASONS[reason["code"]]) % reason["params"],
                excerpt=reason["excerpt"],
                against=self.excused or reason["weight"] < 0,
            )
            for reason in self.reasons
        ]
