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
from hufu.domain.people.services import erase_party
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


class PartyErasureForm(forms.Form):
    """Which party's personal data is to be erased before the case's term."""

    number = forms.CharField(
        label=gettext_lazy("Number of the case"),
        max_length=40,
        help_text=gettext_lazy("Every case with this party must have ended."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the party"), max_length=300)
    party_sure = forms.BooleanField(
        label=gettext_lazy("I have checked who asks; this cannot be undone.")
    )


def index(request: HttpRequest) -> HttpResponse:
    """Show the terms and how much is over; erase personal data on request."""
    actor = actor_of(request)
    of_party = "number" in request.POST
    form = ErasureForm(None if of_party else request.POST or None)
    party_form = PartyErasureForm(request.POST if of_party else None)
    tried, erase = (party_form, _erase_party) if of_party else (form, _erase_lead)
    if request.method == "POST" and tried.is_valid():
        try:
            erase(request, tried.cleaned_data)
        except Refusal as refusal:
            tried.add_error(None, refusal.message)
        else:
            messages.success(request, _("The personal data was erased."))
            return redirect("workbench:retention")
    context = {
        "form": form,
        "party_form": party_form,
        "basis": basis(),
        "terms": terms(today()).values(),
        "leads_over": retention.leads_over(actor, today()).count(),
    }
    return render(request, "workbench/oversight/retention.html", context)


def _erase_party(request: HttpRequest, typed: dict[str, str]) -> None:
    actor = actor_of(request)
    party = retention.party_to_erase(actor, typed["number"], typed["name"])
    if party is None:
        raise Refusal(
            "not_found",
            _(
                "No party of this name can be erased from this case: it is not in it, "
                "one of its cases still runs, or somebody signs in for it."
            ),
        )
    erase_party(actor=actor, at=now(), party=party, term=ON_REQUEST)


def _erase_lead(request: HttpRequest, typed: dict[str, str]) -> None:
    actor = actor_of(request)
    lead = retention.lead_to_erase(actor, typed["reference"])
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
