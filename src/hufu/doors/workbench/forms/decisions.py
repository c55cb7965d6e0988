"""The draft of a decision as a form: facts, grounds, lines, words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hufu.domain.remedies import queries, services
from hufu.domain.remedies.models import Decision, Penalty
from hufu.doors.workbench.forms.case_base import DateInput, long_text

Kind = Penalty.Kind
WORDY = (Kind.CONFISCATION, Kind.ORDER, Kind.WARNING)


def money(label: Any, help_text: Any = "") -> forms.DecimalField:
    """Return a field for an amount in the pack's currency."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_digits=16,
        decimal_places=2,
        required=False,
    )


class DraftForm(forms.Form):
    """What a decision rests on and orders. The services decide what is lawful."""

    rule = forms.ChoiceField(label=_("Violation"))
    acted_on = forms.DateField(label=_("Day of the act (last day)"), widget=DateInput)
    illegal_turnover = money(
        _("Illegal turnover"), _("Leave empty if it could not be established.")
    )
    gains = money(_("Illegal gains"))
    goods_value = money(_("Value of the goods"))
    copies = forms.IntegerField(
        label=_("Number of copies"), min_value=0, required=False
    )
    fine = money(_("Fine"), _("Empty: no fine."))
    gains_taken = money(_("Gains to be confiscated"), _("Empty: none."))
    confiscation = forms.BooleanField(
        label=_("Confiscation of goods and tools"), required=False
    )
    confiscation_en = long_text(_("What is confiscated (English)"), 2)
    confiscation_zh = long_text(_("What is confiscated (Chinese)"), 2)
    order = forms.BooleanField(label=_("Order to stop"), required=False)
    order_en = long_text(_("What must stop (English)"), 2)
    order_zh = long_text(_("What must stop (Chinese)"), 2)
    warning = forms.BooleanField(label=_("Warning"), required=False)
    findings_en = long_text(_("Facts found (English)"), 5)
    findings_zh = long_text(_("Facts found (Chinese)"), 5)
    reasons_en = long_text(_("Reasons (English)"), 4)
    reasons_zh = long_text(_("Reasons (Chinese)"), 4)

    def __init__(self, data: Any, *, today: date, initial: dict[str, Any]) -> None:
        """Offer the violations and grounds that the law knows on the day."""
        super().__init__(data, initial=initial)
        language = get_language() or "en"
        rules = [(n, title.say(language)) for n, title in queries.rules_on(today)]
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]  # a choice field
        for name, field in self.fields.items():
            if name.endswith(("_en", "_zh")):
                field.required = False
        rule = (data or initial).get("rule", "")
        self.circumstances = queries.known_circumstances(rule, self._day(today))
        for known in self.circumstances:
            self._add_ground(known.code, known.title.say(language))

    def _day(self, today: date) -> date:
        typed = self.data.get("acted_on") or self.initial.get("acted_on") or today
        if isinstance(typed, date):
            return typed
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return today

    def _add_ground(self, code: str, label: str) -> None:
        self.fields[f"ground_{code}"] = forms.BooleanField(label=label, required=False)
        self.fields[f"why_{code}"] = forms.CharField(
            label=_("Why it applies"), max_length=1000, required=False
        )

    def findings(self) -> services.Findings:
        """Return the facts for the law engine."""
        typed = self.cleaned_data
        grounds = tuple(
            services.GroundFacts(c.code, typed.get(f"why_{c.code}", ""))
            for c in self.circumstances
            if typed.get(f"ground_{c.code}")
        )
        return services.Findings(
            rule=typed["rule"],
            acted_on=typed["acted_on"],
            illegal_turnover=typed["illegal_turnover"],
            gains=typed["gains"],
            goods_value=typed["goods_value"],
            copies=typed["copies"],
            grounds=grounds,
        )

    def proposal(self) -> services.Proposal:
        """Return the whole draft."""
        typed = self.cleaned_data
        lines = []
        if typed["fine"]:
            lines.append(services.Line(Kind.FINE, typed["fine"]))
        if typed["gains_taken"]:
            lines.append(services.Line(Kind.GAINS, typed["gains_taken"]))
        lines += [
            services.Line(
                kind, None, typed.get(f"{kind}_en", ""), typed.get(f"{kind}_zh", "")
            )
            for kind in WORDY
            if typed[kind]
        ]
        wording = services.Wording(
            typed["findings_en"],
            typed["findings_zh"],
            typed["reasons_en"],
            typed["reasons_zh"],
        )
        return services.Proposal(self.findings(), tuple(lines), wording)

    def group(self, *names: str) -> list[forms.BoundField]:
        """Return fields by name, for a part of the page."""
        return [self[name] for name in names]

    @property
    def facts_part(self) -> list[forms.BoundField]:
        """The facts that the range depends on."""
        return self.group(
            "rule", "acted_on", "illegal_turnover", "gains", "goods_value", "copies"
        )

    @property
    def lines_part(self) -> list[forms.BoundField]:
        """What is ordered."""
        names = [n for n in self.fields if n.startswith(("fine", "confis", "order"))]
        return self.group("fine", "gains_taken", *names[1:], "warning")

    @property
    def words_part(self) -> list[forms.BoundField]:
        """What the letter says."""
        return self.group("findings_en", "findings_zh", "reasons_en", "reasons_zh")

    @property
    def grounds_part(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Each ground with its reason and the article that names it."""
        language = get_language() or "en"
        return [
            (
                self[f"ground_{c.code}"],
                self[f"why_{c.code}"],
                c.ruling.source.cite(language),
            )
            for c in self.circumstances
        ]


def initial_of(decision: Decision) -> Mapping[str, Any]:
    """Return a draft as the form shows it."""
    columns = (
        "rule acted_on illegal_turnover gains goods_value copies"
        " findings_en findings_zh reasons_en reasons_zh"
    )
    shown: dict[str, Any] = {name: getattr(decision, name) for name in columns.split()}
    for penalty in decision.penalties.all():
        if penalty.kind == Kind.FINE:
            shown["fine"] = penalty.amount
        elif penalty.kind == Kind.GAINS:
            shown["gains_taken"] = penalty.amount
        else:
            shown[penalty.kind] = True
            shown[f"{penalty.kind}_en"] = penalty.text_en
            shown[f"{penalty.kind}_zh"] = penalty.text_zh
    for ground in decision.grounds.all():
        shown[f"ground_{ground.code}"] = True
        shown[f"why_{ground.code}"] = ground.reason
    return shown
