"""Figures of the agency with the entries behind them, returns, and promises."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.oversight import queries, services
from hufu.domain.oversight.commitments import all_commitments
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.models import Progress
from hufu.doors.identity import actor_of, now, today

ENTRIES_PER_PAGE = 50
MONTH = timedelta(days=30)


class PeriodForm(forms.Form):
    """The days counted."""

    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    to_on = forms.DateField(
        label=_("To"), widget=forms.DateInput(attrs={"type": "date"})
    )


class MonthForm(forms.Form):
    """A month of a return."""

    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text=_("Year and month, for example 2026-03."),
    )


class ProgressForm(forms.Form):
    """What is reported about a promise."""

    commitment = forms.ChoiceField(
        label=_("Commitment"), choices=lambda: [(key, key) for key in all_commitments()]
    )
    status = forms.ChoiceField(label=_("Status"), choices=Progress.Status.choices)
    body = forms.CharField(label=_("What was done"), widget=forms.Textarea)
    source = forms.CharField(label=_("Where it can be checked"), max_length=500)


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    ends = {"from_on": today() - MONTH, "to_on": today()}
    form = PeriodForm(request.GET if "from_on" in request.GET else ends)
    if form.is_valid():
        ends = form.cleaned_data
    return form, ends["from_on"], ends["to_on"]


def index(request: HttpRequest) -> HttpResponse:
    """Show the agency's figures for a period; report on a promise."""
    actor = actor_of(request)
    form, from_on, to_on = _period(request)
    report = ProgressForm(request.POST or None)
    if request.method == "POST" and report.is_valid():
        try:
            services.report_progress(
                actor=actor,
                at=now(),
                facts=services.ProgressFacts(**report.cleaned_data),
            )
            return redirect(
                "portal:commitment", commitment_id=report.cleaned_data["commitment"]
            )
        except Refusal as refusal:
            report.add_error(None, refusal.message)
    context = {
        "form": form,
        "report": report,
        "from_on": from_on,
        "to_on": to_on,
        "figures": queries.figures(actor, from_on, to_on),
    }
    return render(request, "workbench/oversight/index.html", context)


def figure(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Open one part of a figure onto its entries."""
    _form, from_on, to_on = _period(request)
    if code not in FIGURES:
        raise Http404
    found = queries.figure(actor_of(request), code, from_on, to_on)
    parts = {p.code: p for p in found.parts} if found else {}
    if part not in parts:
        raise Http404
    pages = Paginator(parts[part].entries, ENTRIES_PER_PAGE)
    context = {
        "figure": found,
        "part": parts[part],
        "page_obj": pages.get_page(request.GET.get("page")),
    }
    return render(request, "workbench/oversight/figure.html", context)


def returns(request: HttpRequest) -> HttpResponse:
    """List the monthly returns; draw one."""
    actor = actor_of(request)
    form = MonthForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and actor.agency:
        try:
            services.draw_return(
                actor=actor,
                at=now(),
                agency=actor.agency,
                month=form.cleaned_data["month"],
            )
            return redirect("workbench:returns")
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    reports = queries.visible_returns(actor).prefetch_related("clocks")
    context = {"form": form, "reports": reports}
    return render(request, "workbench/oversight/returns.html", context)


@require_POST
def file_return(request: HttpRequest, report_id: str) -> HttpResponse:
    """File a return for good."""
    actor = actor_of(request)
    report = get_object_or_404(queries.visible_returns(actor), pk=report_id)
    services.file_return(actor=actor, at=now(), report=report)
    return redirect("workbench:returns")


def counted(request: HttpRequest, report_id: str, code: str, part: str) -> HttpResponse:
    """Open a number of a return onto the entries it counted."""
    report = get_object_or_404(queries.visible_returns(actor_of(request)), pk=report_id)
    rows = report.counted.filter(figure=code, part=part).select_related("entry")
    context = {
        "report": report,
        "code": code,
        "part": part,
        "page_obj": Paginator(rows, ENTRIES_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "workbench/oversight/counted.html", context)
