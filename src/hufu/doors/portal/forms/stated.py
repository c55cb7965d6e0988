"""Forms for rights that no office registers: works, secrets, traditional knowledge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.rights.models import Right
from hufu.domain.rights.services import StatedFacts

DAY = forms.DateInput(attrs={"type": "date"})
Kind, Form = Right.Kind, Right.Subtype
WORKS = (
    Form.SOFTWARE,
    Form.FILM,
    Form.MUSIC,
    Form.RECORDING,
    Form.BROADCAST,
    Form.PERFORMANCE,
    Form.LITERARY,
    Form.DRAMATIC,
    Form.ART,
    Form.PHOTOGRAPH,
    Form.DRAWING,
    Form.OTHER,
)


class HashField(forms.RegexField):
    """A SHA-256 as hexadecimal digits; capitals and blanks around it do no harm."""

    def __init__(self, **said: Any) -> None:
        """Say what it looks like, for people and for browsers."""
        words = _("This is no SHA-256: it has 64 characters, 0 to 9 and a to f.")
        super().__init__(
            regex=r"^[0-9A-Fa-f]{64}$",
            strip=True,
            label=_("SHA-256"),
            error_messages={"invalid": words},
            widget=forms.TextInput(
                attrs={"class": "mono", "spellcheck": "false", "autocomplete": "off"}
            ),
            **said,
        )


def _proof(help_text: Any) -> forms.FileField:
    return forms.FileField(label=_("Proof"), required=False, help_text=help_text)


def _listed() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Show it in the public register, as stated by you"), required=False
    )


class StatedForm(forms.Form):
    """What the three have in common."""

    kind: str

    def facts(self) -> StatedFacts:
        """Give what was said; files go their own way."""
        names = StatedFacts.__dataclass_fields__
        said = {name: v for name, v in self.cleaned_data.items() if name in names}
        return StatedFacts(kind=self.kind, **said)


class WorkForm(StatedForm):
    """A work of literature, art or science, or a right beside it."""

    kind = Kind.COPYRIGHT
    name = forms.CharField(label=_("Title"), max_length=300)
    subtype = forms.ChoiceField(
        label=_("Kind of work"), choices=[("", "—"), *((w, w.label) for w in WORKS)]
    )
    author = forms.CharField(label=_("Author"), max_length=300)
    author_kind = forms.ChoiceField(
        label=_("The author is"),
        choices=(
            ("person", pgettext_lazy("author", "a person")),
            ("organisation", pgettext_lazy("author", "a company or organisation")),
        ),
        widget=forms.RadioSelect,
        help_text=_("The term of protection depends on it."),
    )
    created_on = forms.DateField(
        label=_("Created on"),
        widget=DAY,
        help_text=_("For a performance or broadcast: the day it first took place."),
    )
    published_on = forms.DateField(
        label=_("First published on"), widget=DAY, required=False
    )
    work = forms.FileField(
        label=_("The work itself"),
        required=False,
        help_text=_(
            "A copy is kept with its hash and the hour, for you alone. Or leave this"
            " empty and give the hash only."
        ),
    )
    sha256 = HashField(required=False)
    proof = _proof(
        _("With a certificate or contract an officer can verify that it is yours.")
    )
    is_listed = _listed()


class SecretForm(StatedForm):
    """That a secret exists, by its hash. There is no field for the secret."""

    kind = Kind.TRADE_SECRET
    name = forms.CharField(
        label=_("What you call it"),
        max_length=300,
        help_text=_("A name that gives nothing away."),
    )
    sha256 = HashField(
        help_text=_(
            "If the secret is short, add a line of random characters to the file first:"
            " a short text can be guessed from its hash. Keep the file unchanged."
        )
    )
    proof = _proof(
        _(
            "What shows that it is yours: a confidentiality agreement, a register of"
            " secrets. Never the secret."
        )
    )


class KnowledgeForm(StatedForm):
    """Traditional knowledge: what it is, and whose."""

    kind = Kind.TRADITIONAL_KNOWLEDGE
    name = forms.CharField(label=_("Name"), max_length=300)
    author = forms.CharField(
        label=_("Community or region it comes from"), max_length=300
    )
    about = forms.CharField(
        label=_("What it is"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out what your community keeps to itself."),
    )
    work = forms.FileField(
        label=_("A description or recording"),
        required=False,
        help_text=_("A copy is kept for you alone. Or give its hash only."),
    )
    sha256 = HashField(required=False)
    proof = _proof(_("With it an officer can verify what you say."))
    is_listed = _listed()


FORMS: dict[str, type[StatedForm]] = {
    "work": WorkForm,
    "secret": SecretForm,
    "knowledge": KnowledgeForm,
}
