"""Sources, feeds, sightings and sweeps: what machines see and people judge."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.rights.nice import class_label
from hufu.domain.watch import queries, services
from hufu.domain.watch.models import Feed, Source
from hufu.doors.identity import actor_of, now
from hufu.doors.jobs.intake import sweep_source, take_offers
from hufu.doors.storage.blobs import blob_store
from hufu.doors.workbench.forms.rights import (
    FeedForm,
    LimitsForm,
    SightingFilter,
    SourceForm,
    SweepForm,
)
from hufu.doors.workbench.reports import as_csv, reason_of, why_refused

ROWS = 50
LATEST = 10
# What a feed may weigh as it is sent; unpacked it may weigh more.
FEED_LIMIT = 256 * 1024 * 1024


def watch(request: HttpRequest) -> HttpResponse:
    """List the agency's sources with the latest sweeps; open a source."""
    actor = actor_of(request)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and actor.agency:
        facts = services.SourceFacts(**form.cleaned_data)
        try:
            source = services.open_source(
                actor=actor, at=now(), facts=facts, agency=actor.agency
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("workbench:source", source.code)
    context = {
        "form": form,
        "sources": queries.visible_sources(actor),
        "sweeps": queries.visible_sweeps(actor)[:LATEST],
    }
    return render(request, "workbench/watch/index.html", context)


def source(request: HttpRequest, code: str) -> HttpResponse:
    """Show one source; send a feed, start a sweep, set its limits."""
    actor = actor_of(request)
    one = get_object_or_404(queries.visible_sources(actor), code=code)
    act = request.POST.get("act", "")
    limits = {"threshold": one.threshold, "budget": one.budget}
    asked: dict[str, forms.Form] = {
        "feed": FeedForm(*_bound(request, act == "feed")),
        "sweep": SweepForm(*_bound(request, act == "sweep")),
        "limits": LimitsForm(*_bound(request, act == "limits"), initial=limits),
    }
    if act in asked and asked[act].is_valid():
        try:
            return _act(request, one, act, asked[act].cleaned_data)
        except Refusal as refusal:
            asked[act].add_error(None, refusal.message)
    context = {
        "source": one,
        "forms": asked,
        "feeds": one.feeds.all()[:LATEST],
        "sweeps": one.sweeps.all()[:LATEST],
        "sightings": one.sightings.count(),
    }
    return render(request, "workbench/watch/source.html", context)


def _bound(request: HttpRequest, sent: bool) -> tuple[Any, Any]:  # noqa: FBT001 - says which of three forms was sent
    return (request.POST, request.FILES) if sent else (None, None)


def _act(
    request: HttpRequest, one: Source, act: str, said: dict[str, Any]
) -> HttpResponse:
    """Do what one of the forms of a source's page asks."""
    actor = actor_of(request)
    if act == "limits":
        services.tune_source(actor=actor, at=now(), source=one, **said)
        messages.success(request, _("Written down."))
        return redirect("workbench:source", one.code)
    if act == "feed":
        return redirect("workbench:feed", _receive(request, one, said).pk)
    with transaction.atomic():
        sweep = services.start_sweep(
            actor=actor, at=now(), source=one, scope=said["scope"]
        )
        sweep_source.enqueue(str(one.pk), said["scope"])
    return redirect("workbench:sweep", sweep.pk)


def _receive(request: HttpRequest, one: Source, said: dict[str, Any]) -> Feed:
    """Keep the file, then ask for the feed and queue its job together."""
    kept = blob_store().put(said["file"], FEED_LIMIT)
    facts = services.FeedFacts(
        said["file"].name, said["format"], kept.sha256, kept.size
    )
    with transaction.atomic():
        feed = services.request_feed(
            actor=actor_of(request), at=now(), source=one, facts=facts
        )
        if feed.running:
            take_offers.enqueue(str(feed.pk))
        else:
            messages.info(request, _("This file is in already. Nothing was changed."))
    return feed


def feed(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """Show how far a feed is read, then what became of its rows."""
    item = get_object_or_404(queries.visible_feeds(actor_of(request)), pk=feed_id)
    context = {
        "item": item,
        "why": why_refused(item),
        "url": reverse("workbench:feed", args=[item.pk]),
        "rows": [(row, reason_of(row)) for row in item.rows.all()[:ROWS]],
        "more": item.rejected > ROWS,
    }
    return _live(request, "feed", context, running=item.running)


def _live(
    request: HttpRequest, name: str, context: dict[str, Any], *, running: bool
) -> HttpResponse:
    """Answer with the whole page, or only with its progress when scripts ask."""
    if not request.headers.get("HX-Request"):
        return render(request, f"workbench/watch/{name}.html", context)
    answer = render(request, f"workbench/watch/_{name}_progress.html", context)
    if not running:
        answer["HX-Refresh"] = "true"
    return answer


def feed_report(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """Send every rejected row of a feed as CSV."""
    item = get_object_or_404(queries.visible_feeds(actor_of(request)), pk=feed_id)
    return as_csv(item.rows.iterator(), f"rejected-{item.pk.hex[:8]}")  # type: ignore[return-value]  # streaming is a response too


def sweep(request: HttpRequest, sweep_id: UUID) -> HttpResponse:
    """Show a sweep's figures and the matches they count."""
    actor = actor_of(request)
    one = get_object_or_404(queries.visible_sweeps(actor), pk=sweep_id)
    matches = queries.with_verdict(queries.visible_matches(actor).filter(sweep=one))
    only = request.GET.get("only", "")
    if only == "lead":
        matches = matches.filter(lead__isnull=False)
    elif only == "excused":
        matches = matches.filter(excused=True)
    context = {
        "sweep": one,
        "only": only,
        "url": reverse("workbench:sweep", args=[one.pk]),
        "page_obj": Paginator(matches, ROWS).get_page(request.GET.get("page")),
    }
    return _live(request, "sweep", context, running=one.finished_at is None)


def sightings(request: HttpRequest) -> HttpResponse:
    """List what the agency's sources showed."""
    actor = actor_of(request)
    chinese = (get_language() or "").startswith("zh")
    form = SightingFilter(
        request.GET or None,
        sources=list(queries.visible_sources(actor)),
        chinese=chinese,
    )
    said = form.cleaned_data if form.is_valid() else {}
    shown = queries.narrow_sightings(
        queries.visible_sightings(actor),
        text=said.get("text", ""),
        source=said.get("source", ""),
        only=said.get("only", ""),
    )
    page = Paginator(shown, ROWS).get_page(request.GET.get("page"))
    return render(
        request, "workbench/watch/sightings.html", {"form": form, "page_obj": page}
    )


def sighting(request: HttpRequest, sighting_id: UUID) -> HttpResponse:
    """Show one offer, the rights it may use, and the reasons for and against."""
    actor = actor_of(request)
    one = get_object_or_404(queries.visible_sightings(actor), pk=sighting_id)
    matches = queries.with_verdict(queries.visible_matches(actor).filter(sighting=one))
    chinese = (get_language() or "").startswith("zh")
    classes = [class_label(number, chinese=chinese) for number in one.classes]
    context = {"sighting": one, "matches": matches, "classes": classes}
    return render(request, "workbench/watch/sighting.html", context)
