"""What of the promises and figures a reader asks for."""

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hufu.domain.oversight.commitments import documents

KINDS = (
    ("enforcement", pgettext_lazy("kind of commitment", "enforcement")),
    ("capacity", pgettext_lazy("kind of commitment", "capacity")),
    ("law-making", pgettext_lazy("kind of commitment", "law-making")),
    ("coordination", pgettext_lazy("kind of commitment", "coordination")),
    ("platform", pgettext_lazy("kind of commitment", "platform")),
    ("publicity", pgettext_lazy("kind of commitment", "publicity")),
    ("international", pgettext_lazy("kind of commitment", "international")),
)
ANY = ("", _("any"))


def document_choices() -> list[tuple[str, object]]:
    """Return the documents of the pack in force, in the reader's language."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    return [ANY, *((code, title[language]) for code, title in documents().items())]


class CommitmentSearch(forms.Form):
    """Which commitments to show."""

    document = forms.ChoiceField(
        label=pgettext_lazy("policy", "Document"),
        choices=document_choices,
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("commitment", "Kind"), choices=[ANY, *KINDS], required=False
    )
    words = forms.CharField(label=_("Words"), max_length=80, required=False)
    served = forms.BooleanField(label=_("Served here only"), required=False)
