"""Claims to look at, and registers to bring in."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.rights import queries, services
from hufu.domain.rights.models import Claim, Import
from hufu.doors.identity import actor_of, now, today
from hufu.doors.jobs.intake import import_rights
from hufu.doors.storage.blobs import blob_store
from hufu.doors.workbench.forms.rights import ImportForm, RefuseForm
from hufu.doors.workbench.reports import as_csv, reason_of, why_refused

ROWS = 50
# What a register may weigh as it is sent; unpacked it may weigh more.
REGISTER_LIMIT = 256 * 1024 * 1024


def claims(request: HttpRequest) -> HttpResponse:
    """List the claims made to the agency, those that wait first."""
    asked = queries.visible_claims(actor_of(request))
    state = request.GET.get("state", Claim.State.SUBMITTED)
    if state in Claim.State.values:
        asked = asked.filter(state=state)
    context = {
        "page_obj": Paginator(asked, ROWS).get_page(request.GET.get("page")),
        "state": state,
        "states": Claim.State.choices,
    }
    return render(request, "workbench/rights/claims.html", context)


def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Compare a claim's proof with the register; verify it or refuse it."""
    actor = actor_of(request)
    asked = get_object_or_404(queries.visible_claims(actor), pk=claim_id)
    refusing = request.POST.get("act") == "refuse"
    form = RefuseForm(request.POST if refusing else None)
    if request.method == "POST" and (not refusing or form.is_valid()):
        try:
            if refusing:
                said = form.cleaned_data
                services.refuse_claim(actor=actor, at=now(), claim=asked, **said)
            else:
                services.verify_claim(actor=actor, at=now(), claim=asked)
        except Refusal as refusal:
            form.add_error(None, refusal.message) if refusing else None
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Your answer was recorded."))
            return redirect("workbench:rights")
    context = {
        "claim": asked,
        "form": form,
        "status": queries.status_on(asked.right, today()),
        "waiting": asked.state == Claim.State.SUBMITTED,
    }
    return render(request, "workbench/rights/claim.html", context)


def imports(request: HttpRequest) -> HttpResponse:
    """List the imports; send a file to be brought in by a job."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = _receive(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("workbench:import", item.pk)
    done = queries.visible_imports(actor_of(request))
    page = Paginator(done, ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page}
    return render(request, "workbench/rights/imports.html", context)


def _receive(request: HttpRequest, form: ImportForm) -> Import:
    """Keep the file, then ask for the import and queue its job together."""
    actor, said = actor_of(request), form.cleaned_data
    kept = blob_store().put(said["file"], REGISTER_LIMIT)
    facts = services.ImportFacts(
        name=said["file"].name,
        format=said["format"],
        sha256=kept.sha256,
        size=kept.size,
        register=said["register"],
        demo=said["demo"],
    )
    with transaction.atomic():
        item = services.request_import(
            actor=actor, at=now(), facts=facts, agency=actor.agency
        )
        if item.running:
            import_rights.enqueue(str(item.pk))
        else:
            messages.info(request, _("This file is in already. Nothing was changed."))
    return item


def import_page(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show how far an import is, then what became of its rows."""
    item = get_object_or_404(queries.visible_imports(actor_of(request)), pk=import_id)
    context = {
        "item": item,
        "why": why_refused(item),
        "url": reverse("workbench:import", args=[item.pk]),
        "rows": [(row, reason_of(row)) for row in item.rows.all()[:ROWS]],
        "more": item.rejected > ROWS,
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "workbench/rights/_progress.html", context)
        if not item.running:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "workbench/rights/import.html", context)


def import_report(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Send every rejected row of an import as CSV."""
    item = get_object_or_404(queries.visible_imports(actor_of(request)), pk=import_id)
    return as_csv(item.rows.iterator(), f"rejected-{item.pk.hex[:8]}")  # type: ignore[return-value]  # streaming is a response too
