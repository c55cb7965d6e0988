"""What the inbox and a lead's page ask for. Shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.leads.models import Act, Lead, Reason
from hufu.domain.leads.queries import InboxFilter
from hufu.domain.leads.services import LeadFacts
from hufu.domain.people.models import Agency
from hufu.domain.rights.models import Right

ANY = [("", _("any"))]
REASONS = [c for c in Reason.choices if c[0] != Reason.TAKEN_BACK]
PAUSES = [
    ("appraisal", _("testing, inspection, quarantine or appraisal")),
    ("holder_identification", _("identification by the right holder")),
]


class FilterForm(forms.Form):
    """What to show in the inbox."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("open", pgettext_lazy("leads", "open")),
            ("all", _("all")),
            *Lead.State.choices,
        ],
    )
    origin = forms.ChoiceField(
        label=_("Origin"), required=False, choices=[*ANY, *Lead.Origin.choices]
    )
    lane = forms.ChoiceField(
        label=_("Lane"), required=False, choices=[*ANY, *Lead.Lane.choices]
    )
    right_kind = forms.ChoiceField(
        label=_("Kind of right"), required=False, choices=[*ANY, *Right.Kind.choices]
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("newest", _("newest first")),
            ("oldest", _("oldest first")),
            ("due", _("next date first")),
        ],
    )
    overdue = forms.BooleanField(label=_("overdue only"), required=False)

    def asked(self) -> InboxFilter:
        """Return the filter; what cannot be read is left out."""
        self.is_valid()
        known = {k: v for k, v in self.cleaned_data.items() if v}
        return InboxFilter(**known)


class CloseForm(forms.Form):
    """Why a lead is closed."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose…")), *REASONS]
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever sent the lead reads both."),
    )


class ReferForm(forms.Form):
    """Where a lead goes, and why."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    note = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        """Offer every agency at work but the own one."""
        super().__init__(*args, **kwargs)
        others = Agency.objects.filter(active=True).exclude(pk=own)
        self.fields["agency"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField


class PauseForm(forms.Form):
    """Days that do not count."""

    ground = forms.ChoiceField(label=_("Ground"), choices=PAUSES)
    from_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    to_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"})
    )


class TextForm(forms.Form):
    """Words, for a message or a reason."""

    text = forms.CharField(
        label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReferralForm(forms.Form):
    """A matter that another body sent on paper."""

    referred_by = forms.CharField(label=_("Sent by which body"), max_length=200)
    title = forms.CharField(label=_("In a few words"), max_length=200)
    act = forms.ChoiceField(label=_("What happened"), choices=Act.choices)
    right_kind = forms.ChoiceField(
        label=_("Kind of right"), choices=[*ANY, *Right.Kind.choices], required=False
    )
    region = forms.RegexField(
        r"^\d{6}$",
        label=_("Code of the place"),
        help_text=_("Six digits, as in 440300."),
    )
    respondent_name = forms.CharField(
        label=_("Respondent"), max_length=300, required=False
    )
    seller = forms.CharField(label=_("Shop or seller"), max_length=200, required=False)
    url = forms.CharField(
        label=_("Address on the web"), max_length=2000, required=False
    )
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    details = forms.CharField(
        label=_("Details"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def facts(self) -> LeadFacts:
        """Return what was typed."""
        return LeadFacts(**self.cleaned_data)
