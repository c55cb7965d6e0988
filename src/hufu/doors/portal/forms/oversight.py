"""What of the promises and figures a reader asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.oversight.commitments import documents

KINDS = (
    ("enforcement", _("enforcement")),
    ("capacity", _("capacity")),
    ("law-making", _("law-making")),
    ("coordination", _("coordination")),
    ("platform", _("platform")),
    ("publicity", _("publicity")),
    ("international", _("international")),
)
ANY = ("", _("any"))


def document_choices() -> list[tuple[str, object]]:
    """Return the documents of the pack in force."""
    return [ANY, *documents().items()]


class CommitmentSearch(forms.Form):
    """Which commitments to show."""

    document = forms.ChoiceField(
        label=_("Document"), choices=document_choices, required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *KINDS], required=False)
    words = forms.CharField(label=_("Words"), max_length=80, required=False)
    served = forms.BooleanField(label=_("Served here only"), required=False)
