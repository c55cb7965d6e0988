"""Fair draws at the workbench: planned, drawn with the public value, published."""

import io
import secrets
from datetime import datetime, time, timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hufu.base.errors import Refusal
from hufu.base.law import basis
from hufu.domain.inspections import queries, services
from hufu.domain.inspections.models import Draw
from hufu.doors.identity import actor_of, now, today
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.look.draws import (
    RULE,
    fixed_facts,
    is_beacon,
    outcome_facts,
    recorded,
    value_url,
)
from hufu.doors.storage.downloads import attachment
from hufu.doors.storage.draws import draw_file
from hufu.doors.storage.receipts import receipt_of
from hufu.doors.workbench.forms.inspections import (
    BEACON,
    PlanForm,
    RoundForm,
    ValueForm,
)

PER_PAGE = 30
MORNING = time(10)


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """List the draws of the officer's agency."""
    found = Paginator(queries.visible_draws(actor_of(request)), PER_PAGE)
    context = {
        "page_obj": found.get_page(request.GET.get("page")),
        "basis": basis(RULE, today()),
    }
    return render(request, "workbench/inspections/draws.html", context)


def plan(request: HttpRequest) -> HttpResponse:
    """Fix a draw for good."""
    tomorrow = make_aware(datetime.combine(today() + timedelta(days=1), MORNING))
    first = {"source": BEACON, "known_at": tomorrow}
    form = PlanForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        salt = secrets.token_bytes(services.SALT_WIDTH)
        try:
            made = services.plan_draw(
                actor=actor_of(request), at=now(), facts=form.facts(), salt=salt
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            receipt_of(made.deposit, known_witnesses())
            messages.success(request, _("Recorded. Nobody can change the plan now."))
            return redirect("workbench:draw", made.pk)
    return render(request, "workbench/inspections/plan.html", {"form": form})


@require_safe
def draw(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show what is fixed, and what was drawn."""
    found = _seen(request, draw_id)
    return _page(request, found, _form(found))


@require_POST
def settle(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Draw with the value that is public by now."""
    found = _seen(request, draw_id)
    form = _form(found, request)
    if not form.is_valid():
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        services.settle_draw(
            actor=actor_of(request), at=now(), draw=found, value=form.value()
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        again = _seen(request, draw_id)
        return _page(request, again, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Drawn. Anybody who has the files can repeat it."))
    return redirect("workbench:draw", found.pk)


@require_POST
def publish(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show the public the candidates and the drawn."""
    found = _seen(request, draw_id)
    try:
        services.publish_draw(actor=actor_of(request), at=now(), draw=found)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Published. Everybody can repeat it."))
    return redirect("workbench:draw", found.pk)


@require_safe
def file(request: HttpRequest, draw_id: UUID, file: str) -> HttpResponseBase:
    """Give a file of the draw."""
    data = draw_file(_seen(request, draw_id), file, known_witnesses())
    if data is None:
        raise Http404
    return attachment(io.BytesIO(data), f"{file}.json")


def _seen(request: HttpRequest, draw_id: UUID) -> Draw:
    return get_object_or_404(queries.visible_draws(actor_of(request)), pk=draw_id)


def _form(found: Draw, request: HttpRequest | None = None) -> RoundForm | ValueForm:
    typed = request.POST if request else None
    return RoundForm(typed) if is_beacon(found) else ValueForm(typed)


def _page(
    request: HttpRequest,
    found: Draw,
    form: RoundForm | ValueForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "draw": found,
        "plan": found.planned,
        "fixed": fixed_facts(found),
        "outcome_facts": outcome_facts(found),
        "recorded": recorded(receipt_of(found.deposit, known_witnesses())),
        "verbs": queries.open_acts(found, actor_of(request)),
        "known": found.is_known(now()),
        "value_url": value_url(found),
        "form": form,
    }
    page = "workbench/inspections/draw.html"
    return render(request, page, context, status=status)
