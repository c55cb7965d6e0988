"""What respondents type: their code, their words, their files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.cases.models import Submission
from hufu.domain.people.models import Account

KINDS = ("statement", "hearing", "objection", "waiver")
MAX_FILES = 10


class CodeForm(forms.Form):
    """The code from the served notice."""

    code = forms.CharField(
        label=_("Code of the notice"),
        help_text=_("It stands on the notice. Dashes and small letters do not matter."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, possibly empty."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file."""
        found = data if isinstance(data, list) else [data] if data else []
        if len(found) > MAX_FILES:
            raise forms.ValidationError(_("Send ten files at most."))
        return [super(FilesField, self).clean(one, initial) for one in found]


class WordsForm(forms.Form):
    """A statement, a request, an objection."""

    kind = forms.ChoiceField(
        label=_("What you send"),
        choices=[c for c in Submission.Kind.choices if c[0] in KINDS],
    )
    body = forms.CharField(
        label=_("Your words"), widget=forms.Textarea({"rows": 8}), max_length=20000
    )
    uploads = FilesField(label=_("Files"), required=False)


class RecusalForm(forms.Form):
    """A request that an officer stand back."""

    officer = forms.ModelChoiceField(Account.objects.none(), label=_("Officer"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea({"rows": 4}), max_length=5000
    )

    def __init__(self, officers: Any, data: Any = None) -> None:
        """Offer the officers who act in the case."""
        super().__init__(data)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]  # a choice of records
        self.fields["officer"].label_from_instance = (  # type: ignore[attr-defined]  # a choice of records
            lambda account: account.get_full_name() or account.username
        )
