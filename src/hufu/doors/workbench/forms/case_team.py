"""Team, tasks, transfers and challenges of a case as forms."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.cases import queries, services
from hufu.domain.cases.models import Challenge, Participant, Transfer
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.queries import agencies
from hufu.doors.workbench.forms.case_base import (
    AccountField,
    ActForm,
    AgencyField,
    DateInput,
    long_text,
)


class Join(ActForm):
    """Add somebody to the team."""

    title = _("Add to the team")
    account = AccountField(Account.objects.none(), label=_("Officer"))
    duty = forms.ChoiceField(label=_("Duty"), choices=Participant.Duty.choices)
    reason = forms.CharField(label=_("Why they need to know"), max_length=300)

    def prepare(self) -> None:
        """Offer the officers of the agency who are not of the team."""
        self.offer("account", queries.possible_members(self.case))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.join_participant(
            actor=self.actor,
            at=at,
            case=self.case,
            account=self.cleaned_data["account"],
            duty=Participant.Duty(self.cleaned_data["duty"]),
            reason=self.cleaned_data["reason"],
        )


class JoinOther(ActForm):
    """Add an officer of another agency, who told their user name."""

    title = _("Add an officer of another agency")
    agency = AgencyField(Agency.objects.none(), label=_("Agency"))
    username = forms.CharField(
        label=_("User name of the officer"),
        max_length=150,
        help_text=_("The other agency tells you."),
    )
    duty = forms.ChoiceField(
        label=_("Duty"),
        choices=Participant.Duty.choices,
        initial=Participant.Duty.OBSERVER,
    )
    reason = forms.CharField(label=_("Why they need to know"), max_length=300)

    def prepare(self) -> None:
        """Offer the other agencies."""
        self.offer("agency", agencies().exclude(pk=self.case.agency_id))

    def clean(self) -> None:
        """Find the officer."""
        typed = super().clean() or {}
        if typed.get("agency") and typed.get("username"):
            found = queries.officer_elsewhere(
                self.case, typed["agency"], typed["username"]
            )
            if found is None:
                words = _("No officer of this agency has this user name.")
                self.add_error("username", words)
            self.cleaned_data["account"] = found

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.join_participant(
            actor=self.actor,
            at=at,
            case=self.case,
            account=self.cleaned_data["account"],
            duty=Participant.Duty(self.cleaned_data["duty"]),
            reason=self.cleaned_data["reason"],
        )


class AssignTask(ActForm):
    """Ask a member of the team to do something."""

    title = _("Assign a task")
    assignee = AccountField(Account.objects.none(), label=_("Officer"))
    task = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("By"), widget=DateInput)

    def prepare(self) -> None:
        """Offer the team."""
        members = Participant.objects.filter(case=self.case, removed_at=None)
        self.offer("assignee", Account.objects.filter(pk__in=members.values("account")))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.assign_task(
            actor=self.actor,
            at=at,
            case=self.case,
            assignee=self.cleaned_data["assignee"],
            title=self.cleaned_data["task"],
            due_on=self.cleaned_data["due_on"],
        )


class StandBack(ActForm):
    """Declare an interest of one's own."""

    title, grave = _("Stand back because of an interest"), True
    reason = long_text(_("Reason"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        reason = self.cleaned_data["reason"]
        services.declare_conflict(
            actor=self.actor, at=at, case=self.case, reason=reason
        )


class ProposeTransfer(ActForm):
    """Propose to send the case on."""

    title = _("Propose a transfer")
    target = forms.ChoiceField(label=_("To"), choices=Transfer.Target.choices)
    receiver = forms.CharField(label=_("Receiving body"), max_length=200)
    reason = long_text(_("Reason"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        facts = services.TransferFacts(**self.cleaned_data)
        services.propose_transfer(actor=self.actor, at=at, case=self.case, facts=facts)


class NoteChallenge(ActForm):
    """Note reconsideration or a suit."""

    title = _("Note reconsideration or a suit")
    kind = forms.ChoiceField(label=_("Kind"), choices=Challenge.Kind.choices)
    body_name = forms.CharField(label=_("Before"), max_length=200)
    number = forms.CharField(label=_("Number there"), max_length=80, required=False)
    filed_on = forms.DateField(label=_("Filed on"), widget=DateInput)

    def run(self, at: datetime) -> None:
        """Do the act."""
        facts = services.ChallengeFacts(**self.cleaned_data)
        services.note_challenge(actor=self.actor, at=at, case=self.case, facts=facts)
