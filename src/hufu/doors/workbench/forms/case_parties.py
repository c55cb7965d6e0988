"""The parties of a case, their agents, and officers' ties to them, as forms."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases import queries, services
from hufu.domain.cases.models import CaseParty, Interest
from hufu.domain.people.models import Account
from hufu.domain.people.services import PartyFacts
from hufu.doors.workbench.forms.case_base import (
    AccountField,
    ActForm,
    DateInput,
    PartyField,
)


class Known(ActForm):
    """Whoever is brought into the case: what is known of them."""

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

    def facts(self) -> PartyFacts:
        """Return what was typed about the party."""
        typed = self.cleaned_data
        names = ("kind", "name", "uscc", "address")
        return PartyFacts(**{name: typed[name] for name in names})


class AddParty(Known):
    """Bring in a party."""

    title = _("Add a party")
    field_order = ("role",)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[c for c in CaseParty.Role.choices if c[0] != "agent"],
    )

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.add_party(
            actor=self.actor,
            at=at,
            case=self.case,
            role=CaseParty.Role(self.cleaned_data["role"]),
            facts=self.facts(),
        )


class AddAgent(Known):
    """Bring in somebody who may speak for a party, with the proof."""

    title = _("Add an agent")
    field_order = ("represents",)
    represents = PartyField(
        CaseParty.objects.none(), label=_("Represents"), empty_label=None
    )
    proof = forms.FileField(label=_("Proof of authority"))
    until_on = forms.DateField(
        label=_("Authority ends on"), widget=DateInput, required=False
    )

    def prepare(self) -> None:
        """Offer the parties who may be represented."""
        parties = self.case.parties.filter(removed_at=None).exclude(role="agent")
        self.offer("represents", parties.select_related("party"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        authority = services.Authority(
            represents=self.cleaned_data["represents"],
            proof=self.deposit(self.cleaned_data["proof"], at),
            until_on=self.cleaned_data["until_on"],
        )
        services.add_agent(
            actor=self.actor,
            at=at,
            case=self.case,
            facts=self.facts(),
            authority=authority,
        )


class RemoveParty(ActForm):
    """Take a party out of the case."""

    title, grave = _("Take a party out"), True
    party = PartyField(CaseParty.objects.none(), label=_("Party"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Agents of the party leave with it."),
    )

    def prepare(self) -> None:
        """Offer those on whom nothing was served."""
        self.offer("party", queries.removable_parties(self.case))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.remove_party(actor=self.actor, at=at, **self.cleaned_data)


class NoteInterest(ActForm):
    """List a tie between an officer and a party: the officer acts here no more."""

    title, grave = _("Note an officer's interest"), True
    account = AccountField(Account.objects.none(), label=_("Officer"), empty_label=None)
    party = PartyField(CaseParty.objects.none(), label=_("Tied to"))
    kind = forms.ChoiceField(
        label=_("Tie"),
        choices=Interest.Kind.choices,
        help_text=_(
            "From now on every act in cases with this party is refused to the officer."
        ),
    )

    def prepare(self) -> None:
        """Offer oneself, to the head of the agency also the team."""
        self.offer("account", queries.tied_officers(self.case, self.actor))
        parties = self.case.parties.filter(removed_at=None)
        self.offer("party", parties.select_related("party"))

    def run(self, at: datetime) -> None:
        """Do the act."""
        services.note_interest(
            actor=self.actor,
            at=at,
            account=self.cleaned_data["account"],
            party=self.cleaned_data["party"].party,
            kind=Interest.Kind(self.cleaned_data["kind"]),
        )
