"""Finding cases, and proposing one for filing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.errors import Refusal
from hufu.domain.cases import services
from hufu.domain.cases.models import Case
from hufu.domain.leads.models import Act, Lead
from hufu.domain.people.models import Account
from hufu.domain.people.services import PartyFacts
from hufu.domain.rights.models import Right
from hufu.doors.workbench.forms.case_base import DateInput, Typed, long_text

OPEN = ("open", pgettext_lazy("filter of cases", "open"))
ALL = ("", pgettext_lazy("filter of cases", "all"))


class FilterForm(forms.Form):
    """What to look for among cases."""

    words = forms.CharField(
        label=_("Number, title or party"), max_length=100, required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[OPEN, ALL, *Case.State.choices], required=False
    )
    right_kind = forms.ChoiceField(
        label=_("Kind of right"), choices=[ALL, *Right.Kind.choices], required=False
    )
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    mine = forms.BooleanField(label=_("My cases"), required=False)


class OpenForm(forms.Form):
    """What is known when a case is proposed."""

    title = forms.CharField(label=_("Title"), max_length=300)
    right_kind = forms.ChoiceField(label=_("Kind of right"), choices=Right.Kind.choices)
    act = forms.ChoiceField(label=_("Infringing act"), choices=Act.choices)
    region = forms.RegexField(
        r"^\d{6}$",
        label=_("Division code of the place"),
        help_text=_("Six digits, for example 440300."),
    )
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    occurred_on = forms.DateField(
        label=_("Last day of the act"), widget=DateInput, required=False
    )
    summary = forms.CharField(
        label=_("Summary"), widget=forms.Textarea({"rows": 3}), required=False
    )
    reason = long_text(_("Why a case should be filed"))
    respondent_kind = forms.ChoiceField(
        label=_("The respondent is"),
        choices=[
            ("company", pgettext_lazy("kind of party", "company")),
            ("sole_trader", _("individual business")),
            ("person", _("natural person")),
            ("association", _("association or institution")),
        ],
    )
    respondent_name = forms.CharField(label=_("Respondent"), max_length=300)
    respondent_uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False
    )
    designated_by = forms.CharField(
        label=_("Designated by"),
        help_text=_("Only where a superior body designated your agency."),
        max_length=200,
        required=False,
    )
    designation_document = forms.CharField(
        label=_("Document number"), max_length=120, required=False
    )
    designation_basis = forms.CharField(
        label=_("Legal basis of the designation"), max_length=300, required=False
    )
    designated_on = forms.DateField(
        label=_("Designated on"), widget=DateInput, required=False
    )

    def __init__(self, lead: Lead | None, data: Typed = None) -> None:
        """Begin with what the lead says; never with who sent it."""
        super().__init__(data, initial=_initial(lead))
        self.lead = lead

    def clean(self) -> dict[str, Any]:
        """Ask for the whole designation, or none."""
        typed = super().clean() or {}
        if typed.get("designated_by") and not typed.get("designated_on"):
            self.add_error("designated_on", _("Give the day of the designation."))
        return typed

    def facts(self) -> services.CaseFacts:
        """Give the facts to the service."""
        typed = self.cleaned_data
        names = ("title", "right_kind", "act", "region", "place", "summary", "reason")
        designation = None
        if typed["designated_by"]:
            designation = services.Designation(
                typed["designated_by"],
                typed["designation_document"],
                typed["designation_basis"],
                typed["designated_on"],
            )
        respondent = PartyFacts(
            kind=typed["respondent_kind"],
            name=typed["respondent_name"],
            uscc=typed["respondent_uscc"],
        )
        return services.CaseFacts(
            **{name: typed[name] for name in names},
            right=self.lead.right if self.lead else None,
            respondents=(respondent,),
            occurred_on=typed["occurred_on"],
            designation=designation,
            demo=bool(self.lead and self.lead.demo),
        )

    def attempt(self, actor: Account, at: datetime) -> Case | None:
        """Open the case; a refusal becomes an error of the form."""
        if not self.is_valid():
            return None
        leads = [self.lead] if self.lead else []
        try:
            return services.open_case(
                actor=actor, at=at, leads=leads, facts=self.facts()
            )
        except Refusal as refusal:
            basis = f" ({refusal.basis})" if refusal.basis else ""
            self.add_error(None, f"{refusal.message}{basis}")
            return None


def _initial(lead: Lead | None) -> dict[str, Any]:
    if lead is None:
        return {}
    return {
        "title": lead.title,
        "right_kind": lead.right_kind,
        "act": lead.act,
        "region": lead.region,
        "place": lead.place,
        "occurred_on": lead.occurred_on,
        "respondent_name": lead.respondent_name or lead.seller,
        "respondent_uscc": lead.respondent_uscc,
    }
