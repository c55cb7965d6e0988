"""Who can act, for whom, and where; and who is concerned."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hufu.domain.people.permissions import OFFICER_ROLES, ROLES
from hufu.domain.people.words import ROLE_NAMES


class Agency(models.Model):
    """A body that acts: market regulation, customs, police, court, and so on."""

    class Kind(models.TextChoices):
        MARKET = "market", _("market regulation")
        IP_OFFICE = "ip_office", _("intellectual property office")
        COPYRIGHT = "copyright", _("copyright administration")
        CULTURE = "culture", _("cultural market enforcement")
        AGRICULTURE = "agriculture", _("agriculture and rural affairs")
        FORESTRY = "forestry", _("forestry and grassland")
        CUSTOMS = "customs", _("customs")
        POLICE = "police", _("public security")
        PROSECUTION = "prosecution", _("procuratorate")
        COURT = "court", _("people's court")

    code = models.CharField(primary_key=True, max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    region = models.CharField(max_length=6)
    level = models.PositiveSmallIntegerField(default=2)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["region", "kind"]
        constraints = [
            models.CheckConstraint(
                name="agency_region_six_digits",
                condition=models.Q(region__regex=r"^\d{6}$"),
            ),
        ]

    def __str__(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.name_zh if chinese else self.name_en


class Party(models.Model):
    """A person or organisation concerned: holder, respondent, agent, platform.

    Personal data lives here and nowhere else, so that it can be erased here.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", pgettext_lazy("kind of party", "company")
        SOLE_TRADER = "sole_trader", _("individual business")
        PERSON = "person", _("natural person")
        ASSOCIATION = "association", _("association or institution")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=300)
    name_other = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, default="CN")
    region = models.CharField(max_length=6, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    credit_class = models.CharField(max_length=1, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "parties"
        indexes = [models.Index(fields=["uscc"], name="party_uscc")]
        constraints = [
            models.UniqueConstraint(
                name="party_uscc_once",
                fields=["uscc"],
                condition=~models.Q(uscc="") & models.Q(erased_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def foreign(self) -> bool:
        """Say whether the party comes from abroad."""
        return self.country != "CN"


class Account(AbstractUser):
    """Somebody who signs in: an officer of an agency, or someone for a party."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="officers"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    language = models.CharField(max_length=10, default="en")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_officer_has_agency",
                condition=models.Q(agency__isnull=False, role__in=sorted(OFFICER_ROLES))
                | (models.Q(agency=None) & ~models.Q(role__in=sorted(OFFICER_ROLES))),
            ),
        ]

    @property
    def label(self) -> str:
        """Name the actor as the journal does."""
        return f"{'officer' if self.agency_id else 'party'}:{self.pk}"

    @property
    def role_name(self) -> str:
        """Name the role as people call it."""
        return str(ROLE_NAMES[self.role])

    @property
    def agencies(self) -> frozenset[str]:
        """Codes of the agencies whose records the officer may see and touch."""
        return frozenset({self.agency_id} if self.agency_id else ())

    @property
    def is_officer(self) -> bool:
        """Say whether the account works for an agency."""
        return self.agency_id is not None

    def holds(self, permission: str) -> bool:
        """Say whether the account's role grants `permission`."""
        return self.is_active and permission in ROLES.get(self.role, frozenset())


class ApiKey(models.Model):
    """A key with which programs act for an account. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="api_keys"
    )
    name = models.CharField(_("what the key is for"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def agency_id(self) -> str | None:
        """The agency whose journal tells of the key."""
        return self.account.agency_id


class Erasure(models.Model):
    """That personal data of a record was erased, and under which retention term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    term = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"
