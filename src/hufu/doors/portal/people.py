"""The portal's front page, and the page of whoever has signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.people import queries, services
from hufu.doors.identity import actor_of, new_token, now
from hufu.doors.portal.forms.people import KeyForm, PartyForm


def home(request: HttpRequest) -> HttpResponse:
    """Say what can be done here."""
    return render(request, "portal/people/home.html")


def account(request: HttpRequest) -> HttpResponse:
    """Show what is mine here; ask whom the account stands for when unknown."""
    actor = actor_of(request)
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.represent_party(actor=actor, at=now(), facts=form.facts())
            return redirect("portal:account")
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "party": actor.party, "officer": actor.is_officer}
    return render(request, "portal/people/account.html", context)


def keys(request: HttpRequest) -> HttpResponse:
    """List API keys; open one and show its token once."""
    actor = actor_of(request)
    form, token = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        token = new_token()
        name = form.cleaned_data["name"]
        try:
            services.open_key(actor=actor, at=now(), name=name, token=token)
            form = KeyForm()
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            token = ""
    context = {"form": form, "token": token, "keys": queries.visible_keys(actor)}
    return render(request, "portal/people/keys.html", context)


@require_POST
def close_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Close a key for good."""
    actor = actor_of(request)
    key = get_object_or_404(queries.visible_keys(actor), pk=key_id)
    services.close_key(actor=actor, at=now(), key=key)
    return redirect("portal:keys")
