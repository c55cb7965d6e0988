"""Promises made in public, and what the figures say."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hufu.domain.oversight import daily, queries, services
from hufu.domain.oversight.commitments import Commitment, all_commitments, documents
from hufu.domain.oversight.disclosure import PublicEntry, redact
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.models import DailyFigures
from hufu.domain.people.actors import Clockwork
from hufu.doors.access import is_open
from hufu.doors.identity import now
from hufu.doors.look.acts import act_words, kind_words
from hufu.doors.portal import commitments, opendata
from hufu.doors.portal.forms.oversight import KINDS, CommitmentSearch

# So many promises are shown at once; more are folded into their clauses.
OPEN_AT_ONCE = 30
# What a page that serves a promise is called here. Those of officers say so: a
# reader without an account is asked to sign in there.
PAGE_NAMES: dict[str, str | Promise] = {
    "portal:case-door": _("Access to the file for respondents"),
    "portal:follow": _("Follow a report"),
    "portal:oversight": _("Promises and figures"),
    "portal:oversight-data": _("Figures and commitments as open data (JSON)"),
    "portal:publications": _("Published decisions"),
    "portal:publications-json": _("Published decisions as open data (JSON)"),
    "portal:report": _("Report an infringement"),
    "portal:rights": _("Rights register"),
    "workbench:cases": _("Cases (for officers)"),
    "workbench:evidence": _("Evidence and its custody (for officers)"),
    "workbench:leads": _("Inbox of leads (for officers)"),
    "workbench:returns": _("Monthly returns (for officers)"),
    "workbench:watch": _("Watch: feeds and sweeps (for officers)"),
}


def day_counted() -> DailyFigures:
    """Return the figures of the day counted last; a house just opened counts now."""
    known = queries.last_counted_day()
    return known or services.count_public_figures(actor=Clockwork(), at=now())


def index(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last twelve months and every commitment."""
    form = CommitmentSearch(request.GET)
    typed = dict(form.cleaned_data) if form.is_valid() else {}
    status, owner = typed.pop("status", ""), typed.pop("owner", "")
    named = queries.commitments(queries.Search(**typed))
    found = commitments.narrowed(named, status, owner)
    day = day_counted()
    context = {
        "form": form,
        "found": len(found),
        "total": len(all_commitments()),
        "documents": commitments.by_document(found),
        "open_documents": len(found) < len(all_commitments()),
        "open_clauses": len(found) <= OPEN_AT_ONCE,
        "figures": daily.shown(day),
        "day": day,
    }
    return render(request, "portal/oversight/index.html", context)


def commitment(request: HttpRequest, commitment_id: str) -> HttpResponse:
    """Show one promise: who, by when, what was reported, and what serves it here."""
    promise = all_commitments().get(commitment_id)
    if promise is None:
        raise Http404
    figures = {figure.code: figure for figure in daily.shown(day_counted())}
    context = {
        "commitment": promise,
        "kind": dict(KINDS)[promise.kind],
        "document": documents()[promise.document],
        "progress": queries.progress_of(promise.id),
        "figures": [figures[code] for code in promise.figures],
        "pages": _pages(promise, request.user),
    }
    return render(request, "portal/oversight/commitment.html", context)


def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Open a figure onto the redacted entries it was counted from."""
    if code not in FIGURES:
        raise Http404
    day = day_counted()
    opened = [
        (one.part, [_line(redact(entry)) for entry in one.entries])
        for one in daily.opened(day, code)
    ]
    context = {
        "figure": next(one for one in daily.shown(day) if one.code == code),
        "opened": opened,
        "limit": daily.ENTRIES_KEPT,
        "day": day,
    }
    return render(request, "portal/oversight/figure.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Give figures and commitments as open data."""
    del request
    found = opendata.as_json(day_counted(), queries.commitments(queries.Search()))
    dumped = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(found, json_dumps_params=dumped)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _line(entry: PublicEntry) -> tuple[date, str, str]:
    return entry.month, act_words(entry.kind, entry.act), kind_words(entry.kind)


def _pages(promise: Commitment, reader: Any) -> list[tuple[str, str | Promise]]:
    """Name the pages that serve a promise; those not open to the reader lead nowhere.

    Whoever has not signed in may be an officer: the sign-in page will tell.
    """
    return [
        (reverse(name) if _leads_on(name, reader) else "", PAGE_NAMES[name])
        for name in promise.pages
    ]


def _leads_on(name: str, reader: Any) -> bool:
    return not reader.is_authenticated or is_open(name, reader)
