"""Who is concerned by a case, who works on it, and what they have to do."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases.models.file import Case, CaseClock


class CaseParty(models.Model):
    """A party of the case in one role; an agent names whom they represent."""

    class Role(models.TextChoices):
        RESPONDENT = "respondent", _("respondent")
        HOLDER = "holder", _("rights holder")
        THIRD_PARTY = "third_party", _("third party")
        AGENT = "agent", _("authorised agent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, related_name="case_roles"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    represents = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="agents"
    )
    authority = models.ForeignKey(
        "evidence.Item", null=True, blank=True, on_delete=models.PROTECT
    )
    authority_until_on = models.DateField(null=True, blank=True)
    # SHA-256 of the code on the served notice; the code itself is kept nowhere.
    notice_code_hash = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["added_at"]
        verbose_name_plural = "case parties"
        constraints = [
            models.UniqueConstraint(
                name="case_party_once",
                fields=["case", "party", "role"],
                condition=models.Q(removed_at=None),
            ),
            models.UniqueConstraint(
                name="notice_code_once",
                fields=["notice_code_hash"],
                condition=~models.Q(notice_code_hash=""),
            ),
            models.CheckConstraint(
                name="agent_represents_somebody",
                condition=models.Q(role="agent", represents__isnull=False)
                | (~models.Q(role="agent") & models.Q(represents=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.party_id}"


class Participant(models.Model):
    """An account that needs to know the file, of this agency or another one."""

    class Duty(models.TextChoices):
        HANDLER = "handler", _("handling officer")
        REVIEWER = "reviewer", _("legal reviewer")
        HEARING_HOST = "hearing_host", _("hearing host")
        DECIDER = "decider", _("head who decides")
        OBSERVER = "observer", _("observer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="participants"
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="case_duties"
    )
    duty = models.CharField(max_length=12, choices=Duty.choices)
    reason = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["added_at"]
        indexes = [
            models.Index(fields=["account", "removed_at"], name="participant_account")
        ]
        constraints = [
            models.UniqueConstraint(
                name="participant_once",
                fields=["case", "account"],
                condition=models.Q(removed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.duty}"


class Interest(models.Model):
    """A tie between an officer and a party that makes the officer stand back."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("close relative")
        SHARE = "share", _("share or property interest")
        EMPLOYMENT = "employment", _("present or past employment")
        OTHER = "other", pgettext_lazy("tie to a party", "another tie")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="interests"
    )
    party = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interest_once", fields=["account", "party", "kind"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"


class Conflict(models.Model):
    """A declared or claimed conflict of interest in one case (回避)."""

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("request for recusal", "not decided yet")
        UPHELD = "upheld", _("stands back")
        REJECTED = "rejected", pgettext_lazy("request for recusal", "rejected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=100)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.OPEN
    )
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.outcome}"


class Task(models.Model):
    """Something somebody asked a member of the team to do by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("what is to be done"), max_length=200)
    assignee = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="case_tasks"
    )
    due_on = models.DateField(_("by"))
    clock = models.ForeignKey(
        CaseClock, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "added_at"]
        indexes = [models.Index(fields=["assignee", "done_at"], name="task_assignee")]

    def __str__(self) -> str:
        return self.title


class Notification(models.Model):
    """Tells an account that something happened; the mail sent for it says no more."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("You were added to the team of a case.")
        LEFT = "left", _("You no longer belong to the team of a case.")
        TASK = "task", _("You were given a task.")
        MOVED = "moved", _("A case has moved on.")
        SUBMISSION = "submission", _("The respondent has written.")
        RECUSAL = "recusal", _("A recusal has to be decided.")
        DUE = "due", _("A period ends soon.")
        SERVED = "served", _("A document was served on you.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="notifications"
    )
    case = models.ForeignKey(
        Case,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["account", "read_at", "-at"], name="notification_new"),
            models.Index(fields=["mailed_at"], name="notification_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"
