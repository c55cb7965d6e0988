"""Draws: what was fixed beforehand, and what the public value made of it."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.models import Tracked
from hufu.engines.proof.draws import Draw as Drawing
from hufu.engines.proof.draws import DrawPlan


class Draw(Tracked):
    """A draw of whom to inspect, or of who inspects. Triggers keep its plan as it is.

    `plan` holds the exact bytes whose hash was deposited; the columns beside it are
    what lists need of them.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("draw", "planned")
        SETTLED = "settled", pgettext_lazy("draw", "drawn")
        PUBLISHED = "published", pgettext_lazy("draw", "published")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    purpose = models.CharField(_("purpose"), max_length=200)
    plan = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    seats = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    deposit = models.OneToOneField(
        "evidence.Deposit", on_delete=models.PROTECT, related_name="+"
    )
    planned_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-planned_at"]
        indexes = [models.Index(fields=["agency", "-planned_at"], name="draw_agency")]
        constraints = [
            models.CheckConstraint(
                name="draw_state_known",
                condition=models.Q(state__in=["planned", "settled", "published"]),
            ),
            models.CheckConstraint(
                name="draw_planned_before_value",
                condition=models.Q(planned_at__lt=models.F("known_at")),
            ),
            models.CheckConstraint(
                name="draw_published_with_hour",
                condition=~models.Q(state="published")
                | models.Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @cached_property
    def planned(self) -> DrawPlan:
        """Read the plan from its bytes."""
        return DrawPlan.parse(bytes(self.plan))

    @property
    def authority(self) -> dict[str, str]:
        """The agency's name in both languages."""
        return {"en": self.agency.name_en, "zh": self.agency.name_zh}

    def is_known(self, at: datetime) -> bool:
        """Say whether the public value exists at an instant."""
        return at >= self.known_at


class Outcome(models.Model):
    """The value and what it drew, once and for good. Triggers refuse any change.

    `result` holds the file with which anybody repeats the draw; `said` is the value
    as it was published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="outcome")
    result = models.BinaryField()
    said = models.CharField(max_length=2000)
    told_by = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField()

    class Meta:
        ordering = ["-settled_at"]

    def __str__(self) -> str:
        return f"{self.draw_id}"

    @cached_property
    def drawing(self) -> Drawing:
        """Read the value, its signature and the drawn from the file."""
        return Drawing.parse(bytes(self.result))
