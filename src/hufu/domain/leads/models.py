"""Something that may be an infringement, wherever the hint came from."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.models import Clock, Text, Tracked
from hufu.domain.rights.models import Right


class Act(models.TextChoices):
    """What somebody is said to have done."""

    COUNTERFEIT_MARK = "counterfeit_mark", _("same mark on the same goods")
    SIMILAR_MARK = "similar_mark", _("similar mark or similar goods")
    SALE = "sale", _("sale of infringing goods")
    LABELS = "labels", _("making or selling labels of a mark")
    PIRACY = "piracy", _("copying or spreading a work without leave")
    PATENT_PASSING_OFF = "patent_passing_off", _("passing off a patent")
    PATENT_INFRINGEMENT = "patent_infringement", _("patent infringement")
    GI_MISUSE = "gi_misuse", _("misuse of a geographical indication")
    TRADE_SECRET_THEFT = "trade_secret_theft", _("taking a trade secret")
    OTHER = "other", pgettext_lazy("infringing act", "something else")


class Reason(models.TextChoices):
    """Why a lead ends without a case. The reporter reads it."""

    NO_INFRINGEMENT = "no_infringement", _("what was found is not an infringement")
    NOT_ENOUGH = "not_enough", _("what we have does not suffice to go on")
    AUTHORISED = "authorised", _("the seller is authorised by the holder")
    NOT_IN_FORCE = "not_in_force", _("the right was not in force on the day")
    TOO_LATE = "too_late", _("the time limit of the law has passed")
    HANDLED = "handled", _("the same matter has been handled already")
    SETTLED = "settled", _("the parties have settled the matter")
    CORRECTED = "corrected", _("the act was minor and was corrected in time")
    TAKEN_BACK = "taken_back", _("taken back by whoever sent it")
    OTHER = "other", pgettext_lazy("reason for closing", "another reason")


class Lead(Tracked):
    """One hint to look into: reported, complained of, referred or detected.

    The reporter's name and contact live in their own columns and are read only
    through `services.reveal_reporter`, which leaves an entry. An anonymous lead
    has neither.
    """

    class Origin(models.TextChoices):
        REPORT = "report", _("public report")
        COMPLAINT = "complaint", _("holder's complaint")
        DETECTION = "detection", _("detection")
        REFERRAL = "referral", _("referral from another agency")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("lead", "new")
        ACCEPTED = "accepted", pgettext_lazy("lead", "accepted")
        MERGED = "merged", pgettext_lazy("lead", "merged")
        REFERRED = "referred", pgettext_lazy("lead", "referred")
        IN_CASE = "in_case", pgettext_lazy("lead", "in a case")
        CLOSED = "closed", pgettext_lazy("lead", "closed")

    class Lane(models.TextChoices):
        SIMPLE = "simple", pgettext_lazy("lane", "simple")
        COMPLEX = "complex", pgettext_lazy("lane", "complex")

    OPEN = ("new", "accepted")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    right = models.ForeignKey(Right, null=True, blank=True, on_delete=models.PROTECT)
    right_kind = models.CharField(max_length=24, choices=Right.Kind.choices, blank=True)
    act = models.CharField(max_length=24, choices=Act.choices)
    lane = models.CharField(max_length=8, choices=Lane.choices)
    lane_reasons = models.JSONField(default=list, blank=True)
    title = models.CharField(_("title"), max_length=200)
    search_text = models.CharField(max_length=600, blank=True)
    details = models.TextField(_("details"), blank=True)
    respondent_name = models.CharField(max_length=300, blank=True)
    respondent_uscc = models.CharField(max_length=18, blank=True)
    place = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=6)
    url = models.CharField(max_length=2000, blank=True)
    url_key = models.CharField(max_length=64, blank=True)
    seller = models.CharField(max_length=200, blank=True)
    goods = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    received_at = models.DateTimeField()
    defence_known = models.TextField(blank=True)
    declarations = models.JSONField(default=list, blank=True)
    referred_by = models.CharField(max_length=200, blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    anonymous = models.BooleanField(default=False)
    complainant = models.ForeignKey(
        "people.Party",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
    )
    reporter_name = models.CharField(max_length=200, blank=True)
    reporter_contact = models.CharField(max_length=200, blank=True)
    receipt_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,
    )
    referred_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        db_index=False,
    )
    case_id = models.UUIDField(null=True, blank=True)
    case_number = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_text = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    score = models.FloatField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # The inbox reads in this order and finds words on the way, so that a
            # page costs the same with a hundred leads and with a hundred thousand.
            models.Index(
                fields=[
                    "agency",
                    "-received_at",
                    "-id",
                    "state",
                    "origin",
                    "lane",
                    "right_kind",
                    "search_text",
                ],
                name="lead_inbox",
            ),
            models.Index(
                fields=[
                    "agency",
                    "next_due_on",
                    "id",
                    "state",
                    "origin",
                    "lane",
                    "right_kind",
                    "search_text",
                ],
                name="lead_due",
            ),
            models.Index(
                fields=["agency", "seller", "-received_at"], name="lead_seller"
            ),
            models.Index(fields=["agency", "url_key"], name="lead_url"),
            models.Index(fields=["agency", "right", "-received_at"], name="lead_right"),
            models.Index(fields=["origin", "received_at"], name="lead_flood"),
            models.Index(fields=["case_id"], name="lead_case"),
            # Few leads have these; an index of all the empty ones misleads planners.
            models.Index(
                fields=["merged_into"],
                name="lead_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["referred_from"],
                name="lead_referred_from",
                condition=models.Q(referred_from__isnull=False),
            ),
            models.Index(
                fields=["complainant", "-received_at"],
                name="lead_complainant",
                condition=models.Q(complainant__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="lead_state_known",
                condition=models.Q(
                    state__in=[
                        "new",
                        "accepted",
                        "merged",
                        "referred",
                        "in_case",
                        "closed",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="lead_anonymous_has_no_name",
                condition=models.Q(anonymous=False)
                | models.Q(reporter_name="", reporter_contact="", complainant=None),
            ),
            models.CheckConstraint(
                name="lead_merged_somewhere",
                condition=~models.Q(state="merged")
                | models.Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_closed_with_reason",
                condition=~models.Q(state="closed") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def named(self) -> bool:
        """Say whether somebody gave a name, to whom the law owes an answer."""
        return bool(self.reporter_name or self.complainant_id)


class LeadClock(Clock):
    """A legal period that runs for a lead."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="clocks")


class Message(Text):
    """What the office and whoever sent the lead write to each other."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="messages")
    from_officer = models.BooleanField()


class Attachment(models.Model):
    """An evidence item that came with a lead or was added later."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="attachments")
    item = models.ForeignKey("evidence.Item", on_delete=models.PROTECT)
    at = models.DateTimeField()
    from_officer = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(name="attachment_once", fields=["lead", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.item_id}"


class Draft(models.Model):
    """A report being written, found only by the secret its page carries.

    Sent, it is empty, and for some minutes lets the receipt be shown once more.
    """

    key_hash = models.CharField(primary_key=True, max_length=64)
    words = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    sent = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at"]
        indexes = [
            models.Index(fields=["started_at"], name="draft_started"),
            models.Index(fields=["expires_at"], name="draft_expires"),
        ]

    def __str__(self) -> str:
        return "draft"

    @property
    def size(self) -> int:
        """Bytes of all files kept with the draft."""
        files: list[dict[str, Any]] = self.files
        return sum(file["size"] for file in files)


class SavedFilter(models.Model):
    """A view of the inbox an officer keeps under a name."""

    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, related_name="lead_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_once", fields=["account", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
