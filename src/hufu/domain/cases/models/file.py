"""The case itself, its clocks, its exhibits, and where it came from."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.models import Clock, Text, Tracked
from hufu.domain.leads.models import Act
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


class Case(Tracked):
    """One matter of one respondent (or several) before one competent agency."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("case", "filing proposed")
        FILED = "filed", pgettext_lazy("case", "filed")
        INVESTIGATING = "investigating", pgettext_lazy("case", "investigation")
        IN_REVIEW = "in_review", pgettext_lazy("case", "in legal review")
        REVIEWED = "reviewed", pgettext_lazy("case", "reviewed")
        NOTIFIED = "notified", pgettext_lazy("case", "notified")
        HEARING = "hearing", pgettext_lazy("case", "hearing")
        COLLECTIVE = "collective", pgettext_lazy("case", "collectively discussed")
        DECIDED = "decided", pgettext_lazy("case", "decided")
        SERVED = "served", pgettext_lazy("case", "decision served")
        CLOSED = "closed", pgettext_lazy("case", "closed")
        NOT_FILED = "not_filed", pgettext_lazy("case", "not filed")
        WITHDRAWN = "withdrawn", pgettext_lazy("case", "ended without penalty")
        TRANSFERRED = "transferred", pgettext_lazy("case", "transferred")

    class Track(models.TextChoices):
        ADMINISTRATIVE = (
            "administrative",
            _("administrative penalty, ordinary procedure"),
        )

    class Ending(models.TextChoices):
        PENALTY = "penalty", _("penalty decided")
        NO_PENALTY = "no_penalty", _("violation found, no penalty")
        NO_VIOLATION = "no_violation", _("no violation established")
        LIMITATION = "limitation", _("limitation period has passed")
        WITHDRAWN = "withdrawn", _("filing revoked")
        TRANSFERRED = "transferred", _("transferred")
        NOT_FILED = "not_filed", _("not filed")

    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, related_name="cases"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)
    track = models.CharField(
        max_length=16, choices=Track.choices, default=Track.ADMINISTRATIVE
    )
    right = models.ForeignKey(
        "rights.Right",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    right_kind = models.CharField(max_length=24)
    act = models.CharField(max_length=24, choices=Act.choices)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=6)
    opened_on = models.DateField()
    discovered_on = models.DateField()
    occurred_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    decision_ref = models.CharField(max_length=64, blank=True)
    ending = models.CharField(max_length=16, choices=Ending.choices, blank=True)
    competence = models.JSONField(default=list, blank=True)
    # The earliest running clock of the agency, kept here so that a list of many
    # thousand cases can begin with what is late.
    next_due_on = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opened_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "next_due_on", "id"], name="case_due"),
            models.Index(fields=["agency", "state", "next_due_on"], name="case_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="case_serial_once", fields=["agency", "year", "serial"]
            ),
            models.CheckConstraint(
                name="case_state_known",
                condition=models.Q(
                    state__in=[
                        "proposed",
                        "filed",
                        "investigating",
                        "in_review",
                        "reviewed",
                        "notified",
                        "hearing",
                        "collective",
                        "decided",
                        "served",
                        "closed",
                        "not_filed",
                        "withdrawn",
                        "transferred",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="case_region_six_digits",
                condition=models.Q(region__regex=r"^\d{6}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """Name the state for people, in the language in use."""
        return str(self.State(self.state).label)

    def open_to(self, actor: Actor) -> bool:
        """Open to the team, and to those of the agency who answer for its cases."""
        if actor.holds(Permission.CASE_OVERSEE) and self.agency_id in actor.agencies:
            return True
        return isinstance(actor, Account) and (
            self.participants.filter(account=actor, removed_at=None).exists()
        )


class LeadLink(models.Model):
    """That a case follows from a lead. The lead's reporter stays with the intake."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lead_links")
    lead = models.OneToOneField(
        "leads.Lead", on_delete=models.PROTECT, related_name="case_link"
    )

    def __str__(self) -> str:
        return f"{self.case_id} {self.lead_id}"


class Override(models.Model):
    """A superior body designated the agency for this case (指定管辖)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="override")
    designated_by = models.CharField(_("designating body"), max_length=200)
    document = models.CharField(_("document number"), max_length=120)
    basis = models.CharField(_("legal basis"), max_length=300)
    designated_on = models.DateField(_("designated on"))
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.document


class CaseClock(Clock):
    """A legal period of a case: whose it is, and which proceeding it belongs to."""

    class Side(models.TextChoices):
        AGENCY = "agency", pgettext_lazy("whose period", "agency")
        RESPONDENT = "respondent", pgettext_lazy("whose period", "respondent")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.AGENCY)
    about = models.UUIDField(null=True, blank=True)

    class Meta(Clock.Meta):
        indexes = [
            models.Index(fields=["case", "rule"], name="case_clock_rule"),
            # Few periods run, many have run: the first page reads these only.
            models.Index(
                fields=["due_on", "case", "side"],
                name="case_clock_running",
                condition=models.Q(met_on=None, dropped_on=None),
            ),
        ]


class Exhibit(models.Model):
    """An item of evidence used in the case: numbered, with what it is to prove."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    item = models.ForeignKey(
        "evidence.Item", on_delete=models.PROTECT, related_name="exhibits"
    )
    number = models.PositiveIntegerField()
    purpose = models.CharField(_("what it is to prove"), max_length=500)
    disclosed = models.BooleanField(_("disclosed to the respondent"), default=False)
    # Codes of the requirements, in the evidence lists of the law, that it meets.
    meets = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="exhibit_number_once", fields=["case", "number"]
            ),
            models.UniqueConstraint(name="exhibit_item_once", fields=["case", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.purpose}"


class Paper(Text):
    """A paper of the file: a report, an opinion, minutes, the reason for an act."""

    class Kind(models.TextChoices):
        FILING = "filing", _("reason for the filing decision")
        INVESTIGATION = "investigation", _("report on the end of the investigation")
        REVIEW = "review", _("opinion of the legal review")
        DEFENCE = "defence", _("what became of statement and defence")
        HEARING = "hearing", _("report on the hearing")
        MINUTES = "minutes", _("minutes of the collective discussion")
        PERIOD = "period", _("reason for moving a period")
        CLOSING = "closing", _("closing report")
        WITHDRAWAL = "withdrawal", _("reason for ending the case")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=Kind.choices)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
