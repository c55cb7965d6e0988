"""Which period, from which day, stopped and extended why."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.base.law import book
from hufu.doors.portal.forms.tools.fields import DayField, PickField, day_or
from hufu.doors.portal.tools.words import said, told
from hufu.engines.law import Extension, Ground, Pause, Ruling

PREFIX = "deadlines."
MOST_STOPS = 8
MOST_DAYS = 3650
GROUPS = {
    "report": _("Reports to an authority"),
    "complaint": _("Consumer complaints"),
    "penalty": _("Administrative penalty: investigation, hearing, fine"),
    "reconsideration": _("Administrative reconsideration"),
    "litigation": _("Suing an authority"),
    "civil": _("Suing an infringer"),
    "mediation": _("Mediation and its confirmation"),
    "ecommerce": _("Notices to online platforms"),
    "customs": _("Customs"),
    "patent_adjudication": _("Patent disputes before the IP office"),
    "patent": _("Terms of patents"),
    "linkage": _("Patents on medicines"),
    "transfer": _("Transfer to the police"),
    "police": _("Police"),
    "criminal": _("Criminal proceedings"),
    "court": _("In court"),
    "publication": _("Publication of penalties"),
    "listing": _("List of serious violations"),
    "copyright": _("Copyright administration"),
    "reward": _("Rewards for informants"),
    "oversight": _("Returns of authorities"),
}
OTHER = pgettext_lazy("periods", "Other periods")
UNITS = (
    ("working_day", _("working days")),
    ("day", _("calendar days")),
    ("month", _("months")),
)


def procedures() -> list[tuple[str, list[tuple[str, str]]]]:
    """List every period that the pack knows, in groups."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in GROUPS}
    for name in book().names(PREFIX):
        group = name.split(".")[1] if name.count(".") > 1 else ""
        groups.setdefault(group, []).append((name, said(book().rule(name).title)))
    return [(str(GROUPS.get(g, OTHER)), names) for g, names in groups.items() if names]


def ruling_near(rule: str, day: date) -> Ruling:
    """Return what a rule says on a day, or else what it said nearest to it."""
    known = book().rule(rule)
    if known.says(day):
        return known.on(day)
    return known.rulings[0] if day < known.rulings[0].since else known.rulings[-1]


class ProcedureForm(forms.Form):
    """Which period it is about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the pack in force knows."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose…")), *procedures()]
        self.fields["rule"] = PickField(choices, label=_("What must be done in time?"))


class DeadlineForm(forms.Form):
    """When the clock started, and what stopped or extended it."""

    def __init__(self, rule: str, today: date, data: Mapping[str, Any] | None) -> None:
        """Ask only for what the rule of that day knows."""
        super().__init__(data, initial={"rule": rule, "start": today})
        asked = data.get("start", "") if data else ""
        self.ruling = ruling_near(rule, day_or(asked, today))
        self.fields["rule"] = forms.CharField(widget=forms.HiddenInput)
        event = said_event(self.ruling)
        self.fields["start"] = DayField(label=_("On which day?"), help_text=event)
        if self.ruling.value["limit"]["unit"] == "hour":
            self.fields["hour"] = _hour_field()
        self.grounds = book().grounds(rule, self.ruling.since)
        self._ask_for_pauses(data or {})
        self._ask_for_extensions()

    def _ask_for_pauses(self, data: Mapping[str, Any]) -> None:
        known = [g for g in self.grounds if g.kind == "pause"]
        choices = [("", _("not stopped")), *((g.code, said(g.title)) for g in known)]
        self.stops = _stops(data) if known else 0
        for n in range(1, self.stops + 1):
            self.fields[f"stop{n}"] = PickField(
                choices, label=_("Why the clock stopped"), required=False
            )
            first = DayField(label=_("From"), required=False)
            last = DayField(label=_("Until and including"), required=False)
            self.fields[f"stop{n}_from"], self.fields[f"stop{n}_to"] = first, last

    def _ask_for_extensions(self) -> None:
        for ground in self.grounds:
            if ground.kind != "extension":
                continue
            words = said(ground.title)
            if ground.length is None:
                days = forms.IntegerField(
                    label=words, min_value=1, max_value=MOST_DAYS, required=False
                )
                days.help_text = _("How much time was given; leave empty if none.")
                unit = PickField(UNITS, label=_("Counted in"), required=False)
                self.fields[f"more_{ground.code}"] = days
                self.fields[f"more_{ground.code}_unit"] = unit
            else:
                box = forms.BooleanField(label=words, required=False)
                self.fields[f"more_{ground.code}"] = box

    @property
    def stop_rows(self) -> list[list[forms.BoundField]]:
        """Give the fields of every span in which the clock stood still."""
        parts = ("", "_from", "_to")
        return [
            [self[f"stop{n}{part}"] for part in parts] for n in range(1, self.stops + 1)
        ]

    @property
    def more_rows(self) -> list[forms.BoundField]:
        """Give the fields of the extensions."""
        return [self[name] for name in self.fields if name.startswith("more_")]

    @property
    def is_eventful(self) -> bool:
        """Whether something stopped or extended the clock: then it is shown open."""
        names = (n for n in self.fields if n.startswith(("stop", "more_")))
        filled = (n for n in names if not n.endswith("_unit") and self.data.get(n))
        return self.is_bound and any(filled)

    def clean(self) -> dict[str, Any]:
        """Refuse half a span, and an extension without the one before it."""
        for n in range(1, self.stops + 1):
            self._check_stop(n)
        given = {g.code for g in self._granted()}
        for ground in self._granted():
            if ground.after and ground.after not in given:
                first = next(g for g in self.grounds if g.code == ground.after)
                text = _("This comes only after: %(first)s. Tick that as well.")
                words = text % {"first": said(first.title)}
                self.add_error(f"more_{ground.code}", words)
        return self.cleaned_data

    def _check_stop(self, n: int) -> None:
        names = [f"stop{n}", f"stop{n}_from", f"stop{n}_to"]
        if any(name in self.errors for name in names):
            return
        values = [self.cleaned_data.get(name) for name in names]
        if not any(values):
            return
        for name, value in zip(names, values, strict=True):
            if not value:
                self.add_error(name, _("Reason, first and last day belong together."))
        _ground, first, last = values
        if first and last and last < first:
            ends = _("The last day lies before the first.")
            self.add_error(f"stop{n}_to", ValidationError(ends))

    def _granted(self) -> Iterator[Ground]:
        for ground in self.grounds:
            name = f"more_{ground.code}"
            if ground.kind == "extension" and self.cleaned_data.get(name):
                yield ground

    def start(self) -> date:
        """Return the day of the event, or its hour where the clock runs in hours."""
        day: date = self.cleaned_data["start"]
        hour = self.cleaned_data.get("hour")
        if hour is None:
            return day
        return datetime.combine(day, hour, tzinfo=book().pack.zone)

    def pauses(self) -> list[Pause]:
        """Return the spans in which the clock stood still."""
        said_ = self.cleaned_data
        return [
            Pause(said_[f"stop{n}_from"], said_[f"stop{n}_to"], said_[f"stop{n}"])
            for n in range(1, self.stops + 1)
            if said_[f"stop{n}"]
        ]

    def extensions(self) -> list[Extension]:
        """Return the extensions that were given."""
        found = []
        for ground in self._granted():
            name = f"more_{ground.code}"
            if ground.length is None:
                unit = self.cleaned_data[f"{name}_unit"] or UNITS[0][0]
                found.append(Extension(ground.code, self.cleaned_data[name], unit))
            else:
                found.append(Extension(ground.code))
        return found


def said_event(ruling: Ruling) -> str:
    """Say with which event the clock of a rule starts."""
    event = ruling.value.get("event")
    return told(event) if event else ""


def _hour_field() -> forms.TimeField:
    wrong = _("Write the hour such as 14:30.")
    return forms.TimeField(
        label=_("At what hour?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("The period runs in hours; without the hour, whole days count."),
        error_messages={"invalid": wrong},
    )


def _stops(data: Mapping[str, Any]) -> int:
    """Return how many spans to ask for: those filled in, and one more."""
    parts = ("", "_from", "_to")
    filled = [
        n
        for n in range(1, MOST_STOPS + 1)
        if any(data.get(f"stop{n}{p}") for p in parts)
    ]
    return min(max(filled, default=0) + 1, MOST_STOPS)
