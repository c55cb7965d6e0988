"""What a report or a complaint asks for, page by page. Shapes only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hufu.base.law import book
from hufu.domain.leads.models import Act
from hufu.domain.leads.services import LeadFacts, Sender
from hufu.domain.people.models import Account
from hufu.domain.rights import queries as rights
from hufu.domain.rights.models import Right

PROVINCE, CITY = "0000", "00"
Choices = list[tuple[str, str | list[tuple[str, str]]]]


def region_choices() -> Choices:
    """Return provinces with their cities, each named in the reader's language."""
    language = get_language() or "en"
    names = book().regions.names
    groups: Choices = [("", _("Choose…"))]  # type: ignore[list-item]  # a lazy text is a text
    for code, name in sorted(names.items()):
        if code.endswith(PROVINCE):
            groups.append((name.say(language), [(code, name.say(language))]))
        elif code.endswith(CITY) and isinstance(groups[-1][1], list):
            groups[-1][1].append((code, name.say(language)))
    return groups


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; the storage looks at each."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Leave files alone: a service says what is wrong with one."""
        del initial
        return data or []


class WhatForm(forms.Form):
    """What happened, and where."""

    act = forms.ChoiceField(label=_("What happened?"), choices=[])
    title = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        help_text=_("For example: copied tea tins at the night market."),
    )
    right_kind = forms.ChoiceField(
        label=_("Which kind of right is it about?"), choices=[], required=False
    )
    region = forms.ChoiceField(
        label=_("Province or city"),
        choices=[],
        help_text=_("For something on the web: where the seller is, or where you are."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        required=False,
        help_text=_("Market and stall, street, or the name of a platform."),
    )
    url = forms.CharField(
        label=_("Address on the web"), max_length=2000, required=False
    )
    seller = forms.CharField(
        label=_("Shop or seller"),
        max_length=200,
        required=False,
        help_text=_("The name under which it is sold."),
    )
    occurred_on = forms.DateField(
        label=_("When did you see it?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the choices in the reader's language."""
        super().__init__(*args, **kwargs)
        acts = [("", _("Choose…")), *Act.choices]
        self.fields["act"].choices = acts  # type: ignore[attr-defined]  # a ChoiceField
        kinds = [("", _("I do not know")), *Right.Kind.choices]
        if "right_kind" in self.fields:
            self.fields["right_kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]  # a ChoiceField


class DetailsForm(forms.Form):
    """Evidence and details."""

    details = forms.CharField(
        label=_("What did you see?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What, how many, at which price, and how you noticed."),
    )
    goods = forms.CharField(label=_("Goods or service"), max_length=300, required=False)
    quantity = forms.IntegerField(
        label=_("How many, roughly"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
    )
    value = forms.DecimalField(
        label=_("Value in yuan, roughly"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    respondent_name = forms.CharField(
        label=_("Name of the company or person"), max_length=300, required=False
    )
    uploads = FilesField(
        label=_("Pictures and files"),
        required=False,
        help_text=_(
            "Up to 10 files. Pictures, PDF, text, office documents, sound, film, ZIP."
        ),
    )


class WhoForm(forms.Form):
    """Who reports; nobody has to say."""

    naming = forms.ChoiceField(
        label=_("Do you want to give your name?"),
        choices=[
            ("anonymous", _("No, I stay anonymous")),
            ("named", _("Yes; the office then owes me an answer by law")),
        ],
        widget=forms.RadioSelect,
        initial="anonymous",
    )
    name = forms.CharField(label=_("Your name"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Telephone or e-mail"), max_length=200, required=False
    )
    true = forms.BooleanField(
        label=_("What I report is true as far as I know."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a name where one is to be given."""
        typed = super().clean() or {}
        if typed.get("naming") == "named" and not (typed.get("name") or "").strip():
            self.add_error("name", _("Give your name, or choose to stay anonymous."))
        return typed

    def sender(self) -> Sender:
        """Return who reports; a name typed and then not given stays out."""
        if self.cleaned_data["naming"] != "named":
            return Sender()
        return Sender(self.cleaned_data["name"], self.cleaned_data["contact"])


COMPLAINT_ORDER = [
    "right",
    "act",
    "title",
    "occurred_on",
    "region",
    "place",
    "url",
    "seller",
    "respondent_name",
    "goods",
    "quantity",
    "value",
    "details",
    "defence_known",
    "uploads",
    "declarations",
]


class ComplaintForm(WhatForm, DetailsForm):
    """A holder's complaint about a right of theirs."""

    right = forms.ChoiceField(label=_("Your right"), choices=[])
    defence_known = forms.CharField(
        label=_("What may the other side say?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A licence, an own mark, goods bought from you, an earlier use: saying it "
            "now saves both sides time."
        ),
    )
    declarations = forms.MultipleChoiceField(
        label=_("I declare"),
        choices=[
            (
                "true",
                _("what I say is true, and I answer for a knowingly false complaint"),
            ),
            (
                "no_licence",
                _("the seller has no licence from me and does not sell my goods"),
            ),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, account: Account, day: Any, **kwargs: Any) -> None:
        """Offer the rights of the account."""
        super().__init__(*args, **kwargs)
        del self.fields["right_kind"]  # the right says its kind
        self.own = {str(r.pk): r for r in rights.rights_of(account, day=day)}
        self.fields["right"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Choose…")),
            *((key, f"{one} · {one.number}") for key, one in self.own.items()),
        ]
        self.order_fields(COMPLAINT_ORDER)

    def clean_declarations(self) -> list[str]:
        """Ask for both declarations."""
        given: list[str] = self.cleaned_data["declarations"]
        if len(given) < 2:  # noqa: PLR2004 - the two that are offered
            raise forms.ValidationError(_("Both are needed."))
        return given


def facts_of(*typed: Mapping[str, Any]) -> LeadFacts:
    """Put together what the pages asked for."""
    known = LeadFacts.__dataclass_fields__
    said = {k: v for page in typed for k, v in page.items() if k in known}
    if "declarations" in said:
        said["declarations"] = tuple(said["declarations"])
    return LeadFacts(**said)


def words_of(form: forms.Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed into a form, right or wrong, for the draft."""
    words: dict[str, Any] = {}
    for name, field in form.fields.items():
        if isinstance(field, FilesField):
            continue
        if isinstance(field, forms.MultipleChoiceField):
            words[name] = list(getattr(data, "getlist", data.get)(name) or [])
        else:
            words[name] = data.get(name, "")
    return words


def first_invalid(pages: Iterable[forms.Form]) -> int | None:
    """Return the number of the first page that is not complete."""
    for number, page in enumerate(pages, 1):
        if not page.is_valid():
            return number
    return None
