"""What the public may know: notices of decisions, without the people in them."""

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.models import Entry, Tracked


class Notice(Tracked):
    """One decision as the public reads it, for as long as the law lets it be read.

    It holds the redacted words and where something was left out, never what: that
    stays with the decision.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", pgettext_lazy("notice", "drafted")
        CONFIRMED = "confirmed", pgettext_lazy("notice", "confirmed")
        PUBLISHED = "published", pgettext_lazy("notice", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("notice", "withdrawn")
        EXPIRED = "expired", pgettext_lazy("notice", "expired")

    class Term(models.TextChoices):
        OTHER = "other", _("ordinary term")
        MINOR = "minor", _("short term: circulated criticism or low fine only")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, related_name="notices"
    )
    decision = models.ForeignKey(
        "remedies.Decision", on_delete=models.PROTECT, related_name="notices"
    )
    title_en = models.CharField(max_length=300)
    title_zh = models.CharField(max_length=300)
    body_en = models.TextField()
    body_zh = models.TextField()
    respondent = models.CharField(max_length=300)
    uscc = models.CharField(max_length=18, blank=True)
    right_kind = models.CharField(max_length=24)
    region = models.CharField(max_length=6)
    results = models.JSONField(default=list)
    redactions = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    kept_reason = models.TextField(_("why proposed passages stay"), blank=True)
    source_sha256 = models.CharField(max_length=64)
    term = models.CharField(_("term"), max_length=8, choices=Term.choices)
    term_reason = models.TextField(_("why the short term applies"), blank=True)
    publish_by_on = models.DateField()
    publish_ruling = models.JSONField()
    display_ruling = models.JSONField(default=dict, blank=True)
    decided_on = models.DateField()
    drafted_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-published_on", "pk"]
        indexes = [
            models.Index(fields=["state", "-published_on"], name="notice_public"),
            models.Index(fields=["agency", "state"], name="notice_agency"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="notice_one_live",
                fields=["decision"],
                condition=models.Q(state__in=["drafted", "confirmed", "published"]),
            ),
            models.CheckConstraint(
                name="notice_state_known",
                condition=models.Q(
                    state__in=[
                        "drafted",
                        "confirmed",
                        "published",
                        "withdrawn",
                        "expired",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="notice_confirmed_by_another",
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="notice_published_with_term",
                condition=~models.Q(state="published")
                | models.Q(
                    published_on__isnull=False,
                    until_on__isnull=False,
                    confirmed_by__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def open_to(self, actor: Actor) -> bool:
        """Open to officers of the agency that decided."""
        return self.agency_id in actor.agencies

    def shown_on(self, day: date) -> bool:
        """Say whether the public may read the notice on a day."""
        return (
            self.state == self.State.PUBLISHED
            and self.published_on is not None
            and self.until_on is not None
            and self.published_on <= day <= self.until_on
        )

    @property
    def title(self) -> dict[str, str]:
        """The title in both languages."""
        return {"en": self.title_en, "zh": self.title_zh}

    @property
    def authority(self) -> dict[str, str]:
        """The agency's name in both languages."""
        return {"en": self.agency.name_en, "zh": self.agency.name_zh}

    @property
    def late(self) -> bool:
        """Say whether it was published after the statutory time."""
        return self.published_on is not None and self.published_on > self.publish_by_on


class ListDay(models.Model):
    """The map of one published list on one day. Triggers refuse changes and deletions.

    `rows` are places and salted hashes: without the key nobody reads from them who
    was on the list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.SlugField(max_length=60)
    day = models.DateField()
    root = models.CharField(max_length=64)
    rows = models.BinaryField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "name"]
        constraints = [
            models.UniqueConstraint(name="list_day_once", fields=["name", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class ListEnquiry(models.Model):
    """That an officer asked whether somebody was on a list on a day that is past."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey(ListDay, on_delete=models.PROTECT, related_name="enquiries")
    code = models.CharField(max_length=18)
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.CharField(max_length=100)
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "list enquiries"

    def __str__(self) -> str:
        return f"{self.of} {self.asked_by}"
