"""What was reported about a promise, and the monthly return."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hufu.base.models import Clock, Text, Tracked


class Progress(Text):
    """What a responsible agency reports about one commitment, with its status then."""

    class Status(models.TextChoices):
        BEGUN = "begun", _("begun")
        KEPT = "kept", _("kept")
        BROKEN = "broken", _("not kept")
        OVERTAKEN = "overtaken", _("overtaken by later law")

    commitment = models.CharField(max_length=40, db_index=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    source = models.CharField(max_length=500)

    @property
    def authority(self) -> dict[str, str]:
        """The reporting agency's name in both languages."""
        return {"en": self.agency.name_en, "zh": self.agency.name_zh}


class MonthlyReturn(Tracked):
    """One agency's figures for one month, frozen when filed."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        FILED = "filed", _("filed")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    month = models.DateField(help_text=_("The first day of the month reported."))
    drawn_at = models.DateTimeField()
    through_entry = models.PositiveBigIntegerField()
    figures = models.JSONField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                name="return_once_a_month", fields=["agency", "month"]
            ),
            models.CheckConstraint(
                name="return_month_is_first_day", condition=models.Q(month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.month:%Y-%m}"


class ReturnClock(Clock):
    """When a month's return is due."""

    report = models.ForeignKey(
        MonthlyReturn, on_delete=models.PROTECT, related_name="clocks"
    )


class Counted(models.Model):
    """An entry a filed return counted: a number opens onto these for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(
        MonthlyReturn, on_delete=models.PROTECT, related_name="counted"
    )
    figure = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    entry = models.ForeignKey("base.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.UniqueConstraint(
                name="return_counts_once", fields=["report", "figure", "part", "entry"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.entry_id}"


class DailyFigures(models.Model):
    """What the public sees of all agencies' figures from the end of a day on.

    Counted once: a number that moved with every act would tell of single acts to
    whoever asks again and again. `digest` stands in the journal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_on = models.DateField()
    to_on = models.DateField(unique=True)
    counted_at = models.DateTimeField()
    figures = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-to_on"]

    def __str__(self) -> str:
        return f"{self.to_on}"
