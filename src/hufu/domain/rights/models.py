"""What is protected, by whom, and since when: registers, rights, who may use them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.models import Tracked


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


class Right(models.Model):
    """A title somebody holds, or, where `is_registration` is false, a name in use.

    Of a trade secret only the existence and a hash are kept.
    """

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
    expires_on = models.DateField(null=True, blank=True)
    status_text = models.CharField(max_length=1000, blank=True)
    is_registration = models.BooleanField(default=True)
    secret_sha256 = models.CharField(max_length=64, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.name or self.number or self.source_id

    @property
    def reference(self) -> str:
        """A short name for people to say on the telephone."""
        return f"R-{self.id.hex[:8].upper()}"


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
