"""What a court may award: the estimate, and a statement for a claim."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hufu.base.law import book
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.damages import (
    METHODS,
    DamagesForm,
    RightForm,
    rights,
)
from hufu.doors.portal.tools.page import DAMAGES, shown
from hufu.doors.portal.tools.words import (
    cited,
    currency,
    doubtful,
    money,
    said,
    silence,
    told,
)
from hufu.engines.law import Damages, LawError, Ruling

TEMPLATE = "portal/tools/damages.html"
SIGNS = "damages.punitive_procedure"
NON_USE = "damages.non_use_defence_years"


@require_safe
def damages(request: HttpRequest) -> HttpResponse:
    """Ask for the right, then for the amounts; answer when both are there."""
    asked = request.GET
    choice = RightForm(asked if "right" in asked else None)
    if not choice.is_valid():
        context = shown(request, DAMAGES, choice, rights=rights())
        return render(request, TEMPLATE, context)
    right = choice.cleaned_data["right"]
    form = DamagesForm(right, today(), asked if "on" in asked else None)
    context = {"chosen": said(form.ruling.title), "signs": _signs(form)}
    if form.is_valid():
        try:
            context |= _answer(form)
        except LawError as error:
            context["silent"] = silence(error)
    return render(request, TEMPLATE, shown(request, DAMAGES, form, **context))


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Show the estimate as a paper to attach to a claim."""
    asked = request.GET
    choice = RightForm(asked if "right" in asked else None)
    form = None
    if choice.is_valid():
        form = DamagesForm(choice.cleaned_data["right"], today(), asked)
    if form is None or not form.is_valid():
        address = reverse(DAMAGES.view)
        return redirect(f"{address}?{asked.urlencode()}" if asked else address)
    try:
        context = _answer(form)
    except LawError:
        return redirect(f"{reverse(DAMAGES.view)}?{asked.urlencode()}")
    context |= {"facts": form.cleaned_data, "chosen": said(form.ruling.title)}
    page = shown(request, DAMAGES, form, **context)
    return render(request, "portal/tools/statement.html", page)


def _answer(form: DamagesForm) -> dict[str, Any]:
    found = book().damages(form.right, form.facts())
    rulings = [*found.rulings, *_costs_ruling(form)]
    rulings += _non_use(form)
    return {
        "answer": found,
        "currency": currency(),
        "low": money(found.low),
        "high": money(found.high),
        "without": _without_costs(found),
        "base": None if found.base is None else money(found.base),
        "method": METHODS[found.method][0] if found.method in METHODS else "",
        "costs": money(found.costs) if found.costs else "",
        "steps": [said(line) for line in found.statement[: -len(found.rulings)]],
        "punitive": [money(part) for part in found.punitive or ()],
        "why_not": "" if found.punitive else _why_not(form, found),
        "years": [ruling.value for ruling in _non_use(form)],
        "cited": cited(rulings),
        "doubtful": doubtful(rulings),
    }


def _without_costs(found: Damages) -> tuple[str, str]:
    return money(found.low - found.costs), money(found.high - found.costs)


def _why_not(form: DamagesForm, found: Damages) -> str:
    """Say why no punitive damages are in the estimate."""
    facts = form.cleaned_data
    punitive = form.ruling.value.get("punitive")
    if not punitive:
        return _("The law of that day knows no punitive damages for this right.")
    if found.base is None:
        return _(
            "Punitive damages multiply a loss, a gain or a fee. Without such an amount"
            " there is nothing to multiply."
        )
    if punitive.get("only") and not facts.get("is_secret"):
        return _("In unfair competition they exist for trade secrets only.")
    return _(
        "They need both: that it was done on purpose, and serious circumstances. Not"
        " both are ticked."
    )


def _costs_ruling(form: DamagesForm) -> list[Ruling]:
    rule = book().rules.get("damages.reasonable_costs")
    day = form.cleaned_data["on"]
    return [rule.on(day)] if rule and rule.says(day) else []


def _non_use(form: DamagesForm) -> list[Ruling]:
    """Return the rule that a mark which was not used brings no damages."""
    rule, day = book().rules.get(NON_USE), form.cleaned_data["on"]
    if form.right != "trademark" or rule is None or not rule.says(day):
        return []
    return [rule.on(day)]


def _signs(form: DamagesForm) -> dict[str, list[str]]:
    """Return what courts take for intent and for serious circumstances."""
    rule = book().rules.get(SIGNS)
    if rule is None or not form.ruling.value.get("punitive"):
        return {}
    value = rule.rulings[-1].value
    return {key: [told(sign) for sign in value[key]] for key in ("intent", "serious")}
