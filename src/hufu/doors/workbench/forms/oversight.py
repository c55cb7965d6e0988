"""Which days are counted, which month is returned, what is reported."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hufu.domain.oversight.commitments import all_commitments
from hufu.domain.oversight.models import Progress

LONGEST = 80


class PeriodForm(forms.Form):
    """The days counted."""

    from_on = forms.DateField(
        label=pgettext_lazy("day", "From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to_on = forms.DateField(
        label=pgettext_lazy("day", "To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        days = super().clean() or {}
        if "from_on" in days and "to_on" in days and days["to_on"] < days["from_on"]:
            self.add_error("to_on", _("The last day lies before the first."))
        return days


class MonthForm(forms.Form):
    """A month of a return."""

    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text=_("Year and month, for example 2026-03."),
    )


def commitment_choices() -> list[tuple[str, str]]:
    """Return every commitment with the beginning of its words."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    return [
        (key, f"{key} {Truncator(promise.summary[language]).chars(LONGEST)}")
        for key, promise in all_commitments().items()
    ]


class ProgressForm(forms.Form):
    """What is reported about a promise."""

    commitment = forms.ChoiceField(label=_("Commitment"), choices=commitment_choices)
    status = forms.ChoiceField(label=_("Status"), choices=Progress.Status.choices)
    body = forms.CharField(label=_("What was done"), widget=forms.Textarea)
    source = forms.CharField(label=_("Where it can be checked"), max_length=500)
