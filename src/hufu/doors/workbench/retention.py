"""How long personal data is kept, what is over, and erasure on request."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hufu.base.errors import Refusal
from hufu.domain.leads.services.erasure import erase_lead
from hufu.domain.oversight import retention
from hufu.domain.people.retention import basis, terms
from hufu.doors.identity import actor_of, now, today
from hufu.doors.storage.blobs import blob_store

ON_REQUEST = "request"


class ErasureForm(forms.Form):
    """Which lead's personal data is to be erased before its term."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the lead"),
        max_length=36,
        help_text=gettext_lazy("For example L-1A2B3C4D."),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have checked who asks; this cannot be undone.")
    )


def index(request: HttpRequest) -> HttpResponse:
    """Show the terms and how much is over; erase a lead's personal data on request."""
    actor = actor_of(request)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _erase(request, form.cleaned_data["reference"])
        except Refusal as refusal:
            form.add_error("reference", refusal.message)
        else:
            messages.success(request, _("The personal data was erased."))
            return redirect("workbench:retention")
    context = {
        "form": form,
        "basis": basis(),
        "terms": terms(today()).values(),
        "leads_over": retention.leads_over(actor, today()).count(),
    }
    return render(request, "workbench/oversight/retention.html", context)


def _erase(request: HttpRequest, named: str) -> None:
    actor = actor_of(request)
    lead = retention.lead_to_erase(actor, named)
    if lead is None:
        raise Refusal("not_found", _("No lead of this agency has this reference."))
    erase_lead(
        actor=actor,
        at=now(),
        storage=blob_store(),
        lead=lead,
        items=list(retention.sender_items(lead)),
        term=ON_REQUEST,
    )
