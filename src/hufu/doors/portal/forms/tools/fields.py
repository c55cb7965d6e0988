"""Fields of the tools: days, amounts as people write them, choices from the pack."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, Any]]
# What the calendar can count with; which law there was, the pack says.
EARLIEST, LATEST = date(1985, 1, 1), date(2060, 12, 31)
LONGEST = 200
MOST_ACTS = 50
AMOUNT = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,6})?)(万?)")
COUNT = re.compile(r"([0-9]{1,13})(万?)")
CURRENCY = re.compile(r"[\s,，_]|元|圆|¥|￥|CNY|RMB|yuan", re.IGNORECASE)
TEN_THOUSAND = 10_000


class DayField(forms.DateField):
    """A day that the calendar knows."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the browser's calendar, with the days that can be chosen."""
        shown = {"type": "date", "min": str(EARLIEST), "max": str(LATEST)}
        widget = forms.DateInput(format="%Y-%m-%d", attrs=shown)
        wrong = _("Write a day that exists as year-month-day, such as 2026-03-31.")
        messages = {"invalid": wrong, "required": _("Write the day.")}
        super().__init__(widget=widget, error_messages=messages, **kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse days that are out of the calendar's reach."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError(
                _("Choose a day between %(first)s and %(last)s."),
                code="far",
                params={"first": EARLIEST, "last": LATEST},
            )


class AmountField(forms.CharField):
    """An amount of money as people write it: 50000, 50,000, 5万."""

    pattern = AMOUNT
    mode = "decimal"
    wrong = _("Write a number from 0 up, such as 50000 or 50,000.")

    def __init__(self, **kwargs: Any) -> None:
        """Let phones show their figures."""
        attrs = {"inputmode": self.mode, "autocomplete": "off"}
        kwargs = {"required": False, "max_length": LONGEST, **kwargs}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the amount as a decimal, None where nothing was written."""
        text = super().clean(value)
        return self.number(text) if text else None

    def number(self, text: str) -> Decimal:
        """Read one number, with separators and the unit of ten thousand."""
        plain = CURRENCY.sub("", unicodedata.normalize("NFKC", text))
        found = self.pattern.fullmatch(plain)
        if found is None:
            raise ValidationError(self.wrong, code="amount")
        number, unit = found.groups()
        return Decimal(number) * (TEN_THOUSAND if unit else 1)


class AmountsField(AmountField):
    """One amount, or those of several acts with a plus between them."""

    wrong = _("Write numbers from 0 up, with + between several acts: 20000 + 15000.")

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        """Return the amounts, none where nothing was written."""
        text = forms.CharField.clean(self, value)
        parts = unicodedata.normalize("NFKC", text).split("+") if text else []
        if len(parts) > MOST_ACTS:
            raise ValidationError(
                _("At most %(most)s acts fit; add some of them up yourself."),
                params={"most": MOST_ACTS},
            )
        return tuple(self.number(part) for part in parts)


class CountsField(AmountsField):
    """So many pieces, for one act or for several."""

    pattern = COUNT
    mode = "numeric"
    wrong = _("Write whole numbers from 0 up, with + between several acts: 300 + 200.")


class PickField(forms.ChoiceField):
    """One of the things that the pack knows."""

    def __init__(self, choices: Iterable[Any], **kwargs: Any) -> None:
        """Ask for a choice in plain words."""
        again = _("Choose one from the list.")
        messages = {"required": again, "invalid_choice": again}
        super().__init__(choices=list(choices), error_messages=messages, **kwargs)


def rows(data: Mapping[str, Any], names: list[tuple[str, str]], most: int) -> int:
    """Return how many rows of fields to ask for: those filled in, and one more.

    `names` are what stands before and after the number of the row.
    """
    filled = (
        n for n in range(1, most + 1) if any(data.get(f"{a}{n}{b}") for a, b in names)
    )
    return min(max(filled, default=0) + 1, most)


def day_or(text: str, day: date) -> date:
    """Read a day within the calendar's reach; `day` where there is none or a wrong one.

    Only to choose which fields to show: the field itself refuses what is wrong.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return day
    return min(max(found, EARLIEST), LATEST)
