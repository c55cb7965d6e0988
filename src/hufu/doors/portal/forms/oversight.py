"""What of the promises and figures a reader asks for."""

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hufu.domain.oversight.commitments import all_commitments, documents
from hufu.domain.oversight.models import Progress
from hufu.doors.portal.commitments import NOBODY, SERVED, UNMEASURED

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


def owner_choices() -> list[tuple[str, object]]:
    """Return who is named as responsible, and the case that nobody is."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    named = {
        promise.owner["en"]: promise.owner[language]
        for promise in all_commitments().values()
        if promise.owner["en"]
    }
    listed = sorted(named.items(), key=lambda choice: choice[1])
    return [ANY, (NOBODY, _("nobody is named")), *listed]


STATUSES = (
    ANY,
    (SERVED, _("supported here")),
    (UNMEASURED, _("not measurable here")),
    *Progress.Status.choices,
)


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
    status = forms.ChoiceField(
        label=pgettext_lazy("commitment", "Status"), choices=STATUSES, required=False
    )
    owner = forms.ChoiceField(
        label=pgettext_lazy("commitment", "Owner"),
        choices=owner_choices,
        required=False,
    )
    words = forms.CharField(label=_("Words"), max_length=80, required=False)
