"""Which name, for goods or services of which classes."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 100
LAST_CLASS = 45
_PARTS = re.compile(r"[\s,;、，；]+")


class ClassesField(forms.CharField):
    """Nice classes as people write them: 25, 35."""

    def clean(self, value: object) -> frozenset[int]:
        """Return the numbers, none where nothing was written."""
        text = unicodedata.normalize("NFKC", super().clean(value))
        parts = [part for part in _PARTS.split(text) if part]
        if not all(part.isdecimal() and 0 < int(part) <= LAST_CLASS for part in parts):
            raise ValidationError(
                _("Write classes as numbers from 1 to 45, such as 25, 35."),
                code="classes",
            )
        return frozenset(map(int, parts))


class NameForm(forms.Form):
    """The name that somebody wants to file, buy or use."""

    name = forms.CharField(
        max_length=LONGEST,
        label=_("The name"),
        help_text=_("As you would write it on the goods, in any script."),
        error_messages={
            "required": _("Write the name you want to check."),
            "max_length": _("A name has at most %(limit_value)d characters."),
        },
    )
    classes = ClassesField(
        required=False,
        max_length=LONGEST * 2,
        label=_("Classes of the goods or services"),
        help_text=_(
            "Numbers of the Nice Classification, such as 25 for clothing. Names for"
            " other goods then stand further down."
        ),
    )

    def clean_name(self) -> str:
        """Refuse what holds no letter or digit: nothing could be near it."""
        name = str(self.cleaned_data["name"])
        if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
            raise ValidationError(_("A name has at least one letter or digit."))
        return name
