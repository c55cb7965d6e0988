"""The search over published decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.domain.rights.models import Right


class NoticeSearch(forms.Form):
    """What a reader looks for; everything may stay empty."""

    q = forms.CharField(
        label=_("Words, party or credit code"), max_length=100, required=False
    )
    right_kind = forms.ChoiceField(label=_("Kind of right"), required=False)
    agency = forms.ChoiceField(label=_("Authority"), required=False)
    year = forms.IntegerField(
        label=_("Year of the decision"), min_value=1990, max_value=2100, required=False
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, str]]) -> None:
        """Offer the authorities that have published something."""
        super().__init__(*args)
        anything = [("", _("any"))]
        self._choose("right_kind", [*anything, *Right.Kind.choices])
        self._choose("agency", [*anything, *agencies])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def conditions(self) -> dict[str, Any]:
        """Return the filters on columns, for `Notice` rows."""
        typed = self.cleaned_data if self.is_valid() else {}
        columns = {
            "right_kind": typed.get("right_kind"),
            "agency": typed.get("agency"),
            "decided_on__year": typed.get("year"),
        }
        return {column: value for column, value in columns.items() if value}

    def words(self) -> str:
        """Return the words to look for."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
