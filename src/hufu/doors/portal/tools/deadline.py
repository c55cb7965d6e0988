"""Until when: the deadline calculator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hufu.base.law import book
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.deadline import (
    PREFIX,
    DeadlineForm,
    ProcedureForm,
    procedures,
    said_event,
)
from hufu.doors.portal.tools.page import DEADLINE, shown
from hufu.doors.portal.tools.words import cited, doubtful, said, silence
from hufu.engines.law import Day, LawError

TEMPLATE = "portal/tools/deadline.html"
# What people without a lawyer ask for most; the list below holds everything.
FREQUENT = (
    "penalty.statement_and_defence",
    "penalty.hearing_request",
    "penalty.payment",
    "reconsideration.apply",
    "litigation.sue",
    "report.verify",
    "complaint.accept",
    "ecommerce.wait_after_counter_statement",
    "customs.holder_reply",
    "civil.limitation",
)


@dataclass(frozen=True, slots=True)
class Run:
    """Days that follow each other and are treated alike."""

    first: date
    last: date
    numbers: tuple[int, int] | None
    reason: str
    is_due: bool


@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """Ask for the period, then for its days; answer when both are there."""
    asked = request.GET
    choice = ProcedureForm(asked if "rule" in asked else None)
    if not choice.is_valid():
        lists = {"groups": procedures(), "frequent": _frequent()}
        return render(request, TEMPLATE, shown(request, DEADLINE, choice, **lists))
    rule = choice.cleaned_data["rule"]
    form = DeadlineForm(rule, today(), asked if "start" in asked else None)
    context: dict[str, Any] = {"chosen": said(form.ruling.title)}
    if form.is_valid():
        try:
            context |= _answer(form, rule)
        except LawError as error:
            context["silent"] = silence(error)
    return render(request, TEMPLATE, shown(request, DEADLINE, form, **context))


def _frequent() -> list[tuple[str, str]]:
    known = {f"{PREFIX}{name}" for name in FREQUENT} & set(book().names(PREFIX))
    names = [f"{PREFIX}{name}" for name in FREQUENT]
    return [(n, said(book().rule(n).title)) for n in names if n in known]


def _answer(form: DeadlineForm, rule: str) -> dict[str, Any]:
    found = book().deadline(rule, form.start(), form.pauses(), form.extensions())
    explained = found.explain()
    due_at = found.due_at.astimezone(book().pack.zone) if found.due_at else None
    return {
        "answer": found,
        "event": said_event(found.ruling),
        "is_past": found.due_on < today(),
        "due_at": due_at,
        "steps": [said(step) for step in explained.steps],
        "runs": list(runs(explained.days)),
        "cited": cited(found.rulings),
        "doubtful": doubtful(found.rulings),
    }


def runs(days: Sequence[Day]) -> Iterator[Run]:
    """Join days that are treated alike, so that years fit on a page."""
    ends = days[-1]
    carried_to = ends.on if ends.code == "carried" else None
    for _key, same in groupby(days, lambda day: (day.code, day.reason)):
        span = list(same)
        first, last = span[0], span[-1]
        numbers = None
        if first.number is not None and last.number is not None:
            numbers = (first.number, last.number)
        yield Run(first.on, last.on, numbers, said(first.reason), last.on == carried_to)
