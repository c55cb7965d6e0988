"""Team, parties, tasks, transfers and challenges of a case as forms."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases import queries, services
from hufu.domain.cases.models import CaseParty, Challenge, Participant, Transfer
from hufu.domain.people.models import Account
from hufu.domain.people.services import PartyFacts
from hufu.doors.workbench.forms.case_base import (
    AccountField,
    ActForm,
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


class AddParty(ActForm):
    """Bring in a party."""

    title = _("Add a party")
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[c for c in CaseParty.Role.choices if c[0] != "agent"],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("company", pgettext_lazy("kind of party", "company")),
            ("sole_trader", _("individual business")),
            ("person", _("natural person")),
            ("association", _("association or institution")),
        ],
    )
    name = forms.CharField(label=_("Name"), max_length=300)
    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False
    )
    address = forms.CharField(label=_("Address"), max_length=500, required=False)

    def run(self, at: datetime) -> None:
        """Do the act."""
        typed = dict(self.cleaned_data)
        role = CaseParty.Role(typed.pop("role"))
        services.add_party(
            actor=self.actor,
            at=at,
            case=self.case,
            role=role,
            facts=PartyFacts(**typed),
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
