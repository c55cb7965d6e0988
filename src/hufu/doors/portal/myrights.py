"""A holder's own rights: claiming them, having them watched, who may sell."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.evidence.services import Upload
from hufu.domain.rights import queries, services
from hufu.domain.rights.models import Licence, Right
from hufu.domain.rights.registers import STATED
from hufu.domain.watch import queries as watch
from hufu.doors.identity import actor_of, now, today
from hufu.doors.portal.forms.rights import ClaimForm, LicenceForm
from hufu.doors.portal.rights import facts_of, lasting_of
from hufu.doors.portal.stated import TITLES
from hufu.doors.storage.blobs import blob_store

SEEN = 20


def my_rights(request: HttpRequest) -> HttpResponse:
    """List the account's rights, its claims, and what was seen lately."""
    actor, day = actor_of(request), today()
    mine = queries.with_status(queries.rights_of(actor, day=day), day)
    context = {
        "rights": mine.select_related("register").prefetch_related("monitors"),
        "claims": queries.claims_of(actor).select_related("right"),
        "seen": watch.seen_for(actor, day=day)[:SEEN],
        "recordable": TITLES.items(),
    }
    return render(request, "portal/rights/mine.html", context)


def right_claim(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Say that a right is one's own, with proof."""
    seen = queries.visible_rights(actor_of(request))
    right = get_object_or_404(seen, pk=right_id)
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        file = said.pop("proof")
        try:
            services.claim_right(
                actor=actor_of(request),
                at=now(),
                storage=blob_store(),
                right=right,
                facts=services.ClaimFacts(**said),
                upload=Upload(stream=file, name=file.name),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your claim was sent. An officer looks at it."))
            return redirect("portal:my-rights")
    return render(request, "portal/rights/claim.html", {"form": form, "right": right})


def my_right(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Show one's own right: monitoring, licences, what was seen; add a licence."""
    actor, day = actor_of(request), today()
    right = get_object_or_404(queries.rights_of(actor, day=day), pk=right_id)
    form = LicenceForm(request.POST or None, initial={"from_on": day})
    if request.method == "POST" and form.is_valid():
        facts = services.LicenceFacts(**form.cleaned_data)
        try:
            services.add_licence(actor=actor, at=now(), right=right, facts=facts)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Written down."))
            return redirect("portal:my-right", right.pk)
    seen = Paginator(watch.matches_of_right(right), SEEN)
    context = {
        "right": right,
        "status": queries.status_on(right, day),
        "lasting": lasting_of(right),
        "facts": facts_of(right) if right.register_id == STATED else [],
        "waiting": right.claims.filter(state="submitted").exists(),
        "is_public": queries.public_rights().filter(pk=right.pk).exists(),
        "monitor": right.monitors.filter(until_on=None).first(),
        "licences": right.licences.all(),
        "page_obj": seen.get_page(request.GET.get("page")),
        "form": form,
        "day": day,
    }
    return render(request, "portal/rights/my_right.html", context)


@require_POST
def right_monitor(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Begin or end monitoring."""
    right = _mine(request, right_id)
    ending = request.POST.get("act") == "end"
    act = services.end_monitoring if ending else services.ask_monitoring
    try:
        act(actor=actor_of(request), at=now(), right=right)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("portal:my-right", right.pk)


@require_POST
def licence_end(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """End a licence."""
    mine = queries.rights_of(actor_of(request), day=today())
    licence = get_object_or_404(Licence, pk=licence_id, right__in=mine)
    services.end_licence(actor=actor_of(request), at=now(), licence=licence)
    return redirect("portal:my-right", licence.right_id)


@require_POST
def claim_withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Take a claim back."""
    claim = get_object_or_404(queries.claims_of(actor_of(request)), pk=claim_id)
    try:
        services.withdraw_claim(actor=actor_of(request), at=now(), claim=claim)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("portal:my-rights")


def _mine(request: HttpRequest, right_id: UUID) -> Right:
    mine = queries.rights_of(actor_of(request), day=today())
    return get_object_or_404(mine, pk=right_id)
