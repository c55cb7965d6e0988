"""Promises made in public, and what the figures say."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hufu.domain.oversight import queries
from hufu.domain.oversight.commitments import Commitment, all_commitments, documents
from hufu.domain.oversight.disclosure import PublicFigure, redact
from hufu.domain.oversight.figures import FIGURES, Period
from hufu.doors.identity import today
from hufu.doors.portal.forms.oversight import CommitmentSearch

YEAR = timedelta(days=364)
ENTRIES_SHOWN = 200


def index(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last twelve months and every commitment."""
    form = CommitmentSearch(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    found = queries.commitments(queries.Search(**typed))
    context = {
        "form": form,
        "standings": found,
        "total": len(all_commitments()),
        "documents": documents(),
        "figures": queries.public_figures(today() - YEAR, today()),
        "from_on": today() - YEAR,
        "to_on": today(),
    }
    return render(request, "portal/oversight/index.html", context)


def commitment(request: HttpRequest, commitment_id: str) -> HttpResponse:
    """Show one promise: who, by when, what was reported, and what serves it here."""
    promise = all_commitments().get(commitment_id)
    if promise is None:
        raise Http404
    live = queries.public_figures(today() - YEAR, today())
    context = {
        "commitment": promise,
        "document": documents()[promise.document],
        "progress": queries.progress_of(promise.id),
        "figures": [figure for figure in live if figure.code in promise.figures],
        "pages": _pages(promise),
    }
    return render(request, "portal/oversight/commitment.html", context)


def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Open a figure onto the redacted entries it was counted from."""
    if code not in FIGURES:
        raise Http404
    period = Period(today() - YEAR, today())
    shown = _shown(code, period)
    parts = [] if shown.suppressed else FIGURES[code](period).parts
    opened = [
        (part, [redact(entry) for entry in part.entries[:ENTRIES_SHOWN]])
        for part in parts
    ]
    context = {"figure": shown, "opened": opened, "limit": ENTRIES_SHOWN}
    return render(request, "portal/oversight/figure.html", context)


def _shown(code: str, period: Period) -> PublicFigure:
    figures = queries.public_figures(period.from_on, period.to_on)
    return next(figure for figure in figures if figure.code == code)


def _pages(promise: Commitment) -> list[str]:
    return [reverse(name) for name in promise.pages]
