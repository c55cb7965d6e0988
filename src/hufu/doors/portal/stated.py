"""Pages on which a holder writes down a right that no office registers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.evidence.services import Upload, keep_file
from hufu.domain.rights import queries, services
from hufu.domain.rights.models import Right
from hufu.doors.identity import actor_of, now
from hufu.doors.portal.forms.stated import FORMS, StatedForm
from hufu.doors.storage.blobs import blob_store

TITLES = {
    "work": gettext_lazy("Record a work"),
    "secret": gettext_lazy("Record a trade secret"),
    "knowledge": gettext_lazy("Record traditional knowledge"),
}


def right_state(request: HttpRequest, what: str) -> HttpResponse:
    """Write down a work, the existence of a secret, or traditional knowledge."""
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            right = _state(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            _send_proof(request, form, right)
            return redirect("portal:my-right", right.pk)
    context = {"form": form, "what": what, "title": TITLES[what]}
    return render(request, "portal/rights/state.html", context)


def _state(request: HttpRequest, form: StatedForm) -> Right:
    work = form.cleaned_data.get("work")
    kept = (
        keep_file(storage=blob_store(), stream=work, name=work.name) if work else None
    )
    return services.state_right(
        actor=actor_of(request), at=now(), facts=form.facts(), work=kept
    )


def _send_proof(request: HttpRequest, form: StatedForm, right: Right) -> None:
    """Ask an officer to verify what was just recorded, where proof came with it."""
    proof = form.cleaned_data.get("proof")
    if not proof:
        messages.success(request, _("Recorded, as stated by you."))
        return
    try:
        services.claim_right(
            actor=actor_of(request),
            at=now(),
            storage=blob_store(),
            right=right,
            facts=services.ClaimFacts(),
            upload=Upload(stream=proof, name=proof.name),
        )
    except Refusal as refusal:
        messages.warning(request, _("Recorded. Your proof was not taken:"))
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Recorded. An officer looks at your proof."))


@require_POST
def right_list(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Show a stated right to the public, or no longer."""
    mine = queries.stated_by(actor_of(request))
    right = get_object_or_404(mine, pk=right_id)
    ending = request.POST.get("act") == "end"
    act = services.unlist_right if ending else services.list_right
    try:
        act(actor=actor_of(request), at=now(), right=right)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("portal:my-right", right.pk)
