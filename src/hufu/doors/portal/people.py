"""The portal's front page, and the page of whoever has signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hufu.base.errors import Refusal
from hufu.domain.people import services
from hufu.doors.identity import actor_of, now
from hufu.doors.portal.forms.people import PartyForm


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
