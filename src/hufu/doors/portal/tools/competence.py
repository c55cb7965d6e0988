"""Who handles it: the bodies for a right, an act, a place and a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hufu.base.law import book
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.competence import (
    PREFIX,
    CompetenceForm,
    PlaceForm,
    acts,
    provinces,
    rights,
)
from hufu.doors.portal.tools.page import COMPETENCE, shown
from hufu.doors.portal.tools.words import cited, doubtful, in_both, said, silence
from hufu.engines.law import Competent, LawError, Ruling

TEMPLATE = "portal/tools/competence.html"
ROLES = {
    "enforce": _("investigates and punishes"),
    "adjudicate": _("decides the dispute between the parties"),
    "guide": _("guides the others; handles no single case"),
    "investigate": _("investigates the crime"),
    "prosecute": _("prosecutes"),
    "try": _("tries the case"),
    "first_instance": _("first instance"),
    "appeal": _("appeal"),
    "appeal_if_major": _("appeal in major and complex cases"),
}
LEVELS = {
    "national": _("national"),
    "province": _("province"),
    "city": _("city"),
    "county": _("county or district"),
}
CRIME = "crime"
SUIT = "civil_suit"


@dataclass(frozen=True, slots=True)
class Seat:
    """One body: its names, the reader's language first, its part, level and doubts."""

    names: tuple[tuple[str, str], ...]
    role: Any
    level: Any
    note: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go, with the bodies on it."""

    title: str
    seats: list[Seat]


@require_safe
def competence(request: HttpRequest) -> HttpResponse:
    """Ask for right and province, then for act and place; answer when all are there."""
    asked = request.GET
    choice = PlaceForm(asked if asked.keys() & {"right", "province"} else None)
    if not choice.is_valid():
        return render(request, TEMPLATE, shown(request, COMPETENCE, choice))
    chosen = choice.cleaned_data
    form = CompetenceForm(chosen, today(), asked if "place" in asked else None)
    labels = [dict(rights())[chosen["right"]], dict(provinces())[chosen["province"]]]
    context: dict[str, Any] = {"chosen": labels}
    if form.is_valid():
        try:
            context |= _answer(form)
        except LawError as error:
            context["silent"] = silence(error)
    return render(request, TEMPLATE, shown(request, COMPETENCE, form, **context))


def _answer(form: CompetenceForm) -> dict[str, Any]:
    typed, right = form.cleaned_data, form.right
    place, day = typed["place"], typed["on"]
    found = book().competence(right, typed["act"], place, day)
    more = [
        (title, bodies)
        for act, title in acts(right)
        if _is_other_way(act, typed["act"])
        and (bodies := _if_any(right, act, place, day))
    ]
    every = [*found, *(body for _title, bodies in more for body in bodies)]
    special = book().specialised_courts(place, day) if _is_tried_above(every) else ()
    lines = book().hotlines({body.body_code for body in found}, day)
    rulings = [b.ruling for b in every] + [s.ruling for s in special]
    rulings += [line.ruling for line in lines] + _names(every, day)
    return {
        "answer": found,
        "day": day,
        "place": said(book().regions.name(place)),
        "act": dict(acts(right))[typed["act"]],
        "seats": _seats(found),
        "ways": [Way(title, _seats(bodies)) for title, bodies in more],
        "special": [(in_both(s.name), s.opened_on) for s in special],
        "lines": [(said(line.title), line.number) for line in lines],
        "cited": cited(rulings),
        "doubtful": doubtful(rulings),
    }


def _is_other_way(act: str, asked: str) -> bool:
    """Whether somebody who asked for one act wants to know of the other too."""
    return act != asked and (act == CRIME or act.endswith(SUIT))


def _if_any(right: str, act: str, place: str, day: date) -> tuple[Competent, ...]:
    known = book().rule(f"{PREFIX}{right}.{act}").says(day)
    return book().competence(right, act, place, day) if known else ()


def _is_tried_above(bodies: Iterable[Competent]) -> bool:
    """Whether a suit begins above the basic courts, where specialised courts try."""
    return any(b.role == "first_instance" and b.level == "city" for b in bodies)


def _names(bodies: Iterable[Competent], day: date) -> list[Ruling]:
    """Return the rulings by which the bodies bear their names on the day."""
    codes = dict.fromkeys(body.body_code for body in bodies)
    return [book().on(day, f"bodies.{code}") for code in codes]


def _seats(bodies: Iterable[Competent]) -> list[Seat]:
    return [
        Seat(
            in_both(body.name),
            ROLES.get(body.role, body.role),
            LEVELS[body.level],
            said(body.note) if body.note else "",
        )
        for body in bodies
    ]
