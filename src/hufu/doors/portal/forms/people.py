"""Who a rights holder is, and what an API key is for."""

from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.people.models import Party
from hufu.domain.people.services import PartyFacts

DEFAULTS = asdict(PartyFacts("", ""))


class PartyForm(forms.Form):
    """The facts of one person or organisation."""

    kind = forms.ChoiceField(label=_("What you are"), choices=Party.Kind.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        help_text=_("As on the licence, identity document or register."),
    )
    name_other = forms.CharField(
        label=_("Name in another script"), max_length=300, required=False
    )
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        initial="CN",
        help_text=_("Two letters, for example CN, DE or US."),
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        required=False,
        help_text=_("18 characters; only for organisations registered in China."),
    )
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def facts(self) -> PartyFacts:
        """Return what was typed."""
        typed = {**DEFAULTS, **self.cleaned_data}
        typed["country"] = typed["country"].upper()
        return PartyFacts(**typed)


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(
        label=_("What the key is for"),
        max_length=100,
        help_text=_("For example the system that will use it."),
    )
