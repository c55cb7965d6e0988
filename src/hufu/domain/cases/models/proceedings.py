"""What is done in a case: measures, notice, submissions, hearing, service, transfer."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.models import Text
from hufu.domain.cases.models.file import Case
from hufu.domain.cases.models.team import CaseParty


class Measure(models.Model):
    """Registered preservation of goods as evidence (先行登记保存)."""

    class Outcome(models.TextChoices):
        COPIED = "copied", _("recorded, copied or photographed")
        APPRAISED = "appraised", _("sent for appraisal")
        SEIZED = "seized", _("sealed or seized under a separate decision")
        CONFISCATED = "confiscated", _("to be confiscated by the decision")
        RETURNED = "returned", _("returned")
        LAPSED = "lapsed", _("lifted because the period ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    taken_on = models.DateField(_("taken on"))
    place = models.CharField(_("place"), max_length=300)
    keeper = models.CharField(_("kept by"), max_length=200)
    taken_by = models.CharField(max_length=100)
    approved_by = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["taken_on"]

    def __str__(self) -> str:
        return f"{self.taken_on} {self.place}"


class MeasureGood(models.Model):
    """One line of the list of preserved goods."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="goods")
    line = models.PositiveSmallIntegerField()
    name = models.CharField(_("goods"), max_length=200)
    model = models.CharField(_("model or size"), max_length=100, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=20)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(name="good_line_once", fields=["measure", "line"]),
            models.CheckConstraint(
                name="good_quantity_positive", condition=models.Q(quantity__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IntendedDecision(models.Model):
    """What the agency means to decide, as the respondent is told before (告知)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="intentions")
    at = models.DateTimeField()
    author = models.CharField(max_length=100)
    violation = models.TextField(_("facts found"))
    grounds = models.TextField(_("reasons and legal basis"))
    proposal = models.TextField(_("intended decision"))
    fine = models.DecimalField(
        _("fine"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    confiscation = models.DecimalField(
        _("value to be confiscated"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    currency = models.CharField(max_length=3, default="CNY")
    graver_order = models.BooleanField(
        _("licence revoked, business closed or restricted"), default=False
    )
    complex_case = models.BooleanField(
        _("complex, or a matter of weight in the public interest"), default=False
    )
    hearing_offered = models.BooleanField(default=False)
    collective_needed = models.BooleanField(default=False)
    rulings = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Service(models.Model):
    """That a document reached a party: how, when, and the proof (送达)."""

    class Document(models.TextChoices):
        NOTICE = "notice", _("notice of the intended decision")
        HEARING_NOTICE = "hearing_notice", _("notice of the hearing")
        PRESERVATION = "preservation", _("list of preserved goods")
        DECISION = "decision", _("decision")
        OTHER = "other", pgettext_lazy("document", "another document")

    class Method(models.TextChoices):
        DIRECT = "direct", _("handed over against signature")
        LEFT = "left", _("left behind before witnesses")
        MAIL = "mail", _("by post")
        ELECTRONIC = "electronic", _("electronically, with written consent")
        ENTRUSTED = "entrusted", _("through another agency")
        ANNOUNCEMENT = "announcement", _("by announcement")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    party = models.ForeignKey(
        CaseParty, on_delete=models.PROTECT, related_name="services"
    )
    document = models.CharField(max_length=16, choices=Document.choices)
    method = models.CharField(max_length=14, choices=Method.choices)
    sent_on = models.DateField(_("sent or handed over on"))
    served_on = models.DateField(_("counts as served on"))
    receiver = models.CharField(_("received by"), max_length=200, blank=True)
    proof = models.ForeignKey(
        "evidence.Item",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField()
    author = models.CharField(max_length=100)

    class Meta:
        ordering = ["served_on"]

    def __str__(self) -> str:
        return f"{self.document} {self.served_on}"


class Submission(Text):
    """What the respondent or their agent wrote, in time or late; always kept."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement and defence")
        HEARING = "hearing", _("request for a hearing")
        OBJECTION = "objection", _("objection")
        RECUSAL = "recusal", _("request that an officer stand back")
        WAIVER = "waiver", _("waiver of statement and hearing")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    party = models.ForeignKey(
        CaseParty, on_delete=models.PROTECT, related_name="submissions"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False)
    ruling = models.JSONField(default=dict, blank=True)
    items = models.ManyToManyField("evidence.Item", blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.made_on}"


class Hearing(models.Model):
    """A hearing: who holds it, when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="hearing")
    request = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="hearing"
    )
    host = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    appointed_on = models.DateField()
    public = models.BooleanField(_("held in public"), default=True)
    held_at = models.DateTimeField(_("time of the hearing"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    set_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.appointed_on}"


class Transfer(models.Model):
    """That a case should go to another agency or to the police, and went (移送)."""

    class Target(models.TextChoices):
        AGENCY = "agency", _("another administrative agency")
        POLICE = "police", _("public security (suspected crime)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers")
    target = models.CharField(max_length=8, choices=Target.choices)
    receiver = models.CharField(_("receiving body"), max_length=200)
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=100)
    approved = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    refusal_reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt = models.ForeignKey(
        "evidence.Item",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                name="transfer_one_open",
                fields=["case"],
                condition=models.Q(approved=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.receiver}"


class Challenge(models.Model):
    """Reconsideration or a suit against the decision, noted in the file."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", _("administrative reconsideration")
        SUIT = "suit", _("administrative suit")

    class Result(models.TextChoices):
        PENDING = "pending", pgettext_lazy("challenge", "pending")
        UPHELD = "upheld", _("decision upheld")
        CHANGED = "changed", _("decision changed")
        REVOKED = "revoked", _("decision revoked")
        WITHDRAWN = "withdrawn", pgettext_lazy("challenge", "withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="challenges")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    body_name = models.CharField(_("before"), max_length=200)
    number = models.CharField(_("file number there"), max_length=80, blank=True)
    filed_on = models.DateField(_("filed on"))
    result = models.CharField(
        max_length=10, choices=Result.choices, default=Result.PENDING
    )
    resolved_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["filed_on"]

    def __str__(self) -> str:
        return f"{self.kind} {self.filed_on}"


class WrongCode(models.Model):
    """How many wrong notice codes were tried in one minute, by whomever."""

    minute = models.DateTimeField(primary_key=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.minute} {self.count}"
