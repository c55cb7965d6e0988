"""Forms for depositing a hash or a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.evidence.services import DepositFacts
from hufu.doors.portal.forms.stated import HashField


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Your note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For you alone; it does not stand in the receipt."),
    )


class HashForm(forms.Form):
    """A bare hash: there is no field for the file."""

    sha256 = HashField()
    name = forms.CharField(
        label=_("What you call it"),
        required=False,
        max_length=200,
        help_text=_("For you alone; it does not stand in the receipt."),
    )
    note = _note()

    def facts(self) -> DepositFacts:
        """Give what was said."""
        return DepositFacts(**self.cleaned_data)


class FileForm(forms.Form):
    """A file to be kept here."""

    file = forms.FileField(label=_("File"))
    note = _note()

    def facts(self) -> DepositFacts:
        """Give what was said; the file goes its own way."""
        return DepositFacts(note=self.cleaned_data["note"])


class ArrivedForm(FileForm):
    """What is said of a file that is here already."""

    file = forms.FileField(label=_("File"), required=False)
