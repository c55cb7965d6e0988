"""What is protected: rights, what happened to them, and what they are found by."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.rights.models.registers import Import, Register


class Status(models.TextChoices):
    """What can be said of a right on a day."""

    IN_FORCE = "in_force", pgettext_lazy("right", "in force")
    PENDING = "pending", pgettext_lazy("right", "applied for")
    NOT_YET = "not_yet", pgettext_lazy("right", "not yet filed")
    RENEWABLE = "renewable", _("term over — may still be renewed")
    EXPIRED = "expired", pgettext_lazy("right", "expired")
    CANCELLED = "cancelled", pgettext_lazy("right", "cancelled")
    SURRENDERED = "surrendered", pgettext_lazy("right", "surrendered")
    INVALIDATED = "invalidated", pgettext_lazy("right", "invalidated")
    REFUSED = "refused", pgettext_lazy("right", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("right", "application withdrawn")
    NAME_IN_USE = "name_in_use", _("name in use — not a registration")
    UNKNOWN = "unknown", pgettext_lazy("right", "status not known")


class Right(models.Model):
    """A title somebody holds, or, where `is_registration` is false, a name in use.

    Of a trade secret only the existence and a hash are kept. `is_stated` marks what a
    holder wrote down and no officer has verified; `is_listed` lets the public find it.
    `ends_on` and `renewable_until_on` are worked out whenever a row is written (see
    `protection.py`), so that asking for a status stays a comparison of days.
    """

    status: str  # `queries.with_status` adds it

    class Kind(models.TextChoices):
        TRADEMARK = "trademark", _("trademark")
        GEOGRAPHICAL_INDICATION = (
            "geographical_indication",
            _("geographical indication"),
        )
        INVENTION = "invention", _("invention patent")
        UTILITY_MODEL = "utility_model", _("utility model")
        DESIGN = "design", _("design")
        COPYRIGHT = "copyright", _("copyright")
        PLANT_VARIETY = "plant_variety", _("plant variety")
        LAYOUT_DESIGN = "layout_design", _("layout-design")
        TRADE_SECRET = "trade_secret", _("trade secret")
        TRADITIONAL_KNOWLEDGE = "traditional_knowledge", _("traditional knowledge")

    class Subtype(models.TextChoices):
        WORD = "word", _("word mark")
        FIGURATIVE = "figurative", _("figurative mark")
        COMBINED = "combined", _("combined mark")
        THREE_D = "three_d", _("three-dimensional mark")
        SOUND = "sound", _("sound mark")
        COLOUR = "colour", _("colour mark")
        GI = "gi", _("geographical indication, as such")
        PDO = "pdo", _("protected designation of origin")
        PGI = "pgi", _("protected geographical indication")
        TSG = "tsg", _("traditional speciality guaranteed")
        LITERARY = "literary", _("literary work")
        MUSIC = "music", _("musical work")
        DRAMATIC = "dramatic", _("dramatic work")
        ART = "art", _("work of art")
        PHOTOGRAPH = "photograph", _("photograph")
        FILM = "film", _("audiovisual work")
        DRAWING = "drawing", _("drawing, map or model")
        SOFTWARE = "software", _("software")
        RECORDING = "recording", _("sound recording")
        PERFORMANCE = "performance", _("performance")
        BROADCAST = "broadcast", _("broadcast")
        OTHER = "other", pgettext_lazy("sub-kind of right", "other")

    class MarkRole(models.TextChoices):
        INDIVIDUAL = "individual", _("individual mark")
        COLLECTIVE = "collective", _("collective mark")
        CERTIFICATION = "certification", _("certification mark")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    subtype = models.CharField(max_length=12, choices=Subtype.choices, blank=True)
    mark_role = models.CharField(max_length=14, choices=MarkRole.choices, blank=True)
    well_known = models.BooleanField(default=False)
    name = models.CharField(max_length=1000, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=64, blank=True)
    office = models.CharField(max_length=64, blank=True)
    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="rights"
    )
    source_id = models.CharField(max_length=130)
    holder = models.ForeignKey(
        "people.Party",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rights",
    )
    holder_name = models.CharField(max_length=1000, blank=True)
    holder_country = models.CharField(max_length=64, blank=True)
    agent_name = models.CharField(max_length=1000, blank=True)
    goods = models.TextField(blank=True)
    territory = models.CharField(max_length=1000, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    arose_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    renewable_until_on = models.DateField(null=True, blank=True)
    status_text = models.CharField(max_length=1000, blank=True)
    is_registration = models.BooleanField(default=True)
    is_stated = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=True)
    secret_sha256 = models.CharField(max_length=64, blank=True)
    work_sha256 = models.CharField(max_length=64, blank=True)
    deposit = models.ForeignKey(
        "evidence.Item",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    extra = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64)
    demo = models.BooleanField(default=False)
    batch = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.PROTECT, related_name="rights"
    )

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="right_name"),
            models.Index(fields=["kind", "name", "id"], name="right_kind_name"),
            models.Index(fields=["number"], name="right_number"),
            models.Index(fields=["name_key"], name="right_name_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="right_once_in_register", fields=["register", "source_id"]
            ),
            models.CheckConstraint(
                name="right_secret_hash_only",
                condition=models.Q(secret_sha256="")
                | models.Q(
                    ("secret_sha256__regex", r"^[0-9a-f]{64}$"),
                    kind="trade_secret",
                    goods="",
                ),
            ),
            models.CheckConstraint(
                name="right_work_hash",
                condition=models.Q(work_sha256="")
                | models.Q(work_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="right_secret_has_no_file",
                condition=~models.Q(kind="trade_secret")
                | models.Q(deposit=None, work_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.number or self.source_id

    @property
    def reference(self) -> str:
        """A short name for people to say on the telephone."""
        return f"R-{self.id.hex[:8].upper()}"

    @property
    def status_label(self) -> str:
        """The status that was asked for, in words."""
        return str(Status(self.status).label)


class RightEvent(models.Model):
    """What happened to a right on a day; its status on any day follows from these."""

    class Kind(models.TextChoices):
        FILED = "filed", pgettext_lazy("right", "filed")
        PUBLISHED = "published", pgettext_lazy("right", "published")
        REGISTERED = "registered", pgettext_lazy("right", "registered")
        RENEWED = "renewed", pgettext_lazy("right", "renewed")
        REFUSED = "refused", pgettext_lazy("right", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("right", "application withdrawn")
        EXPIRED = "expired", pgettext_lazy("right", "expired")
        CANCELLED = "cancelled", pgettext_lazy("right", "cancelled")
        SURRENDERED = "surrendered", pgettext_lazy("right", "surrendered")
        INVALIDATED = "invalidated", pgettext_lazy("right", "invalidated")
        RESTORED = "restored", pgettext_lazy("right", "restored")
        OTHER = "other", pgettext_lazy("right", "other event")

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="events")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=500, blank=True)
    imported = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["right", "on"], name="right_event_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class RightClass(models.Model):
    """One class of the Nice classification that a mark covers."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="classes")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["number", "right"], name="right_class_number")]
        constraints = [
            models.UniqueConstraint(name="right_class", fields=["right", "number"]),
            models.CheckConstraint(
                name="right_class_is_nice",
                condition=models.Q(number__gte=1, number__lte=45),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SearchTerm(models.Model):
    """The beginning of a word, or neighbouring Chinese characters, of a name.

    Terms of the holder's name begin with `HOLDER`.
    """

    HOLDER = "@"

    right = models.ForeignKey(
        Right, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    term = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="search_term", fields=["term", "right"]),
        ]
        indexes = [models.Index(fields=["right"], name="search_term_right")]

    def __str__(self) -> str:
        return self.term
