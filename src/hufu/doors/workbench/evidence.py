"""Items of evidence: who held them, and how they are opened and handed on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Custody, Item
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import actor_of, now
from hufu.doors.look.parts import Event, Fact
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.downloads import attachment
from hufu.doors.workbench.forms.evidence import HandOverForm, PurposeForm

ROWS = 50
TONES = {"unsealed": "late", "destroyed": "late", "accepted": "good"}


def evidence(request: HttpRequest) -> HttpResponse:
    """List the items the officer may see, and what waits for a signature."""
    actor = actor_of(request)
    items = queries.visible_items(actor, at=now()).order_by("-collected_at", "-pk")
    words = request.GET.get("words", "").strip()
    if words:
        items = items.filter(name__icontains=words)
    context = {
        "page_obj": Paginator(items, ROWS).get_page(request.GET.get("page")),
        "waiting": queries.open_hand_overs(actor),
        "troubles": queries.stamp_troubles(),
        "words": words,
        "may_capture": actor.holds(Permission.EVIDENCE_CAPTURE),
    }
    return render(request, "workbench/evidence/index.html", context)


def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show an item and its chain of custody; opening the page is a link of it."""
    one = _seen(request, item_id)
    services.view_item(actor=actor_of(request), at=now(), item=one)
    return _show(request, one)


@require_POST
def download(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Hand out the bytes, once the officer has said what for."""
    one, form = _seen(request, item_id), PurposeForm(request.POST)
    if not form.is_valid():
        return _show(request, one, status=422, purpose=form)
    try:
        one, stream = services.download_item(
            actor=actor_of(request),
            at=now(),
            storage=checked_store(),
            item=one,
            purpose=form.cleaned_data["purpose"],
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, one, status=409, purpose=form)
    return attachment(stream, one.name)


@require_POST
def unseal(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Open the sealed original for a director who says why."""
    one, form = _seen(request, item_id), PurposeForm(request.POST, prefix="unseal")
    if not form.is_valid():
        return _show(request, one, status=422, unsealing=form)
    try:
        one, stream = services.unseal_item(
            actor=actor_of(request),
            at=now(),
            storage=checked_store(),
            item=one,
            reason=form.cleaned_data["purpose"],
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, one, status=409, unsealing=form)
    return attachment(stream, one.name)


@require_POST
def hand_over(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Offer an item to another officer."""
    actor, one = actor_of(request), _seen(request, item_id)
    form = HandOverForm(request.POST, actor=actor, item=one, prefix="hand")
    if not form.is_valid():
        return _show(request, one, status=422, handing=form)
    typed = form.cleaned_data
    link = services.Link(place=typed["place"], reason=typed["reason"])
    try:
        services.hand_over_item(
            actor=actor, at=now(), item=one, receiver=typed["receiver"], link=link
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, one, status=409, handing=form)
    messages.success(request, _("Offered. The other officer signs for it."))
    return redirect("workbench:evidence-item", item_id)


@require_POST
def sign(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Sign for an item, or decline it."""
    actor = actor_of(request)
    offered = get_object_or_404(queries.open_hand_overs(actor), pk=handover_id)
    try:
        if request.POST.get("answer") == "decline":
            reason = request.POST.get("reason", "")
            services.decline_hand_over(
                actor=actor, at=now(), handover=offered, reason=reason
            )
        else:
            services.accept_hand_over(actor=actor, at=now(), handover=offered)
            messages.success(request, _("You keep the item from now on."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("workbench:evidence")


def _seen(request: HttpRequest, item_id: UUID) -> Item:
    seen = queries.visible_items(actor_of(request), at=now())
    return get_object_or_404(seen, pk=item_id)


def _show(
    request: HttpRequest, one: Item, *, status: int = 200, **forms: Any
) -> HttpResponse:
    actor = actor_of(request)
    blob = queries.readable_blob(actor, one)
    context = {
        "item": one,
        "facts": _facts(one),
        "custody": _events(one),
        "readable": blob,
        "copy": blob is not None and blob.pk != one.blob_id,
        "waiting": queries.open_hand_overs(actor).filter(item=one).first(),
        "may": {
            "unseal": one.sealed and actor.holds("evidence:item:unseal"),
            "hand_over": actor.holds("evidence:item:hand-over")
            and one.agency_id in actor.agencies,
        },
        "purpose": forms.get("purpose") or PurposeForm(),
        "unsealing": forms.get("unsealing") or PurposeForm(prefix="unseal"),
        "handing": forms.get("handing")
        or HandOverForm(actor=actor, item=one, prefix="hand"),
    }
    return render(request, "workbench/evidence/item.html", context, status=status)


def _facts(one: Item) -> list[Fact]:
    kept = _names([one.keeper])
    said = [
        (_("State"), one.get_state_display()),
        (_("Kind of file"), one.blob.media_type),
        (_("Came in"), one.collected_at),
        (_("Where it came from"), one.source),
        (_("Kept by"), kept.get(one.keeper, "")),
        (_("Description"), one.description),
    ]
    return [Fact(label, value) for label, value in said if value]


def _events(one: Item) -> list[Event]:
    """Tell the chain of custody, the latest link first."""
    links = list(queries.custody_of(one))
    names = _names([x for link in links for x in (link.actor, link.other)])
    return [_event(link, names) for link in reversed(links)]


def _event(link: Custody, names: dict[str, str]) -> Event:
    parts = [names.get(link.other, link.other), link.place, link.reason]
    return Event(
        at=link.at,
        title=link.get_act_display(),
        text=" · ".join(p for p in parts if p),
        by=names.get(link.actor, link.actor),
        tone=TONES.get(link.act, "plain"),
    )


def _names(labels: list[str]) -> dict[str, str]:
    """Name officers by name; of parties and reporters only say what they are."""
    keys = [x.partition(":")[2] for x in labels if x.startswith("officer:")]
    found = {
        f"officer:{one.pk}": one.get_full_name() or one.username
        for one in Account.objects.filter(pk__in=keys)
    }
    said = {"reporter": _("whoever reported"), "system": _("the system")}
    for label in labels:
        if label.startswith("party:"):
            said[label] = _("a party")
        elif label.startswith("bearer:"):
            said[label] = _("the respondent")
    return {**said, **found}
