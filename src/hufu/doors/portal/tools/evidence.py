"""What evidence a channel asks for: present, missing, how to cure it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hufu.base.law import book
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.competence import RIGHTS
from hufu.doors.portal.forms.tools.evidence import (
    ChannelForm,
    HaveForm,
    asked_lists,
    channels,
)
from hufu.doors.portal.tools.page import EVIDENCE, shown
from hufu.doors.portal.tools.words import cited, doubtful, said, silence, told
from hufu.engines.law import Checklist, LawError, Ruling

TEMPLATE = "portal/tools/evidence.html"
REPORT = "facts.procedure_notes.prc_padj_eval"
TITLES = {
    "trademark": _("The certificate of registration and, if due, of renewal."),
    "copyright": _("Drafts, originals, published copies with your name, a recordal."),
    "invention": _("The patent certificate and the receipt for the last annual fee."),
    "utility_model": _("The patent certificate, the last annual fee, and the report."),
    "design": _("The patent certificate, the last annual fee, and the report."),
    "trade_secret": _("What the secret is, that it has value, how it was kept secret."),
    "unfair_competition": _("That your sign or product is known: sales, advertising."),
    "geographical_indication": _("The registration and your right to use it."),
    "plant_variety": _("The certificate of the variety right."),
    "layout_design": _("The certificate of registration."),
}
REPORTED = ("utility_model", "design")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked for."""

    title: str
    cure: str
    hint: Any = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One checklist, sorted by what is there."""

    title: str
    missing: list[Line]
    advised: list[Line]
    present: list[Line]
    required: int
    there: int


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Ask for whom and what kind, then what is there; answer when ticked."""
    asked = request.GET
    choice = ChannelForm(asked if "channel" in asked else None)
    if not choice.is_valid():
        return render(request, TEMPLATE, shown(request, EVIDENCE, choice))
    chosen, traits = choice.cleaned_data, choice.traits()
    context: dict[str, Any] = {
        "chosen": [dict(channels())[chosen["channel"]], RIGHTS[chosen["right"]]]
    }
    try:
        empty = asked_lists(chosen["channel"], traits, today(), {})
    except LawError as error:
        context["silent"] = silence(error)
        return render(request, TEMPLATE, shown(request, EVIDENCE, choice, **context))
    form = HaveForm(empty, chosen, asked if "ask" in asked else None)
    if form.is_valid():
        context |= _answer(form, traits)
    return render(request, TEMPLATE, shown(request, EVIDENCE, form, **context))


def _answer(form: HaveForm, traits: set[str]) -> dict[str, Any]:
    typed = form.cleaned_data
    have = {name.removeprefix("have_"): v for name, v in typed.items() if v}
    lists = asked_lists(typed["channel"], traits, today(), have)
    report = _report(typed["right"])
    rulings = [*(one.ruling for one in lists), *report]
    missing = sum(len(one.missing) for one in lists)
    return {
        "answer": lists,
        "missing": missing,
        "parts": [_part(one, typed["right"]) for one in lists],
        "notes": [(said(r.title), told(r.value["rule"])) for r in report],
        "cited": cited(rulings),
        "doubtful": doubtful(rulings),
    }


def _report(right: str) -> list[Ruling]:
    """Return the rule on patent evaluation reports, for the rights that need one."""
    rule = book().rules.get(REPORT)
    if right not in REPORTED or rule is None or not rule.says(today()):
        return []
    return [rule.on(today())]


def _part(one: Checklist, right: str) -> Part:
    required = [i for i in one.items if i.is_required]
    return Part(
        title=said(one.title),
        missing=[_line(i, right) for i in one.missing],
        advised=[_line(i, right) for i in one.advised],
        present=[_line(i, right) for i in one.items if i.is_present],
        required=len(required),
        there=len(required) - len(one.missing),
    )


def _line(item: Any, right: str) -> Line:
    hint = TITLES.get(right, "") if item.code == "right_title" else ""
    return Line(capfirst(said(item.title)), capfirst(said(item.cure)), hint)
