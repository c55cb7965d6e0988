"""Forms of the portal's pages about rights: they check shape, services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.rights.models import Licence, Right, Status
from hufu.domain.rights.nice import class_label, contents
from hufu.domain.rights.queries import Search, registers

DAY = forms.DateInput(attrs={"type": "date"})
ANY = ("", pgettext_lazy("filter", "any"))


class SearchForm(forms.Form):
    """What somebody looks for in the register."""

    text = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("A word, its beginning, or two Chinese characters."),
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=64)
    holder = forms.CharField(label=_("Holder"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind of right"), required=False)
    nice = forms.TypedChoiceField(
        label=_("Nice class"), required=False, coerce=int, empty_value=None
    )
    register = forms.ChoiceField(label=_("Register"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    day = forms.DateField(label=_("On the day"), required=False, widget=DAY)

    def __init__(self, *args: Any, chinese: bool = False, **kwargs: Any) -> None:
        """Offer what there is to choose from, in the reader's language."""
        super().__init__(*args, **kwargs)
        kinds = [c for c in Right.Kind.choices if c[0] != Right.Kind.TRADE_SECRET]
        classes = [(n, class_label(n, chinese=chinese)) for n in contents()]
        named = [(r.code, r.title_zh if chinese else r.title_en) for r in registers()]
        for name, choices in (
            ("kind", kinds),
            ("nice", classes),
            ("register", named),
            ("status", Status.choices),
        ):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def search(self, day: Any) -> Search:
        """Give what was asked, for the day named or else today."""
        asked = dict(self.cleaned_data)
        return Search(**{**asked, "day": asked["day"] or day})


class ClaimForm(forms.Form):
    """That a right is the account's own, or its principal's."""

    statement = forms.CharField(
        label=_("How the right came to you"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    principal_name = forms.CharField(
        label=_("Whom you act for, if you are an agent"),
        max_length=300,
        required=False,
        help_text=_("Leave empty if the right is your own."),
    )
    principal_country = forms.RegexField(
        label=_("Country of that party, two letters"),
        regex=r"^[A-Z]{2}$",
        initial="CN",
        required=False,
    )
    proof = forms.FileField(
        label=_("Proof"),
        help_text=_(
            "The certificate of registration, an assignment, or the power of attorney."
        ),
    )


class LicenceForm(forms.Form):
    """Who may use the right or sell under it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Licence.Kind.choices)
    licensee = forms.CharField(
        label=_("Name of the licensee or seller"), max_length=300
    )
    seller_id = forms.CharField(
        label=_("Seller's identifier on the platform"),
        max_length=200,
        required=False,
        help_text=_("Offers of this seller are then not reported."),
    )
    territory = forms.CharField(label=_("Territory"), max_length=200, required=False)
    from_on = forms.DateField(label=_("From"), widget=DAY)
    to_on = forms.DateField(label=_("Until"), widget=DAY, required=False)
