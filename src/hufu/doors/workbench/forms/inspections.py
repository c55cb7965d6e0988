"""The forms of a draw: its plan, and the value once it is public."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.inspections import services
from hufu.doors.workbench.forms.case_base import HourInput, long_text

BEACON, OTHER = "beacon", "other"


class PlanForm(forms.Form):
    """Who can be drawn, how many, what for, and which public value decides."""

    purpose = forms.CharField(
        label=_("What the draw is for"),
        max_length=200,
        help_text=_("Public at once, so that nobody doubts it: name no candidate."),
    )
    candidates = long_text(_("Candidates, one a line"), 10)
    seats = forms.IntegerField(label=_("How many are drawn"), min_value=1)
    source = forms.ChoiceField(
        label=_("The value that decides"),
        widget=forms.RadioSelect,
        choices=[
            (BEACON, _("a round of drand quicknet: its signature is checked here")),
            (OTHER, _("another public value, such as a lottery's numbers")),
        ],
    )
    known_at = forms.DateTimeField(
        label=_("When the value is known"),
        widget=HourInput(),
        help_text=_(
            "Best a day ahead: witnesses then cosign the log before the value exists."
        ),
    )
    name = forms.CharField(
        label=_("Who publishes the other value"), max_length=100, required=False
    )
    which = forms.CharField(
        label=_("Which one, and how it is written"),
        max_length=200,
        required=False,
        help_text=_(
            "So exactly that everybody writes it alike: Welfare Lottery draw 2026142,"
            " seven numbers as drawn, two digits each, one space between."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how candidates are written, and bound them."""
        super().__init__(*args, **kwargs)
        field = self.fields["candidates"]
        field.help_text = _(
            "Names, or names with their credit code. All have the same chance. The"
            " public sees them when the draw is published."
        )
        field.max_length = services.LARGEST  # type: ignore[attr-defined]  # a text field

    def clean(self) -> dict[str, Any]:
        """Ask for the words that another value needs."""
        typed = self.cleaned_data
        if typed.get("source") == OTHER:
            for name in ("name", "which"):
                if not typed.get(name):
                    self.add_error(name, _("Another value needs this."))
        return typed

    def facts(self) -> services.PlanFacts:
        """Return what the service plans."""
        typed = self.cleaned_data
        other = typed["source"] == OTHER
        source = services.Source(
            typed["known_at"],
            name=typed["name"] if other else "",
            which=typed["which"] if other else "",
        )
        lines = typed["candidates"].splitlines()
        return services.PlanFacts(typed["purpose"], lines, typed["seats"], source)


class RoundForm(forms.Form):
    """The planned round, as drand shows it."""

    said = forms.CharField(
        label=_("The round, as drand shows it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "class": "mono", "spellcheck": "false"}),
        help_text=_("The whole JSON, or the signature alone."),
    )

    def value(self) -> services.PublicValue:
        """Return the signature; what is no JSON is taken as one."""
        said = self.cleaned_data["said"]
        try:
            read = json.loads(said)
        except (ValueError, RecursionError):
            read = None
        signature = read.get("signature") if isinstance(read, dict) else said
        return services.PublicValue(str(signature))


class ValueForm(forms.Form):
    """The value as another source published it, and where."""

    said = forms.CharField(
        label=_("The value as it was published"),
        max_length=2000,
        help_text=_("Written as the plan says, to the last space."),
    )
    told_by = forms.CharField(
        label=_("Who published it, where and when"), max_length=500
    )

    def value(self) -> services.PublicValue:
        """Return what was published, and by whom."""
        return services.PublicValue(**self.cleaned_data)
