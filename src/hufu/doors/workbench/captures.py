"""Captures of web pages: asked for here, looked at here, downloaded as evidence."""

import shutil
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Capture, Item
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.doors.capture.replay import NoReplay
from hufu.doors.capture.replay import replay as make_replay
from hufu.doors.identity import actor_of, now
from hufu.doors.jobs.captures import run_capture
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.downloads import isolated_page
from hufu.doors.storage.downloads import picture as picture_answer
from hufu.doors.workbench.capturepage import facts_of, proofs_of
from hufu.doors.workbench.capturewants import (
    fact_of,
    first_words,
    is_untied,
    record_of,
    wanting_record,
)
from hufu.doors.workbench.forms.evidence import CaptureForm

ROWS = 50


def captures(request: HttpRequest) -> HttpResponse:
    """List the officer's captures; ask for another, for a case or lead if named."""
    actor = actor_of(request)
    wanting = wanting_record(request)
    form = CaptureForm(request.POST or None, initial=first_words(wanting))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect("workbench:capture", _ask(request, form, wanting).pk)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
    mine = Paginator(queries.visible_captures(actor).filter(account=actor), ROWS)
    context = {"form": form, "page_obj": mine.get_page(request.GET.get("page"))}
    context |= {"wanting": wanting, "wanting_fact": fact_of(wanting)}
    return render(request, "workbench/evidence/captures.html", context, status=status)


def _ask(
    request: HttpRequest, form: CaptureForm, wanting: Case | Lead | None
) -> Capture:
    """Ask and queue the job together."""
    facts = services.CaptureFacts(**form.cleaned_data)
    said: dict[str, Any] = {"actor": actor_of(request), "at": now(), "facts": facts}
    with transaction.atomic():
        if isinstance(wanting, Case):
            asked = cases.ask_capture(**said, case=wanting)
        elif isinstance(wanting, Lead):
            asked = leads.ask_capture(**said, lead=wanting)
        else:
            asked = services.ask_capture(**said)
        run_capture.enqueue(str(asked.pk))
    messages.success(request, _("Asked for. The page is captured in the background."))
    return asked


def capture(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Show how a capture stands, the screenshot, what is proved and what is not."""
    one = _seen(request, capture_id)
    if one.item and one.item.state == Item.State.HELD:
        services.view_item(actor=actor_of(request), at=now(), item=one.item)
    proved, open_ = proofs_of(one)
    wanting = record_of(actor_of(request), one)
    context = {"capture": one, "facts": facts_of(one), "proved": proved, "open": open_}
    context |= {"wanting_fact": fact_of(wanting), "untied": is_untied(one)}
    return render(request, "workbench/evidence/capture.html", context)


def picture(request: HttpRequest, capture_id: UUID) -> HttpResponseBase:
    """Show the screenshot."""
    one = _seen(request, capture_id)
    if one.picture is None or one.picture.state != Item.State.HELD:
        raise Http404
    try:
        return picture_answer(checked_store().open(one.picture.blob_id))
    except Refusal as refusal:
        raise Http404 from refusal


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # a view with arguments
def replay(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Show a captured page again, in a frame that keeps it apart."""
    one = _seen(request, capture_id)
    if one.picture is None or one.item is None or one.item.state != Item.State.HELD:
        raise Http404
    return render(request, "workbench/evidence/replay.html", {"capture": one})


def replayed(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Give the document in that frame; that it was shown is a link of custody."""
    one = _seen(request, capture_id)
    if one.picture is None or one.item is None:
        raise Http404
    try:
        stream = services.replay_item(
            actor=actor_of(request), at=now(), storage=checked_store(), item=one.item
        )
        with stream, TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            shutil.copyfileobj(stream, copy)
            return isolated_page(make_replay(copy))
    except Refusal as refusal:
        why = refusal.message
    except NoReplay:
        why = _("The file holds no page that can be shown. Download it instead.")
    page = render_to_string("workbench/evidence/unplayed.html", {"why": why}, request)
    return isolated_page(page.encode())


def _seen(request: HttpRequest, capture_id: UUID) -> Capture:
    return get_object_or_404(queries.visible_captures(actor_of(request)), pk=capture_id)
