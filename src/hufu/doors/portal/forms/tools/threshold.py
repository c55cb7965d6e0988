"""Which offence, on which days, with which figures."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hufu.base.law import book
from hufu.doors.portal.forms.tools.fields import (
    AmountField,
    AmountsField,
    CountsField,
    DayField,
    PickField,
    day_or,
    rows,
)
from hufu.doors.portal.tools.words import currency, said, told
from hufu.engines.law import Act, CrimeFacts, Goods, NoRulingError, accumulate

PREFIX = "criminal.thresholds."
MOST_GOODS = 6
VALUED = {"goods_value", "illegal_business_volume"}
PRICES = {
    "found": _("Average price at which it was really sold"),
    "label": _("Price on the label"),
    "market": _("Market price of the infringed product"),
}
EXAMPLES = {
    "counterfeit_mark": _("A workshop sews a brand's logo on bags of its own."),
    "selling_counterfeits": _("A shop sells shoes that it knows to be counterfeit."),
    "mark_labels": _("A printer makes or sells labels and boxes of a brand."),
    "copyright": _("A site puts films online, or copies of software are made."),
    "selling_copies": _("A stall sells pirated books that others printed."),
    "patent_counterfeiting": _("Goods bear a patent number that belongs to another."),
    "trade_secret": _("An employee takes drawings along to a competitor."),
    "espionage": _("A trade secret is sold or given to a body abroad."),
}
HELPS = {
    "illegal_business_volume": _(
        "The value of all infringing goods that were made, stored, sent or sold."
    ),
    "illegal_gains": _(
        "What was earned or is still owed, less what the goods or materials cost."
    ),
    "sales_amount": _("All that was paid or is still owed for the goods sold."),
    "goods_value": _("What the goods found and not yet sold are worth."),
    "marks_count": _("How many different registered marks were copied."),
    "service_gains": _("Earned with services under somebody else's mark."),
    "loss_amount": _("What the holder lost, cost of repairing the harm included."),
}


def offences() -> list[tuple[str, str, Any]]:
    """List the offences that the pack knows, each with an example."""
    names = [n.removeprefix(PREFIX) for n in book().names(PREFIX)]
    order = [n for n in EXAMPLES if n in names]
    order += [n for n in names if n not in EXAMPLES]
    return [
        (n, said(book().rule(f"{PREFIX}{n}").title), EXAMPLES.get(n, "")) for n in order
    ]


class OffenceForm(forms.Form):
    """Which offence it may be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the pack in force knows."""
        super().__init__(*args, **kwargs)
        choices = [(code, title) for code, title, _example in offences()]
        self.fields["offence"] = PickField(choices, label=_("Offence"))


class ThresholdForm(forms.Form):
    """The days, and the figures that the laws of these days ask for."""

    on = DayField(
        label=_("When was the act?"),
        help_text=_("If it went on for a while, its last day."),
    )
    decided_on = DayField(
        label=_("When is it judged?"),
        help_text=_("If the law changed in between, the lighter one counts."),
        required=False,
    )
    is_unit = forms.BooleanField(
        label=_("A company or another organisation acted"), required=False
    )
    is_suspected = forms.BooleanField(
        label=_("The figures are not certain, but there is reason to suspect a crime"),
        required=False,
    )

    def __init__(
        self, offence: str, today: date, data: Mapping[str, Any] | None
    ) -> None:
        """Ask for what the laws of the days named want to know."""
        initial = {"offence": offence, "on": today, "decided_on": today}
        super().__init__(data, initial=initial)
        self.offence = offence
        self.fields["offence"] = forms.CharField(widget=forms.HiddenInput)
        days = {day_or((data or {}).get(n, ""), today) for n in ("on", "decided_on")}
        self.metrics = _metrics(offence, sorted(days))
        for metric, (words, kind) in self.metrics.items():
            self.fields[f"f_{metric}"] = _field(metric, said(words), kind)
        self.goods = 0
        if VALUED & set(self.metrics):
            names = [("goods", f"_{part}") for part in ("n", *PRICES)]
            self.goods = rows(data or {}, names, MOST_GOODS)
        for n in range(1, self.goods + 1):
            self.fields[f"goods{n}_n"] = _pieces()
            for code, words in PRICES.items():
                self.fields[f"goods{n}_{code}"] = AmountField(label=words)

    @property
    def figure_rows(self) -> list[forms.BoundField]:
        """Give the fields of the figures; the yes-or-no facts come last."""
        fields = [self[f"f_{metric}"] for metric in self.metrics]
        return sorted(fields, key=lambda f: isinstance(f.field, forms.BooleanField))

    @property
    def goods_rows(self) -> list[list[forms.BoundField]]:
        """Give the fields of every kind of goods."""
        return [
            [self[f"goods{n}_{part}"] for part in ("n", *PRICES)]
            for n in range(1, self.goods + 1)
        ]

    @property
    def has_goods(self) -> bool:
        """Whether unsold goods were named: then their fields are shown open."""
        return self.goods > 1 or any(self.data.get(f"goods1_{p}") for p in PRICES)

    @property
    def ignored(self) -> list[str]:
        """Name the figures that were typed and that the law of these days ignores."""
        words = book().rule("criminal.metrics").rulings[-1].value
        gone = (n for n in self.data if n.startswith("f_") and n not in self.fields)
        codes = (name.removeprefix("f_") for name in gone if self.data[name])
        return [told(words[code]) for code in codes if code in words]

    def clean(self) -> dict[str, Any]:
        """Want at least one figure, and a price for every kind of goods."""
        for n in range(1, self.goods + 1):
            pieces = self.cleaned_data.get(f"goods{n}_n")
            prices = [self.cleaned_data.get(f"goods{n}_{p}") for p in PRICES]
            known = any(price is not None for price in prices)
            if pieces and not known:
                self.add_error(f"goods{n}_n", _("Write at least one price a piece."))
            if known and not pieces:
                self.add_error(f"goods{n}_n", _("Write how many pieces there are."))
        if not self.errors and not self.figures() and not self.unsold():
            raise ValidationError(_("Write at least one figure, or tick what is true."))
        return self.cleaned_data

    def acts(self) -> list[Act]:
        """Return the acts whose figures were written with a plus between them."""
        names = [m for m, (_words, kind) in self.metrics.items() if kind != "fact"]
        columns = [self.cleaned_data.get(f"f_{m}") or () for m in names]
        day = self.cleaned_data["on"]
        return [
            Act(day, {m: f for m, f in zip(names, row, strict=True) if f is not None})
            for row in zip_longest(*columns)
        ]

    def figures(self) -> dict[str, Any]:
        """Return the figures, those of several acts added up."""
        facts = (m for m, (_words, kind) in self.metrics.items() if kind == "fact")
        true = {m: True for m in facts if self.cleaned_data.get(f"f_{m}")}
        return {**accumulate(self.acts()), **true}

    def unsold(self) -> tuple[Goods, ...]:
        """Return the goods whose value is asked for."""
        return tuple(self._goods())

    def _goods(self) -> Iterator[Goods]:
        typed = self.cleaned_data
        for n in range(1, self.goods + 1):
            if typed.get(f"goods{n}_n"):
                yield Goods(
                    quantity=int(typed[f"goods{n}_n"]),
                    found_average_price=typed[f"goods{n}_found"],
                    labelled_price=typed[f"goods{n}_label"],
                    market_price=typed[f"goods{n}_market"],
                )

    def facts(self) -> CrimeFacts:
        """Return what the engine wants to know."""
        return CrimeFacts(
            on=self.cleaned_data["on"],
            figures=self.figures(),
            decided_on=self.cleaned_data["decided_on"],
            is_unit=self.cleaned_data["is_unit"],
            is_reasonably_suspected=self.cleaned_data["is_suspected"],
            goods=self.unsold(),
        )


class PiecesField(AmountField):
    """So many pieces of one kind."""

    pattern = CountsField.pattern
    mode = CountsField.mode
    wrong = _("Write a whole number from 0 up.")


def _pieces() -> PiecesField:
    return PiecesField(label=_("Unsold pieces"))


def _metrics(offence: str, days: list[date]) -> dict[str, Any]:
    known = [d for d in days if book().rule(f"{PREFIX}{offence}").says(d)]
    latest = [book().rule(f"{PREFIX}{offence}").rulings[-1].since]
    try:
        return book().figures(offence, *(known or latest))
    except NoRulingError:
        return book().figures(offence, *latest)


def _field(metric: str, words: str, kind: str) -> forms.Field:
    label, more = capfirst(words), HELPS.get(metric, "")
    if kind == "fact":
        return forms.BooleanField(label=label, required=False)
    if kind == "count":
        return CountsField(label=label, help_text=more)
    return AmountsField(label=f"{label} ({currency()})", help_text=more)
