"""Whose a right is, who may use it, and who wants it watched."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.models import Tracked
from hufu.domain.rights.models.titles import Right


class Licence(models.Model):
    """Who may use a right, or sell under it, besides its holder."""

    class Kind(models.TextChoices):
        EXCLUSIVE = "exclusive", _("exclusive licence")
        SOLE = "sole", _("sole licence")
        ORDINARY = "ordinary", _("ordinary licence")
        SELLER = "seller", _("authorised seller")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    licensee = models.CharField(_("name of the licensee or seller"), max_length=300)
    seller_id = models.CharField(
        _("the seller's identifier on the platform"), max_length=200, blank=True
    )
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="licence_days_in_order",
                condition=models.Q(to_on=None)
                | models.Q(to_on__gte=models.F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.licensee


class Authority(models.Model):
    """That an agent may act for a principal, with the paper that says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    principal = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, related_name="authorities_given"
    )
    agent = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, related_name="authorities_held"
    )
    proof = models.ForeignKey(
        "evidence.Item", on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "authorities"
        ordering = ["from_on", "pk"]

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.principal_id}"


class Claim(Tracked):
    """Somebody says that a recorded right is theirs; an officer looks at the proof."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("claim", "submitted")
        VERIFIED = "verified", pgettext_lazy("claim", "verified")
        REFUSED = "refused", pgettext_lazy("claim", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("claim", "withdrawn")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="claims")
    party = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, related_name="claims"
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="claims"
    )
    proof = models.ForeignKey(
        "evidence.Item", on_delete=models.PROTECT, related_name="+"
    )
    principal_name = models.CharField(max_length=300, blank=True)
    principal_country = models.CharField(max_length=2, blank=True)
    statement = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    reason_en = models.TextField(blank=True)
    reason_zh = models.TextField(blank=True)

    class Meta:
        ordering = ["submitted_at"]
        indexes = [
            models.Index(fields=["agency", "state", "submitted_at"], name="claim_inbox")
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_state_known",
                condition=models.Q(
                    state__in=["submitted", "verified", "refused", "withdrawn"]
                ),
            ),
            models.UniqueConstraint(
                name="claim_once_open",
                fields=["right", "party"],
                condition=models.Q(state="submitted"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def open_to(self, actor: Actor) -> bool:
        """Say whether it lies at the actor's agency, or the actor made it."""
        return super().open_to(actor) or actor.label == self.account.label


class Monitor(models.Model):
    """That a verified holder asked to have a right watched, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="monitors")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    asked_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="monitor_once",
                fields=["right"],
                condition=models.Q(until_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.since_on}"
