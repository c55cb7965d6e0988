"""Forms of the workbench's pages about rights and what machines see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.rights.models import Import
from hufu.domain.watch.models import Feed, Source, Sweep

ANY = ("", pgettext_lazy("filter", "any"))


class RefuseForm(forms.Form):
    """Why a claim is refused; the claimant reads it in their language."""

    reason_en = forms.CharField(
        label=_("Reason in English"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_zh = forms.CharField(
        label=_("Reason in Chinese"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ImportForm(forms.Form):
    """A file of a register."""

    file = forms.FileField(
        label=_("File"), help_text=_("Plain, gzipped, or packed in a ZIP.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=Import.Format.choices)
    register = forms.SlugField(
        label=_("Register"),
        max_length=64,
        required=False,
        help_text=_("Leave empty to keep the register the file names itself."),
    )
    demo = forms.BooleanField(label=_("The records are fictional"), required=False)


class FeedForm(forms.Form):
    """A file of offers."""

    file = forms.FileField(label=_("File"))
    format = forms.ChoiceField(label=_("Format"), choices=Feed.Format.choices)


class SourceForm(forms.Form):
    """A new source of offers."""

    code = forms.SlugField(label=_("Short name"), max_length=64)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)


class LimitsForm(forms.Form):
    """From which score on, and how often, offers become leads."""

    threshold = forms.FloatField(
        label=_("Least score that opens a lead"),
        min_value=0.01,
        max_value=0.999,
        help_text=_("Between 0 and 1; higher means fewer leads."),
        widget=forms.NumberInput(attrs={"step": "0.001"}),
    )
    budget = forms.IntegerField(
        label=_("Leads per 1,000 offers, at most"), min_value=1, max_value=1000
    )


class SweepForm(forms.Form):
    """What a sweep compares."""

    scope = forms.ChoiceField(label=_("Compare"), choices=Sweep.Scope.choices)


class SightingFilter(forms.Form):
    """Which sightings are listed."""

    text = forms.CharField(label=_("Words"), required=False, max_length=200)
    source = forms.ChoiceField(label=_("Source"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ANY,
            ("matched", _("with a match")),
            ("lead", _("that became a lead")),
        ],
    )

    def __init__(
        self, *args: Any, sources: list[Source], chinese: bool = False, **kwargs: Any
    ) -> None:
        """Offer the sources the officer may see."""
        super().__init__(*args, **kwargs)
        named = [(s.code, s.name_zh if chinese else s.name_en) for s in sources]
        self.fields["source"].choices = [ANY, *named]  # type: ignore[attr-defined]  # a ChoiceField
