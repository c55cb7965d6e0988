"""A holder complains about a right of their own, and follows what comes of it."""

import secrets
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Draft, Lead
from hufu.domain.leads.standing import Check, check_standing
from hufu.doors.identity import actor_of, now, today
from hufu.doors.portal.forms.leads import ComplaintForm, facts_of, words_of
from hufu.doors.portal.receipts import followed
from hufu.doors.portal.uploads import kept_uploads, update_draft_files


def complaints(request: HttpRequest) -> HttpResponse:
    """List the complaints of the account's party."""
    leads = queries.visible_leads(actor_of(request)).select_related("right")
    rows = [
        {"lead": lead, "standing": queries.standing_of(lead)}
        for lead in leads.order_by("-received_at")[:200]
    ]
    return render(request, "portal/leads/complaints.html", {"rows": rows})


def complaint_new(request: HttpRequest) -> HttpResponse:
    """Begin a complaint that is kept while it is written."""
    del request
    return redirect("portal:complaint-write", secrets.token_urlsafe(24))


def complaint_write(request: HttpRequest, secret: str) -> HttpResponse:
    """Write a complaint, see what it still lacks, and send it."""
    actor, key = actor_of(request), _key(request, secret)
    draft = queries.draft_of(services.key_of(key), now())
    if draft and draft.sent:
        return redirect("portal:complaints")
    if request.method != "POST":
        words = draft.words if draft else {}
        form = ComplaintForm(initial=words, account=actor, day=today())
        return _page(request, form, draft)
    form = ComplaintForm(request.POST, request.FILES, account=actor, day=today())
    try:
        words = words_of(form, request.POST)
        draft = services.save_draft(at=now(), secret=key, words=words)
        draft = update_draft_files(request, draft)
    except Refusal as refusal:
        form.add_error("uploads", refusal.message)
        return _page(request, form, draft)
    if request.POST.get("go") == "stay":
        stay = ComplaintForm(initial=draft.words, account=actor, day=today())
        return _page(request, stay, draft)
    if not form.is_valid():
        return _page(request, form, draft)
    return _send(request, form, draft)


def complaint(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Show one complaint; write to the office, add files, take it back."""
    actor = actor_of(request)
    lead = get_object_or_404(queries.visible_leads(actor), pk=lead_id)
    error, done = "", ""
    if request.method == "POST":
        try:
            done = _act(request, queries.thread_of(lead))
        except Refusal as refusal:
            error = refusal.message
    text = request.POST.get("text", "") if error else ""
    context = {**followed(lead), "error": error, "done": done, "text": text}
    return render(request, "portal/leads/complaint.html", context)


def _act(request: HttpRequest, lead: Lead) -> str:
    actor, at, text = actor_of(request), now(), request.POST.get("text", "")
    if request.POST.get("act") == "take-back":
        services.take_back(actor=actor, at=at, lead=lead, text=text)
        return _("You have taken it back.")
    files = kept_uploads(request)
    if text.strip() or not files:
        services.add_message(actor=actor, at=at, lead=lead, body=text)
    if files:
        services.add_files(actor=actor, at=at, lead=lead, files=files)
    return _("The office has received it.")


def _send(request: HttpRequest, form: ComplaintForm, draft: Draft) -> HttpResponse:
    typed = {**form.cleaned_data, "right": form.own[form.cleaned_data["right"]]}
    try:
        lead = services.send_complaint(
            actor=actor_of(request), at=now(), draft=draft, facts=facts_of(typed)
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, draft)
    return redirect("portal:complaint", lead.pk)


def _page(
    request: HttpRequest, form: ComplaintForm, draft: Draft | None
) -> HttpResponse:
    context = {
        "form": form,
        "files": draft.files if draft else [],
        "checks": _checks(request, form, draft),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/leads/complaint_write.html", context, status=status)


def _checks(
    request: HttpRequest, form: ComplaintForm, draft: Draft | None
) -> tuple[Check, ...]:
    words = draft.words if draft else {}
    right = form.own.get(words.get("right", ""))
    if right is None or draft is None:
        return ()
    on = _day(words.get("occurred_on", ""))
    return check_standing(actor_of(request), right, on, len(draft.files))


def _day(typed: str) -> date:
    try:
        return parse_date(typed) or today()
    except ValueError:
        return today()


def _key(request: HttpRequest, secret: str) -> str:
    """Tie the draft to the account: the address alone opens nothing."""
    return f"{actor_of(request).label}:{secret}"
