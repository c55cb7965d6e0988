"""Files that prove something, who held them, and who may see them."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.base.journal import leaf_of
from hufu.base.models import Entry, Tracked
from hufu.domain.evidence import kept, uploads  # noqa: F401 - tables of this room, too
from hufu.domain.evidence.failures import FAILURES
from hufu.engines.proof.commitments import Opening
from hufu.engines.proof.heads import leaf_for


class Blob(models.Model):
    """The bytes of one file, stored once however many items show them."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ["stored_at"]
        constraints = [
            models.CheckConstraint(
                name="blob_named_by_hash",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class Item(Tracked):
    """One thing kept as evidence: an original, and a copy without metadata.

    A sealed item comes from somebody who must stay unknown: its original opens only
    for a director who gives a reason; everybody else works with the copy.
    """

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("evidence item", "held")
        RETURNED = "returned", pgettext_lazy("evidence item", "returned")
        DESTROYED = "destroyed", pgettext_lazy("evidence item", "destroyed")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT
    )
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="items")
    working = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="working_of"
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(_("description"), max_length=2000, blank=True)
    collected_at = models.DateTimeField()
    collected_by = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True)
    keeper = models.CharField(max_length=100)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    sealed = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ["-collected_at"]
        indexes = [
            models.Index(fields=["agency", "-collected_at"], name="item_agency_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_state_known",
                condition=models.Q(state__in=["held", "returned", "destroyed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def open_to(self, actor: Actor) -> bool:
        """Open to the keeping agency; where none keeps it, to whoever deposited it."""
        if self.agency_id is None:
            return actor.label == self.collected_by
        return super().open_to(actor)


class Custody(models.Model):
    """One link of an item's chain of custody. Triggers refuse changes and deletions."""

    class Act(models.TextChoices):
        DEPOSITED = "deposited", pgettext_lazy("custody", "deposited")
        COPIED = "copied", pgettext_lazy("custody", "copy made without metadata")
        VIEWED = "viewed", pgettext_lazy("custody", "entry opened")
        REPLAYED = "replayed", pgettext_lazy("custody", "captured page replayed")
        DOWNLOADED = "downloaded", pgettext_lazy("custody", "downloaded")
        UNSEALED = "unsealed", pgettext_lazy("custody", "sealed original opened")
        OFFERED = "offered", pgettext_lazy("custody", "hand-over offered")
        ACCEPTED = "accepted", pgettext_lazy("custody", "hand-over accepted")
        DECLINED = "declined", pgettext_lazy("custody", "hand-over declined")
        SENT = "sent", pgettext_lazy("custody", "sent to another agency")
        RECEIVED = "received", pgettext_lazy("custody", "received from another agency")
        GRANTED = "granted", pgettext_lazy("custody", "access given")
        REVOKED = "revoked", pgettext_lazy("custody", "access ended")
        RESTRICTED = "restricted", pgettext_lazy("custody", "restricted to a case")
        RETURNED = "returned", pgettext_lazy("custody", "returned")
        DESTROYED = "destroyed", pgettext_lazy("custody", "destroyed")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="custody")
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    act = models.CharField(max_length=12, choices=Act.choices)
    other = models.CharField(max_length=100, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "custody"
        indexes = [models.Index(fields=["item", "id"], name="custody_item")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.act}"


class Grant(models.Model):
    """That somebody outside the keeping agency's everyday reach may see an item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="grants")
    grantee = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["grantee"], name="grant_grantee")]
        constraints = [
            models.UniqueConstraint(name="grant_once", fields=["item", "grantee"]),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.item_id}"


class HandOver(Tracked):
    """An item on its way from one officer to another; the second one signs for it."""

    class State(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("hand-over", "offered")
        ACCEPTED = "accepted", pgettext_lazy("hand-over", "accepted")
        DECLINED = "declined", pgettext_lazy("hand-over", "declined")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="handovers")
    giver = models.CharField(max_length=100)
    receiver = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("place"), max_length=200)
    reason = models.CharField(_("reason"), max_length=500)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_state_known",
                condition=models.Q(state__in=["offered", "accepted", "declined"]),
            ),
            models.UniqueConstraint(
                name="hand_over_one_open",
                fields=["item"],
                condition=models.Q(state="offered"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"


class Deposit(Tracked):
    """That somebody had a file at an instant, by its hash; the file itself if given.

    What the depositor calls it stays here and is erased when it is withdrawn. The
    hash stands in the journal and so in the log: it can be proved for good.
    """

    class State(models.TextChoices):
        KEPT = "kept", pgettext_lazy("deposit", "kept")
        WITHDRAWN = "withdrawn", pgettext_lazy("deposit", "withdrawn")

    state = models.CharField(max_length=24, choices=State.choices)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="deposits"
    )
    agency = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT
    )
    item = models.OneToOneField(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="deposit"
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    deposited_at = models.DateTimeField()

    class Meta:
        ordering = ["-deposited_at"]
        indexes = [
            models.Index(fields=["account", "-deposited_at"], name="deposit_account"),
        ]
        constraints = [
            models.CheckConstraint(
                name="deposit_state_known",
                condition=models.Q(state__in=["kept", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="deposit_hash_whole",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference

    def open_to(self, actor: Actor) -> bool:
        """Open to whoever deposited it, and to nobody else."""
        return actor.label == self.account.label


class Capture(Tracked):
    """That an officer asked for a web page, and what came of it."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("capture", "asked for")
        KEPT = "kept", pgettext_lazy("capture", "kept")
        FAILED = "failed", pgettext_lazy("capture", "failed")

    state = models.CharField(max_length=24, choices=State.choices)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="captures"
    )
    url = models.CharField(_("Address of the page"), max_length=2000)
    purpose = models.CharField(_("What it is needed for"), max_length=500)
    # The record that wants it, as `case:id` or `lead:id`: their rooms lie above.
    about = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    item = models.OneToOneField(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="capture"
    )
    picture = models.OneToOneField(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outline = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=24, blank=True, choices=FAILURES)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["account", "-asked_at"], name="capture_account"),
            models.Index(fields=["about", "-asked_at"], name="capture_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="capture_state_known",
                condition=models.Q(state__in=["asked", "kept", "failed"]),
            ),
            models.CheckConstraint(
                name="capture_picture_of_page",
                condition=models.Q(picture=None)
                | models.Q(state="kept", item__isnull=False),
            ),
            models.CheckConstraint(
                name="capture_ended_with_file",
                condition=models.Q(item=None) | models.Q(state__in=["kept", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def open_to(self, actor: Actor) -> bool:
        """Open to whoever asked for it: nobody else ends it."""
        return actor.label == self.account.label

    @property
    def items(self) -> list["Item"]:
        """Return what came: the archive, then the screenshot if there is one."""
        return [one for one in (self.item, self.picture) if one]

    @property
    def host(self) -> str:
        """Name the server in the address."""
        return urlsplit(self.url).hostname or ""


class Leaf(models.Model):
    """Where an act of the journal stands in a proof log, and the salt that opens it.

    The log shows a commitment only. Written before the log is: a place that the log
    does not have yet is filled at the next turn, never given to another act.
    """

    log = models.CharField(max_length=200)
    index = models.PositiveBigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")
    salt = models.CharField(max_length=64)
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["log", "index"]
        verbose_name_plural = "leaves"
        constraints = [
            models.UniqueConstraint(name="leaf_place", fields=["log", "index"]),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.index}"

    @property
    def opening(self) -> Opening:
        """What the commitment hides: the act, in the words that the chain hashes."""
        content = leaf_of(self.entry).decode()
        return Opening("act", {"entry": content}, bytes.fromhex(self.salt))

    @property
    def content(self) -> bytes:
        """What stands in the log: a commitment, and of a list's head what it says."""
        return leaf_for(self.opening)
