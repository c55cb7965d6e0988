"""Does it reach the criminal threshold: which figure, by how much, under which law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hufu.base.law import book
from hufu.doors.identity import today
from hufu.doors.portal.forms.tools.threshold import (
    PRICES,
    OffenceForm,
    ThresholdForm,
    offences,
)
from hufu.doors.portal.tools.page import THRESHOLD, shown
from hufu.doors.portal.tools.words import cited, doubtful, money, said, silence
from hufu.engines.law import Assessment, LawError, Measure, Prong, Ruling

TEMPLATE = "portal/tools/threshold.html"
ACCUMULATION = "criminal.accumulation"
LIGHTER = "criminal.lighter_law"
PRICE_CODES = {
    "found_average_price": "found",
    "labelled_price": "label",
    "market_price": "market",
}
TIERS = {
    "first": gettext_lazy("The threshold"),
    "attempt_first": gettext_lazy("The threshold for goods not yet sold (attempt)"),
    "second": gettext_lazy("The heavier tier"),
    "attempt_second": gettext_lazy("The heavier tier for goods not yet sold (attempt)"),
}
HEADLINES = {
    "none": gettext_lazy("No: the figures stay below the threshold"),
    "attempt_first": gettext_lazy("Yes, as an attempt: by the goods not yet sold"),
    "first": gettext_lazy("Yes: the threshold is reached"),
    "attempt_second": gettext_lazy("Yes, as an attempt in the heavier tier"),
    "second": gettext_lazy("Yes: the heavier tier is reached"),
    "review": gettext_lazy("A person must review"),
}
TONES = {"none": "good", "review": "review"}
SHORT = {
    "none": gettext_lazy("below the threshold"),
    "attempt_first": gettext_lazy("attempt"),
    "first": gettext_lazy("threshold reached"),
    "attempt_second": gettext_lazy("attempt, heavier tier"),
    "second": gettext_lazy("heavier tier"),
    "review": gettext_lazy("a person must review"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure against what the law asks for."""

    label: str
    have: str
    need: str
    missing: str
    excess: str
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which the law lets a tier be reached."""

    text: str
    is_met: bool
    needs_person: bool
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Worth:
    """What unsold goods count for, and by which price."""

    pieces: int
    price: str
    one: str
    amount: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two laws says."""

    day: Any
    cite: str
    result: str
    applies: bool


@require_safe
def threshold(request: HttpRequest) -> HttpResponse:
    """Ask for the offence, then for the figures; answer when both are there."""
    asked = request.GET
    choice = OffenceForm(asked if "offence" in asked else None)
    if not choice.is_valid():
        first = shown(request, THRESHOLD, choice, offences=offences())
        return render(request, TEMPLATE, first)
    offence = choice.cleaned_data["offence"]
    form = ThresholdForm(offence, today(), asked if "on" in asked else None)
    titles = {code: title for code, title, _example in offences()}
    context: dict[str, Any] = {"chosen": titles[offence]}
    if form.is_valid():
        try:
            context |= _answer(form)
        except LawError as error:
            context["silent"] = silence(error)
    return render(request, TEMPLATE, shown(request, THRESHOLD, form, **context))


def _answer(form: ThresholdForm) -> dict[str, Any]:
    found = book().crime(form.offence, form.facts())
    sides = _sides(found)
    names = [ACCUMULATION] if len(form.acts()) > 1 else []
    names += [LIGHTER] if sides else []
    rulings = [*found.rulings, *_if_any(names, found.facts.on)]
    nearest = found.nearest
    return {
        "answer": found,
        "headline": HEADLINES[found.tier],
        "tone": TONES.get(found.tier, "yes"),
        "reasons": [said(reason) for reason in found.reasons],
        "punishment": _punishment(found),
        "met": [_way(p, found) for p in found.met],
        "nearest": _way(nearest, found) if nearest else None,
        "tiers": list(_tiers(found)),
        "sums": list(_sums(form)),
        "worths": list(_worths(form, found)),
        "sides": sides,
        "ignored": form.ignored,
        "cited": cited(rulings),
        "doubtful": doubtful(rulings),
    }


def _if_any(names: list[str], day: date) -> Iterator[Ruling]:
    for name in names:
        rule = book().rules.get(name)
        if rule and rule.says(day):
            yield rule.on(day)


def _punishment(found: Assessment) -> str:
    sentence = found.sentence
    if sentence is None:
        return ""
    high, low = sentence["max_years"], sentence.get("min_years")
    words = {"low": low, "high": high}
    if low:
        text = _("Imprisonment of %(low)s to %(high)s years and a fine") % words
    elif sentence.get("detention"):
        text = _("Imprisonment up to %(high)s years or detention, with or by a fine")
        text %= words
    else:
        text = _("Imprisonment up to %(high)s years, with or by a fine") % words
    return text


def _figure(measure: Measure, found: Assessment) -> Figure:
    parts = [said(found.law.standard.word(m)) for m in measure.metric.split("+")]
    kinds = {found.law.metrics.get(m) for m in measure.metric.split("+")}
    return Figure(
        label=capfirst(" + ".join(parts)),
        have="" if measure.have is None else money(measure.have),
        need=money(measure.need),
        missing=money(measure.missing) if measure.missing else "",
        excess=money(measure.excess) if measure.excess else "",
        is_fact="fact" in kinds,
    )


def _way(prong: Prong, found: Assessment) -> Way:
    figures = [_figure(m, found) for m in prong.measures]
    return Way(capfirst(said(prong.text)), prong.is_met, not figures, figures)


def _tiers(found: Assessment) -> Iterator[tuple[str, list[Way]]]:
    law = found.law.thresholds.value
    for tier, title in TIERS.items() if "open" in law or not found.needs_review else ():
        ways = [_way(p, found) for p in found.prongs(tier)]
        if ways:
            yield str(title), sorted(ways, key=lambda way: not way.is_met)


def _sums(form: ThresholdForm) -> Iterator[tuple[str, str]]:
    """Yield the figures of several acts as they were added up."""
    for metric, (words, kind) in form.metrics.items():
        parts = () if kind == "fact" else form.cleaned_data[f"f_{metric}"]
        if len(parts) > 1:
            whole = " + ".join(money(part) for part in parts)
            total = money(sum(parts, Decimal(0)))
            yield capfirst(said(words)), f"{whole} = {total}"


def _worths(form: ThresholdForm, found: Assessment) -> Iterator[Worth]:
    order = found.law.order
    if order is None:
        return
    for goods in form.unsold():
        valued = book().value_goods(goods, order.since)
        if valued.amount is None or valued.price is None:
            continue
        price = goods.price(valued.price) or Decimal(0)
        name = str(PRICES[PRICE_CODES[valued.price]])
        yield Worth(goods.quantity, name, money(price), money(valued.amount))


def _sides(found: Assessment) -> list[Side]:
    """Return both laws where the law changed between the act and the decision."""
    laws = [(c.law.thresholds, c.law.sentence, c.law.order) for c in found.compared]
    if len(set(laws)) < len(found.compared) or not found.compared:
        return []
    days = (found.facts.on, found.facts.decided_on)
    return [
        Side(day, cited([one.law.thresholds])[0].cite, str(SHORT[one.tier]),
             one.law == found.law)
        for day, one in zip(days, found.compared, strict=True)
    ]  # fmt: skip
