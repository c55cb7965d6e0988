"""Which right and act, where, on which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hufu.base.law import book
from hufu.doors.portal.forms.tools.fields import DayField, PickField
from hufu.doors.portal.tools.words import said
from hufu.engines.law import level_of, lineage

PREFIX = "competence."
RIGHTS = {
    "trademark": _("Trademark"),
    "copyright": _("Copyright, software included"),
    "invention": _("Patent for an invention"),
    "utility_model": _("Patent for a utility model"),
    "design": _("Patent for a design"),
    "trade_secret": _("Trade secret"),
    "unfair_competition": _("Unfair competition"),
    "geographical_indication": _("Geographical indication"),
    "plant_variety": _("New plant variety"),
    "layout_design": _("Layout-design of a chip"),
}


def rights() -> list[tuple[str, Any]]:
    """List the rights for which the pack names bodies."""
    codes = {name.split(".")[1] for name in book().names(PREFIX)}
    known = [code for code in RIGHTS if code in codes]
    return [(code, RIGHTS[code]) for code in known] + [
        (code, code) for code in sorted(codes - set(known))
    ]


def acts(right: str) -> list[tuple[str, str]]:
    """List what can be asked of a body for a right, infringement first."""
    names = book().names(f"{PREFIX}{right}.")
    found = [(n.rsplit(".", 1)[1], said(book().rule(n).title)) for n in names]
    return sorted(found, key=lambda one: (one[0] != "infringement", "suit" in one[0]))


def provinces() -> list[tuple[str, str]]:
    """List the provinces of which the pack knows the places."""
    names = book().regions.names
    tops = {lineage(c)[0] for c in names if level_of(c) != "province"}
    return [(code, said(names[code])) for code in sorted(tops) if code in names]


def places(province: str) -> list[tuple[str, Any]]:
    """List the smallest places of a province, grouped by city."""
    names = book().regions.names
    inside = [c for c in sorted(names) if c[:2] == province[:2] and c != province]
    parents = {lineage(code)[1] for code in inside if level_of(code) == "county"}
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in inside:
        if code not in parents:
            city = lineage(code)[1]
            title = names.get(city if city in parents else province, names[province])
            groups.setdefault(said(title), []).append((code, said(names[code])))
    return list(groups.items())


class PlaceForm(forms.Form):
    """Which right, and in which province."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the pack in force knows."""
        super().__init__(*args, **kwargs)
        choose = ("", _("Choose…"))
        self.fields["right"] = PickField(
            [choose, *rights()], label=_("Which right is it about?")
        )
        self.fields["province"] = PickField(
            [choose, *provinces()],
            label=_("In which province did it happen?"),
            help_text=_("Where goods are sold or made; online, where the seller is."),
        )


class CompetenceForm(forms.Form):
    """What happened, in which place, on which day."""

    def __init__(self, chosen: dict[str, str], today: date, data: Any) -> None:
        """Offer the acts of the right and the places of the province."""
        super().__init__(data, initial={**chosen, "on": today})
        self.right = chosen["right"]
        for name in ("right", "province"):
            self.fields[name] = forms.CharField(widget=forms.HiddenInput)
        options = [("", _("Choose…")), *places(chosen["province"])]
        self.fields["act"] = PickField(acts(self.right), label=_("What is it about?"))
        self.fields["place"] = PickField(options, label=_("District, county or city"))
        self.fields["on"] = DayField(
            label=_("On which day?"),
            help_text=_("Bodies change names and tasks: those of this day appear."),
        )
