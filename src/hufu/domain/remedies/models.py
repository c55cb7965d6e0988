"""What was decided, on which law, and whether it was carried out."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.models import Clock, Tracked


class Decision(Tracked):
    """One penalty decision in one case, with the law as it stood when it was made."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("decision", "draft")
        REVIEWED = "reviewed", pgettext_lazy("decision", "legally reviewed")
        APPROVED = "approved", pgettext_lazy("decision", "approved")
        ISSUED = "issued", pgettext_lazy("decision", "issued")
        EXECUTED = "executed", pgettext_lazy("decision", "carried out")
        DROPPED = "dropped", pgettext_lazy("decision", "draft withdrawn")
        REVOKED = "revoked", pgettext_lazy("decision", "revoked")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, related_name="decisions"
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="decisions"
    )
    rule = models.CharField(_("violation"), max_length=100)
    acted_on = models.DateField(_("day of the act"))
    illegal_turnover = models.DecimalField(
        _("illegal turnover"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    gains = models.DecimalField(
        _("illegal gains"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    goods_value = models.DecimalField(
        _("value of the goods"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    copies = models.PositiveIntegerField(_("number of copies"), null=True, blank=True)
    range = models.JSONField()
    periods = models.JSONField(default=dict, blank=True)
    findings_en = models.TextField(_("facts found (English)"))
    findings_zh = models.TextField(_("facts found (Chinese)"))
    reasons_en = models.TextField(_("reasons (English)"))
    reasons_zh = models.TextField(_("reasons (Chinese)"))
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    served_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    letter_en = models.ForeignKey(
        "evidence.Item",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    letter_zh = models.ForeignKey(
        "evidence.Item",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["-drafted_at"]
        indexes = [models.Index(fields=["agency", "state"], name="decision_state")]
        constraints = [
            models.UniqueConstraint(
                name="decision_one_live",
                fields=["case"],
                condition=~models.Q(state__in=["dropped", "revoked"]),
            ),
            models.CheckConstraint(
                name="decision_state_known",
                condition=models.Q(
                    state__in=[
                        "draft",
                        "reviewed",
                        "approved",
                        "issued",
                        "executed",
                        "dropped",
                        "revoked",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="decision_reviewed_by_another",
                condition=models.Q(reviewed_by=None)
                | ~models.Q(reviewed_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="decision_approved_by_a_third",
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("drafted_by"))
                & ~models.Q(approved_by=models.F("reviewed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def open_to(self, actor: Actor) -> bool:
        """Open to whoever the case is open to."""
        return bool(self.case.open_to(actor))


class Ground(models.Model):
    """A circumstance that the law names, and why the file bears it out."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="grounds"
    )
    code = models.CharField(max_length=60)
    effect = models.CharField(max_length=20)
    title = models.JSONField()
    reason = models.TextField(_("why it applies"))
    ruling = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="ground_once", fields=["decision", "code"])
        ]

    def __str__(self) -> str:
        return self.code


class Penalty(models.Model):
    """One line of a decision: what the respondent must pay, give up, or stop."""

    class Kind(models.TextChoices):
        FINE = "fine", _("fine")
        CONFISCATION = "confiscation", _("confiscation of goods and tools")
        GAINS = "gains", _("confiscation of illegal gains")
        ORDER = "order", _("order to stop")
        WARNING = "warning", _("warning")

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="penalties"
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, default="CNY")
    text_en = models.TextField(_("words (English)"), blank=True)
    text_zh = models.TextField(_("words (Chinese)"), blank=True)
    ruling = models.JSONField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "penalties"
        constraints = [
            models.UniqueConstraint(
                name="penalty_number_once", fields=["decision", "number"]
            ),
            models.CheckConstraint(
                name="penalty_money_has_amount",
                condition=models.Q(kind__in=["fine", "gains"], amount__gt=0)
                | ~models.Q(kind__in=["fine", "gains"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Confirmation(models.Model):
    """That a person read an unconfirmed rule in the law itself before it was used."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="confirmations"
    )
    rule = models.CharField(max_length=100)
    at = models.DateTimeField()
    author = models.CharField(max_length=100)
    reason = models.TextField(_("where it was read"))

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                name="confirmation_once", fields=["decision", "rule"]
            )
        ]

    def __str__(self) -> str:
        return self.rule


class Remark(models.Model):
    """Why a decision was sent back, withdrawn or revoked: erasable words."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="remarks"
    )
    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    author = models.CharField(max_length=100)
    body = models.TextField(_("reason"))

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class DecisionClock(Clock):
    """A period that service started: payment, reconsideration, suit."""

    class Side(models.TextChoices):
        AGENCY = "agency", pgettext_lazy("whose period", "agency")
        RESPONDENT = "respondent", pgettext_lazy("whose period", "respondent")

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="clocks"
    )
    side = models.CharField(max_length=10, choices=Side.choices)

    class Meta(Clock.Meta):
        constraints = [
            models.UniqueConstraint(
                name="decision_clock_once", fields=["decision", "rule"]
            )
        ]


class Execution(models.Model):
    """One step of carrying a decision out: money received, goods destroyed, a plan."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment received")
        INSTALMENT = "instalment", _("instalment or deferral granted")
        FULFILMENT = "fulfilment", _("order or confiscation carried out")
        DEMAND = "demand", _("written demand sent")
        COURT = "court", _("enforcement applied for at the court")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="executions"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    penalty = models.ForeignKey(
        Penalty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    on = models.DateField(_("on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=100)

    class Meta:
        ordering = ["on", "at"]
        constraints = [
            models.CheckConstraint(
                name="execution_amount_positive",
                condition=models.Q(amount=None) | models.Q(amount__gt=0),
            ),
            models.CheckConstraint(
                name="execution_instalment_complete",
                condition=~models.Q(kind="instalment")
                | models.Q(amount__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
