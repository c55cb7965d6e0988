"""Which right, which amounts, intent and circumstances."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.base.law import book
from hufu.doors.portal.forms.tools.fields import (
    AmountField,
    DayField,
    PickField,
    day_or,
)
from hufu.doors.portal.tools.words import currency, said, told
from hufu.engines.law import DamagesFacts, Ruling

PREFIX = "damages."
RIGHTS = ("trademark", "patent", "copyright", "unfair_competition", "plant_variety")
METHODS = {
    "right_holder_loss": (
        _("What the right holder lost"),
        _("For example sales lost, multiplied by the profit on a piece."),
    ),
    "infringer_gain": (
        _("What the infringer gained"),
        _("For example pieces sold, multiplied by the profit on a piece."),
    ),
    "licence_fee": (
        _("Licence fee that would have been due"),
        _("For example what a licensee pays for a similar use."),
    ),
    "royalty": (
        _("Royalty that would have been due"),
        _("For example the usual fee for such a use of the work."),
    ),
}


def rights() -> list[tuple[str, str]]:
    """List the rights for whose infringement the pack knows damages."""
    names = [n for n in book().names(PREFIX) if book().rule(n).kind == "damages"]
    codes = [n.removeprefix(PREFIX) for n in names]
    order = sorted(codes, key=lambda c: RIGHTS.index(c) if c in RIGHTS else len(RIGHTS))
    return [(code, said(book().rule(f"{PREFIX}{code}").title)) for code in order]


class RightForm(forms.Form):
    """Which right was infringed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the pack in force knows."""
        super().__init__(*args, **kwargs)
        self.fields["right"] = PickField(rights(), label=_("Right"))


class DamagesForm(forms.Form):
    """What was found out, for the methods that the statute of the day knows."""

    on = DayField(
        label=_("When was the infringement?"),
        help_text=_("If it went on for a while, its last day."),
    )
    decided_on = DayField(
        label=_("When will the court decide, about?"),
        help_text=_("The rules on punitive damages of that day count."),
        required=False,
    )

    def __init__(self, right: str, today: date, data: Mapping[str, Any] | None) -> None:
        """Ask for the methods of the statute in force on the day named."""
        initial = {"right": right, "on": today, "decided_on": today}
        super().__init__(data, initial=initial)
        self.right = right
        self.fields["right"] = forms.CharField(widget=forms.HiddenInput)
        self.ruling = _ruling(right, day_or((data or {}).get("on", ""), today))
        unit = currency()
        for step in self.ruling.value["steps"]:
            for method in step:
                label, more = METHODS[method]
                words = f"{label} ({unit})"
                self.fields[method] = AmountField(label=words, help_text=more)
        if "licence_fee" in self.fields:
            self.fields["licence_multiple"] = AmountField(
                label=_("Multiple of the licence fee asked for"),
                help_text=_("1 where you ask for the fee itself."),
            )
        self.fields["costs"] = AmountField(
            label=_("Expenses for stopping it (%(unit)s)") % {"unit": unit},
            help_text=_("Lawyer, notary, test purchase, appraisal: they come on top."),
        )
        self._ask_for_punitive()

    def _ask_for_punitive(self) -> None:
        punitive = self.ruling.value.get("punitive")
        if not punitive:
            return
        if punitive.get("only"):
            secret = _("It is about a trade secret")
            self.fields["is_secret"] = forms.BooleanField(label=secret, required=False)
        intent = forms.BooleanField(label=_("It was done on purpose"), required=False)
        grave = _("The circumstances are serious")
        self.fields["is_intentional"] = intent
        self.fields["is_serious"] = forms.BooleanField(label=grave, required=False)

    @property
    def intent(self) -> str:
        """Say what the statute of the day calls doing it on purpose."""
        punitive = self.ruling.value.get("punitive")
        return told(punitive["intent"]) if punitive else ""

    def facts(self) -> DamagesFacts:
        """Return what the engine wants to know."""
        typed = self.cleaned_data
        punitive = self.ruling.value.get("punitive") or {}
        kind = punitive.get("only", "") if typed.get("is_secret") else ""
        multiple = typed.get("licence_multiple")
        return DamagesFacts(
            on=typed["on"],
            decided_on=typed["decided_on"],
            right_holder_loss=typed.get("right_holder_loss"),
            infringer_gain=typed.get("infringer_gain"),
            licence_fee=typed.get("licence_fee"),
            licence_multiple=Decimal(1) if multiple is None else multiple,
            royalty=typed.get("royalty"),
            costs=typed["costs"] or Decimal(0),
            is_intentional=typed.get("is_intentional", False),
            is_serious=typed.get("is_serious", False),
            kind=kind,
        )


def _ruling(right: str, day: date) -> Ruling:
    rule = book().rule(f"{PREFIX}{right}")
    if rule.says(day):
        return rule.on(day)
    return rule.rulings[0] if day < rule.rulings[0].since else rule.rulings[-1]
