"""Asking whether a party was on a published list on a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.people import uscc
from hufu.domain.publication.lists import LISTS

DAY = forms.DateInput(attrs={"type": "date"})


class CodeField(forms.CharField):
    """A unified social credit code; blanks, dashes and small letters do no harm."""

    def __init__(self, **said: Any) -> None:
        """Say what it looks like."""
        super().__init__(
            label=_("Unified social credit code"),
            max_length=40,
            widget=forms.TextInput(
                attrs={"class": "mono", "spellcheck": "false", "autocomplete": "off"}
            ),
            help_text=_("18 characters, as on the business licence."),
            **said,
        )

    def clean(self, value: Any) -> str:
        """Give the code as lists write it, or say what is wrong with it."""
        text = str(super().clean(value)).upper()
        code = "".join(c for c in text if not c.isspace() and c != "-")
        if len(code) != uscc.LENGTH:
            raise forms.ValidationError(
                _("A code has 18 characters; this one has %(n)s.") % {"n": len(code)}
            )
        strange = sorted(set(code) - set(uscc.ALPHABET))
        if strange:
            words = _("These characters are in no code: %(characters)s")
            raise forms.ValidationError(words % {"characters": " ".join(strange)})
        if not uscc.is_valid(code):
            raise forms.ValidationError(
                _(
                    "One character is wrong: the last one does not fit the others"
                    " (GB 32100). Compare it with the business licence."
                )
            )
        return code


class ListForm(forms.Form):
    """Which list, which day, whose code."""

    name = forms.ChoiceField(
        label=_("Public list"), choices=[(one.name, one.title) for one in LISTS]
    )
    code = CodeField()
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=DAY,
        help_text=_("Leave it empty for today."),
    )
    reason = forms.CharField(
        label=_("Why you ask about a past day"),
        required=False,
        max_length=500,
        help_text=_("It is kept with your name. For today it is not needed."),
    )

    def __init__(self, data: Any, *, today: date, officer: bool) -> None:
        """Ask officers for a reason, and nobody else."""
        super().__init__(data)
        self.today = today
        if not officer:
            del self.fields["reason"]

    def clean_day(self) -> date:
        """Take today where nothing is said; no list is known before its day."""
        day: date = self.cleaned_data["day"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
