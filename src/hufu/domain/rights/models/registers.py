"""Where rights were taken from, and the files that brought them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """Where rights were taken from, under which licence, and whether it registers."""

    code = models.CharField(primary_key=True, max_length=64)
    title_en = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)
    registers = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Import(models.Model):
    """One file of a register: what it held, how far it was read, what was refused.

    `rows_read` counts whole batches that are in; a run that was killed goes on there.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON Lines"
        ST66 = "st66", "WIPO ST.66"
        ST96 = "st96", "WIPO ST.96"
        GI = "gi", _("register of geographical indications (CSV)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT
    )
    format = models.CharField(max_length=8, choices=Format.choices)
    register = models.CharField(max_length=64, blank=True)
    demo = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    refusal = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["sha256"], name="import_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def refused(self) -> bool:
        """Say whether the file as a whole could not be trusted."""
        return bool(self.refusal)

    @property
    def running(self) -> bool:
        """Say whether rows may still come in."""
        return self.finished_at is None


class RejectedRow(models.Model):
    """One row that did not go in: where, which field, why."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=100)
    reason_code = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.reason_code}"
