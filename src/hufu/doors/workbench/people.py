"""Accounts of the agency, and its journal."""

import secrets
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.base.models import Batch
from hufu.domain.people import queries, services
from hufu.domain.people.permissions import OFFICER_ROLES
from hufu.domain.people.words import ROLE_NAMES
from hufu.doors.identity import actor_of, new_token, now
from hufu.doors.look.acts import ACTS, KINDS
from hufu.doors.workbench.recordlinks import rows_of

ENTRIES_PER_PAGE = 50


class AccountForm(forms.Form):
    """A new officer."""

    username = forms.CharField(label=_("User name"), max_length=150)
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(r, name) for r, name in ROLE_NAMES.items() if r in OFFICER_ROLES],
    )


def accounts(request: HttpRequest) -> HttpResponse:
    """List the agency's officers; open an account and show its password once."""
    actor = actor_of(request)
    form, password = AccountForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(15)
        facts = services.AccountFacts(
            **form.cleaned_data, password=password, agency=actor.agency
        )
        try:
            services.open_account(actor=actor, at=now(), facts=facts)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            password = ""
    context = {
        "form": form,
        "password": password,
        "accounts": queries.visible_accounts(actor),
    }
    return render(request, "workbench/people/accounts.html", context)


@require_POST
def close_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """Lock an officer's account."""
    actor = actor_of(request)
    account = get_object_or_404(queries.visible_accounts(actor), pk=account_id)
    services.close_account(actor=actor, at=now(), account=account)
    return redirect("workbench:accounts")


def act_choices() -> list[tuple[str, object]]:
    """Return every act by its kind of record, in words."""
    groups: list[tuple[str, object]] = [
        (str(KINDS[kind]), [(f"{kind} {act}", said) for act, said in words.items()])
        for kind, words in ACTS.items()
    ]
    return [("", _("any")), *groups]


class JournalForm(forms.Form):
    """Which entries of the journal to show."""

    act = forms.ChoiceField(label=_("Act"), choices=act_choices, required=False)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    subject = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())


def journal(request: HttpRequest) -> HttpResponse:
    """Show what was done in the agency, newest first."""
    actor = actor_of(request)
    form = JournalForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    entries = queries.visible_entries(actor).select_related("place")
    if subject := asked.get("subject", "").strip():
        entries = entries.filter(subject_id=subject)
    if asked.get("act"):
        kind, _sep, act = asked["act"].partition(" ")
        entries = entries.filter(subject_kind=kind, act=act)
    if day := asked.get("day"):
        entries = entries.filter(at__date=day)
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows_of(actor, page.object_list),
        "batch": Batch.objects.order_by("-number").first(),
        "subject": subject,
        "filtered": any(asked.values()),
    }
    return render(request, "workbench/people/journal.html", context)


class KeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(
        label=_("What the key is for"),
        max_length=100,
        help_text=_("For example the system that will use it."),
    )


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
    return render(request, "workbench/people/keys.html", context)


@require_POST
def close_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Close a key for good."""
    actor = actor_of(request)
    key = get_object_or_404(queries.visible_keys(actor), pk=key_id)
    services.close_key(actor=actor, at=now(), key=key)
    return redirect("workbench:keys")
