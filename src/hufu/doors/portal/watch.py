"""A platform sends its offers and sees what became of them."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hufu.base.errors import Refusal
from hufu.domain.watch import queries, services
from hufu.domain.watch.models import Feed
from hufu.doors.identity import actor_of, now
from hufu.doors.jobs.intake import take_offers
from hufu.doors.storage.blobs import blob_store

LATEST = 50
FEED_LIMIT = 256 * 1024 * 1024


class OffersForm(forms.Form):
    """A file of offers for one of the platform's sources."""

    source = forms.SlugField(label=gettext_lazy("Source"))
    file = forms.FileField(label=gettext_lazy("File"))
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=Feed.Format.choices
    )


def feeds(request: HttpRequest) -> HttpResponse:
    """List the platform's feeds; send another."""
    actor = actor_of(request)
    sources = queries.own_sources(actor)
    first = sources.first()
    form = OffersForm(
        request.POST or None,
        request.FILES or None,
        initial={"source": first.code if first else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _receive(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("portal:feeds")
    sent = Feed.objects.filter(source__in=sources).select_related("source")[:LATEST]
    context = {"form": form, "sources": sources, "feeds": sent}
    return render(request, "portal/watch/feeds.html", context)


def _receive(request: HttpRequest, form: OffersForm) -> None:
    """Keep the file, then ask for the feed and queue its job together."""
    actor, said = actor_of(request), form.cleaned_data
    source = get_object_or_404(queries.own_sources(actor), code=said["source"])
    kept = blob_store().put(said["file"], FEED_LIMIT)
    facts = services.FeedFacts(
        said["file"].name, said["format"], kept.sha256, kept.size
    )
    with transaction.atomic():
        feed = services.request_feed(actor=actor, at=now(), source=source, facts=facts)
        if feed.running:
            take_offers.enqueue(str(feed.pk))
            messages.success(request, _("Received. It is read in the background."))
        else:
            messages.info(request, _("This file is in already. Nothing was changed."))
