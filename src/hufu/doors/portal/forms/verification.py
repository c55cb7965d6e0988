"""The form for checking a receipt, a certificate or a draw, and a file by its hash."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.doors.portal.forms.stated import HashField
from hufu.engines.proof import certificates, draws
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.draws import Draw, DrawPlan
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.receipts import Receipt

LONGEST = 512 * 1024  # characters; a draw holds all its candidates
Proof = Receipt | Certificate | Draw | DrawPlan
KINDS: dict[object, type[Certificate | Draw | DrawPlan]] = {
    certificates.FORMAT: Certificate,
    draws.RESULT: Draw,
    draws.FORMAT: DrawPlan,
}


def read_proof(text: str) -> Proof:
    """Read whatever it is; what it claims is checked afterwards."""
    data = text.encode()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProofError("proof", "This is no JSON.") from error
    kind = value.get("format") if isinstance(value, dict) else None
    known = KINDS.get(kind if isinstance(kind, str) else None)
    return known.parse(data.strip()) if known else Receipt.parse(data)


class VerifyForm(forms.Form):
    """A proof as text, and the hash of the file that somebody has in hand."""

    receipt = forms.CharField(
        label=_("Receipt, certificate or draw"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 6, "class": "mono", "spellcheck": "false"}
        ),
        help_text=_("The whole text of the file: receipt.json, say."),
    )
    sha256 = HashField(
        required=False,
        help_text=_("Of the file that you have in hand, to compare it."),
    )

    def clean_receipt(self) -> Proof | None:
        """Read the proof; nothing may be pasted where a hash is given."""
        text = str(self.cleaned_data["receipt"])
        if not text:
            return None
        try:
            return read_proof(text)
        except ProofError as error:
            raise forms.ValidationError(
                _(
                    "This is nothing that can be checked here. Paste the whole text,"
                    " from the first brace to the last, without changing it."
                )
            ) from error

    def clean_sha256(self) -> str:
        """Write the hash as receipts do."""
        return str(self.cleaned_data["sha256"]).lower()

    def clean(self) -> dict[str, Any]:
        """Ask for something to check."""
        said = self.cleaned_data
        if not self.errors and not said.get("receipt") and not said.get("sha256"):
            self.add_error("receipt", _("Paste what shall be checked, or give a hash."))
        return said
