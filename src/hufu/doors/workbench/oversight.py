"""Figures of the agency with the entries behind them, returns, and promises."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.oversight import queries, services
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import actor_of, now, today
from hufu.doors.workbench.forms.oversight import MonthForm, PeriodForm, ProgressForm
from hufu.doors.workbench.recordlinks import rows_of

ENTRIES_PER_PAGE = 50
RETURNS_PER_PAGE = 6
MONTH = timedelta(days=30)


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """Return the days asked for; where they make no sense, the last thirty."""
    ends = {"from_on": today() - MONTH, "to_on": today()}
    asked = "from_on" in request.GET or "to_on" in request.GET
    form = PeriodForm(request.GET) if asked else PeriodForm(initial=ends)
    if asked and form.is_valid():
        ends = form.cleaned_data
    return form, ends["from_on"], ends["to_on"]


def index(request: HttpRequest) -> HttpResponse:
    """Show the agency's figures for a period; report on a promise."""
    actor = actor_of(request)
    form, from_on, to_on = _period(request)
    report = ProgressForm(request.POST or None)
    if request.method == "POST" and report.is_valid():
        facts = services.ProgressFacts(**report.cleaned_data)
        try:
            services.report_progress(actor=actor, at=now(), facts=facts)
        except Refusal as refusal:
            report.add_error(None, refusal.message)
        else:
            return redirect("portal:commitment", commitment_id=facts.commitment)
    context = {
        "form": form,
        "report": report,
        "may_report": actor.holds(Permission.COMMITMENT_REPORT),
        "may_erase": actor.holds(Permission.RETENTION_RUN),
        "may_file": actor.holds(Permission.RETURN_FILE),
        "owed": queries.owed_return(actor, today()),
        "from_on": from_on,
        "to_on": to_on,
        "figures": queries.figures(actor, from_on, to_on),
    }
    return render(request, "workbench/oversight/index.html", context)


def figure(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Open one part of a figure onto its entries."""
    form, from_on, to_on = _period(request)
    actor = actor_of(request)
    found = queries.part_of(actor, code, part, (from_on, to_on))
    if found is None:
        raise Http404
    page = _page(request, found[1].entries)
    context = {
        "form": form,
        "figure": found[0],
        "part": found[1],
        "from_on": from_on,
        "to_on": to_on,
        "page_obj": page,
        "rows": rows_of(actor, page.object_list),
    }
    return render(request, "workbench/oversight/figure.html", context)


def returns(request: HttpRequest) -> HttpResponse:
    """List the monthly returns; draw one."""
    actor = actor_of(request)
    owed = queries.owed_return(actor, today())
    first = {"month": owed.month} if owed else None
    form = MonthForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and actor.agency:
        month = form.cleaned_data["month"]
        try:
            services.draw_return(
                actor=actor, at=now(), agency=actor.agency, month=month
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The return was drawn. Read it, then file it."))
            return redirect("workbench:returns")
    found = queries.visible_returns(actor).prefetch_related("clocks")
    page = Paginator(found, RETURNS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "owed": owed,
        "page_obj": page,
        "reports": [(report, queries.lines_of(report)) for report in page],
    }
    return render(request, "workbench/oversight/returns.html", context)


@require_POST
def file_return(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """File a return for good."""
    actor = actor_of(request)
    report = get_object_or_404(queries.visible_returns(actor), pk=report_id)
    services.file_return(actor=actor, at=now(), report=report)
    messages.success(request, _("The return was filed."))
    return redirect("workbench:returns")


def counted(
    request: HttpRequest, report_id: UUID, code: str, part: str
) -> HttpResponse:
    """Open a number of a return onto the entries it counted."""
    actor = actor_of(request)
    report = get_object_or_404(queries.visible_returns(actor), pk=report_id)
    if code not in FIGURES or part not in FIGURES[code].parts:
        raise Http404
    found = report.counted.filter(figure=code, part=part).select_related("entry")
    page = _page(request, found)
    context = {
        "report": report,
        "indicator": FIGURES[code],
        "part": FIGURES[code].parts[part],
        "page_obj": page,
        "rows": rows_of(actor, [one.entry for one in page.object_list]),
    }
    return render(request, "workbench/oversight/counted.html", context)


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
