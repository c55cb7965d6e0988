"""Reporting, in three pages and without a trace; following with a receipt."""

import hashlib
import secrets
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Draft, Lead
from hufu.domain.leads.receipts import BYTES, code_of
from hufu.domain.people.actors import Reporter
from hufu.doors.identity import now
from hufu.doors.portal.forms.leads import (
    DetailsForm,
    WhatForm,
    WhoForm,
    facts_of,
    first_invalid,
    words_of,
)
from hufu.doors.portal.receipts import followed, report_actor
from hufu.doors.portal.uploads import kept_uploads, update_draft_files

SECRET_LENGTH = 40
PAGES: tuple[type[forms.Form], ...] = (WhatForm, DetailsForm, WhoForm)
LAST = len(PAGES)
# No cookie protects these pages because none is set: whoever holds the secret in the
# address, or the code in the form, may act, and nobody else (decision 0006).
unseen = cache_control(no_store=True, private=True)


@unseen
def report(request: HttpRequest) -> HttpResponse:
    """Begin a report under a fresh secret. Nothing is stored yet."""
    del request
    return redirect("portal:report-step", secrets.token_urlsafe(32), 1)


@csrf_exempt
@unseen
def report_step(request: HttpRequest, secret: str, step: int) -> HttpResponse:
    """Show one of the three pages, keep what was typed, and go on or back."""
    _check_secret(secret)
    if not 1 <= step <= LAST:
        raise Http404
    draft = queries.draft_of(services.key_of(secret), now())
    if draft and draft.sent:
        return redirect("portal:report-receipt", secret)
    if request.method == "POST":
        return _take(request, secret, step)
    if draft is None and step > 1:
        return redirect("portal:report-step", secret, 1)
    words = draft.words if draft else {}
    page = PAGES[step - 1]
    form = page(words) if "check" in request.GET else page(initial=words)
    return _page(request, secret, step, form)


@csrf_exempt
@require_POST
def report_save(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep what is typed while it is typed (only where scripts run)."""
    _check_secret(secret)
    words: dict[str, Any] = {}
    for page in PAGES:
        form = page()
        if any(name in request.POST for name in form.fields):
            words |= words_of(form, request.POST)
    try:
        services.save_draft(at=now(), secret=secret, words=words)
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=409)
    return HttpResponse(status=204)


@unseen
def report_receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the code of a report just sent; some minutes later nobody can."""
    _check_secret(secret)
    draft = queries.draft_of(services.key_of(secret), now())
    if draft is None or not draft.sent:
        raise Http404
    context = {"code": _code(secret)}
    template = "receipt_print" if "print" in request.GET else "receipt"
    return render(request, f"portal/leads/{template}.html", context)


@csrf_exempt
@unseen
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for a code, show what it leads to, and take what its holder adds."""
    if request.method != "POST":
        return render(request, "portal/leads/follow.html", {"typed": ""})
    typed, error, done = request.POST.get("code", ""), "", ""
    try:
        lead = queries.lead_by_receipt(typed)
    except Refusal as refusal:
        context = {"typed": typed, "error": refusal.message}
        return render(request, "portal/leads/follow.html", context, status=422)
    thread = queries.thread_of(lead)
    try:
        done = _act(request, thread)
    except Refusal as refusal:
        error = refusal.message
    context = {
        **followed(lead),
        "code": typed,
        "error": error,
        "done": done,
        "text": request.POST.get("text", "") if error else "",
    }
    return render(request, "portal/leads/followed.html", context)


def _act(request: HttpRequest, lead: Lead) -> str:
    """Do what the holder of the receipt asks; return the words that confirm it."""
    said: dict[str, Any] = {"actor": report_actor(lead), "at": now(), "lead": lead}
    text = request.POST.get("text", "")
    match request.POST.get("act"):
        case "message":
            files = kept_uploads(request)
            if text.strip() or not files:
                services.add_message(body=text, **said)
            if files:
                services.add_files(files=files, **said)
            return _("The office has received it.")
        case "take-back":
            services.take_back(text=text, **said)
            return _("You have taken it back.")
    return ""


def _take(request: HttpRequest, secret: str, step: int) -> HttpResponse:
    form = PAGES[step - 1](request.POST, request.FILES)
    try:
        words = words_of(form, request.POST)
        draft = services.save_draft(at=now(), secret=secret, words=words)
        draft = update_draft_files(request, draft)
    except Refusal as refusal:
        form.is_valid()
        form.add_error("uploads" if "uploads" in form.fields else None, refusal.message)
        return _page(request, secret, step, form)
    going = request.POST.get("go", "next")
    if going == "back":
        return redirect("portal:report-step", secret, max(step - 1, 1))
    if going == "stay" or not form.is_valid():
        stay = form if going != "stay" else PAGES[step - 1](initial=draft.words)
        return _page(request, secret, step, stay)
    if step < LAST:
        return redirect("portal:report-step", secret, step + 1)
    return _send(request, secret, draft)


def _send(request: HttpRequest, secret: str, draft: Draft) -> HttpResponse:
    pages = [page(draft.words) for page in PAGES]
    wrong = first_invalid(pages)
    if wrong is not None:
        return redirect(_checked(secret, wrong))
    who = pages[-1]
    try:
        services.send_report(
            actor=Reporter(),
            at=now(),
            draft=draft,
            facts=facts_of(pages[0].cleaned_data, pages[1].cleaned_data),
            sender=who.sender() if isinstance(who, WhoForm) else services.ANONYMOUS,
            receipt=_code(secret),
        )
    except Refusal as refusal:
        if refusal.code != "sent_already":
            who.add_error(None, refusal.message)
            return _page(request, secret, LAST, who)
    return redirect("portal:report-receipt", secret)


def _checked(secret: str, step: int) -> str:
    return redirect("portal:report-step", secret, step).url + "?check=1"


def _page(
    request: HttpRequest, secret: str, step: int, form: forms.Form
) -> HttpResponse:
    draft = queries.draft_of(services.key_of(secret), now())
    context = {
        "form": form,
        "secret": secret,
        "step": step,
        "last": LAST,
        "files": draft.files if draft else [],
        "summary": _summary(draft) if step == LAST and draft else [],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/leads/report.html", context, status=status)


def _summary(draft: Draft) -> list[dict[str, Any]]:
    """List what was said on the pages before, in words, to be checked."""
    shown = []
    for number, page in enumerate(PAGES[:-1], 1):
        form = page(initial=draft.words)
        for name, field in form.fields.items():
            value = draft.words.get(name)
            if value:
                shown.append(
                    {
                        "label": field.label,
                        "value": _label(field, value),
                        "step": number,
                    }
                )
    return shown


def _label(field: forms.Field, value: str) -> str:
    """Give a choice by its words, anything else as typed."""
    if not isinstance(field, forms.ChoiceField):
        return value
    flat: dict[Any, Any] = {}
    choices: Any = field.choices
    for key, label in choices:
        flat.update(label if isinstance(label, list | tuple) else [(key, label)])
    return str(flat.get(value, value))


def _code(secret: str) -> str:
    """Derive the receipt from the page's secret, so that it can be shown again."""
    digest = hashlib.sha256(f"hufu-receipt-from:{secret}".encode()).digest()
    return code_of(digest[:BYTES])


def _check_secret(secret: str) -> None:
    """Refuse an address that somebody made up: it could be guessed by others."""
    if len(secret) < SECRET_LENGTH:
        raise Http404
