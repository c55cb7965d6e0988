"""Forms for depositing a hash or a file, and for checking a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.evidence.services import DepositFacts
from hufu.doors.portal.forms.stated import HashField
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.receipts import Receipt

LONGEST = 64 * 1024  # of a receipt, characters; a real one has some 3,000


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


class VerifyForm(forms.Form):
    """A receipt as text, and the hash of the file that somebody has in hand."""

    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 6, "class": "mono", "spellcheck": "false"}
        ),
        help_text=_("The whole text of the file receipt.json."),
    )
    sha256 = HashField(
        required=False,
        help_text=_("Of the file that you have in hand, to compare it."),
    )

    def clean_receipt(self) -> Receipt:
        """Read the receipt; what it claims is checked afterwards."""
        try:
            return Receipt.parse(self.cleaned_data["receipt"].encode())
        except ProofError as error:
            raise forms.ValidationError(
                _(
                    "This is no receipt that can be read. Paste the whole text, from"
                    " the first brace to the last, without changing it."
                )
            ) from error

    def clean_sha256(self) -> str:
        """Write the hash as receipts do."""
        return str(self.cleaned_data["sha256"]).lower()
