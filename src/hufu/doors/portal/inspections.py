"""Fair draws for anybody: that they were planned, and once published, all of it."""

import io
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hufu.base.law import basis
from hufu.domain.inspections import queries
from hufu.doors.identity import now, today
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.look.draws import RULE, fixed_facts, outcome_facts, recorded
from hufu.doors.storage.downloads import attachment
from hufu.doors.storage.draws import draw_file
from hufu.doors.storage.receipts import receipt_of

PER_PAGE = 30


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List all draws, the newest plan first."""
    found = Paginator(queries.public_draws(), PER_PAGE)
    context = {
        "page_obj": found.get_page(request.GET.get("page")),
        "basis": basis(RULE, today()),
    }
    return render(request, "portal/inspections/draws.html", context)


@require_safe
def draw(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show what is fixed; who can be drawn and who was, only once it is published."""
    found = get_object_or_404(queries.public_draws(), pk=draw_id)
    context = {
        "draw": found,
        "fixed": fixed_facts(found),
        "outcome_facts": outcome_facts(found),
        "recorded": recorded(receipt_of(found.deposit, known_witnesses())),
        "known": found.is_known(now()),
    }
    if queries.is_open(found):
        context["drawn"] = found.outcome.drawing.drawn
        context["candidates"] = found.planned.candidates
        context["text"] = bytes(found.outcome.result).decode()
    return render(request, "portal/inspections/draw.html", context)


@require_safe
def file(_request: HttpRequest, draw_id: UUID, file: str) -> HttpResponseBase:
    """Give a file of the draw; the receipt alone before it is published."""
    found = get_object_or_404(queries.public_draws(), pk=draw_id)
    if file != "receipt" and not queries.is_open(found):
        raise Http404
    data = draw_file(found, file, known_witnesses())
    if data is None:
        raise Http404
    return attachment(io.BytesIO(data), f"{file}.json")
