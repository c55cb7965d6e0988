"""The inbox and the page of a lead."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from hufu.base.errors import Refusal
from hufu.domain.leads import queries, services
from hufu.domain.leads.models import Lead
from hufu.doors.identity import actor_of, now, today
from hufu.doors.look.parts import Filter
from hufu.doors.workbench.forms.leads import (
    CloseForm,
    FilterForm,
    PauseForm,
    ReferForm,
    ReferralForm,
    TextForm,
)
from hufu.doors.workbench.leadpage import lead_context
from hufu.doors.workbench.leadrows import rows_of

ROWS = 30
START = {"state": "open", "order": "newest"}


def leads(request: HttpRequest) -> HttpResponse:
    """Show the inbox."""
    return _inbox(request, request.GET)


def _inbox(request: HttpRequest, given: QueryDict) -> HttpResponse:
    """Show the inbox as asked for; what was picked and typed in bulk is kept."""
    actor = actor_of(request)
    asked = given if any(k != "page" for k in given) else START
    form = FilterForm({**START, **_flat(asked)})
    found = queries.inbox(actor, form.asked(), today())
    keys = queries.keys_of(found)
    number = request.POST.get("page") or given.get("page")
    page = Paginator(keys[: queries.COUNTED], ROWS).get_page(number)
    query = urlencode([(k, v) for k, v in _flat(given).items() if k != "page"])
    saved = list(queries.saved_filters(actor))
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows_of(queries.in_order(found, list(page.object_list))),
        "more": len(keys) > queries.COUNTED,
        "query": query,
        "saved": saved,
        "filters": [_saved(one.name, one.query, query) for one in saved],
        "close_form": CloseForm(prefix="bulk", initial=_typed(request)),
        "picked": request.POST.getlist("pick"),
        "may_triage": actor.holds("leads:lead:triage"),
        "today": today(),
    }
    return render(request, "workbench/leads/inbox.html", context)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Accept or close the leads that were picked."""
    actor, at = actor_of(request), now()
    picked = [p for p in request.POST.getlist("pick") if _is_uuid(p)][:ROWS]
    chosen = list(queries.visible_leads(actor).filter(pk__in=picked))
    query = request.POST.get("query", "")
    if not chosen:
        messages.warning(request, _("Pick at least one lead."))
        return _inbox(request, QueryDict(query))
    try:
        if request.POST.get("act") == "close":
            refused = services.close_leads(
                actor=actor,
                at=at,
                leads=chosen,
                reason=request.POST.get("bulk-reason", ""),
                text=request.POST.get("bulk-text", ""),
            )
        else:
            refused = services.accept_leads(actor=actor, at=at, leads=chosen)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _inbox(request, QueryDict(query))
    _tell(request, len(chosen) - len(refused), refused)
    return redirect(f"{reverse('workbench:leads')}?{query}")


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the present filter, or drop a kept one."""
    actor, query = actor_of(request), request.POST.get("query", "")
    try:
        if drop := request.POST.get("drop"):
            saved = get_object_or_404(queries.saved_filters(actor), pk=drop)
            services.drop_filter(actor=actor, at=now(), saved=saved)
        else:
            name = request.POST.get("name", "")
            services.save_filter(actor=actor, at=now(), name=name, query=query)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('workbench:leads')}?{query}")


def lead_new(request: HttpRequest) -> HttpResponse:
    """Write down a matter that another body sent."""
    actor = actor_of(request)
    region = actor.agency.region if actor.agency else ""
    form = ReferralForm(request.POST or None, initial={"region": region})
    if request.method == "POST" and form.is_valid():
        try:
            lead = services.refer_in_lead(actor=actor, at=now(), facts=form.facts())
            return redirect("workbench:lead", lead.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(request, "workbench/leads/new.html", {"form": form})


def lead(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Show everything about a lead but who sent it."""
    return _show(request, _seen(request, lead_id))


@require_POST
@cache_control(no_store=True)
def reporter(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Show who sent a lead; the journal notes that it was shown."""
    one = _seen(request, lead_id)
    identity = services.reveal_reporter(actor=actor_of(request), at=now(), lead=one)
    return _show(request, one, identity=identity)


@require_POST
def act(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Do one act on a lead; on a refusal show the page with everything typed."""
    one, name = _seen(request, lead_id), request.POST.get("act", "")
    form = _form_of(name, request, one)
    if form is not None and not form.is_valid():
        return _show(request, one, status=422, wrong=name, form=form)
    typed = form.cleaned_data if form is not None else {}
    try:
        done = ACTS[name](request, one, typed) if name in ACTS else ""
    except Refusal as refusal:
        if form is not None:
            form.add_error(None, refusal.message)
        else:
            messages.error(request, refusal.message)
        one.refresh_from_db()
        return _show(request, one, status=409, wrong=name, form=form)
    messages.success(request, done)
    return redirect("workbench:lead", lead_id)


def _accept(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    del typed
    services.accept_lead(actor=actor_of(request), at=now(), lead=one)
    return _("Accepted. The next step is to open a case or to close the lead.")


def _merge(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    del typed
    into = request.POST.get("into", "").strip()
    actor = actor_of(request)
    target = (
        queries.visible_leads(actor).filter(pk=into).first() if _is_uuid(into) else None
    )
    if target is None:
        raise Refusal("not_found", _("There is no such lead."))
    services.merge_lead(actor=actor, at=now(), lead=one, into=target)
    return _("Merged. Both receipts keep working.")


def _refer(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    services.refer_lead(actor=actor_of(request), at=now(), lead=one, **typed)
    return _("Passed on. The receipt now shows the new agency.")


def _close(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    services.close_lead(actor=actor_of(request), at=now(), lead=one, **typed)
    return _("Closed. Whoever sent it can read the reason.")


def _lane(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    lane = Lead.Lane.COMPLEX if one.lane == Lead.Lane.SIMPLE else Lead.Lane.SIMPLE
    services.change_lane(
        actor=actor_of(request), at=now(), lead=one, lane=lane, reason=typed["text"]
    )
    return _("The lead changed lanes.")


def _pause(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    services.pause_lead(actor=actor_of(request), at=now(), lead=one, **typed)
    return _("These days do not count.")


def _extend(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    reason = typed["text"]
    services.extend_lead(actor=actor_of(request), at=now(), lead=one, reason=reason)
    return _("The period is longer now.")


def _message(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    body = typed["text"]
    services.add_message(actor=actor_of(request), at=now(), lead=one, body=body)
    return _("Sent.")


def _answer(request: HttpRequest, one: Lead, typed: dict[str, Any]) -> str:
    text = typed["text"]
    services.answer_reporter(actor=actor_of(request), at=now(), lead=one, text=text)
    return _("Answered. The period for the answer is met.")


ACTS: dict[str, Callable[[HttpRequest, Lead, dict[str, Any]], str]] = {
    "accept": _accept,
    "answer": _answer,
    "close": _close,
    "extend": _extend,
    "lane": _lane,
    "merge": _merge,
    "message": _message,
    "pause": _pause,
    "refer": _refer,
}


def _form_of(name: str, request: HttpRequest, one: Lead) -> forms.Form | None:
    match name:
        case "close":
            return CloseForm(request.POST, prefix="close")
        case "refer":
            return ReferForm(request.POST, own=one.agency_id, prefix="refer")
        case "pause":
            return PauseForm(request.POST, prefix="pause")
        case "lane" | "extend" | "message" | "answer":
            return TextForm(request.POST, prefix=name)
    return None


def _show(
    request: HttpRequest, one: Lead, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = lead_context(actor_of(request), one, today())
    wrong, form = extra.pop("wrong", ""), extra.pop("form", None)
    if form is not None:
        context["forms"] = {**context["forms"], wrong: form}
        context["opened"] = wrong
    context |= extra
    return render(request, "workbench/leads/lead.html", context, status=status)


def _seen(request: HttpRequest, lead_id: UUID) -> Lead:
    seen = queries.visible_leads(actor_of(request))
    related = ("right", "agency", "merged_into", "referred_from__agency")
    return get_object_or_404(seen.select_related(*related), pk=lead_id)


def _saved(name: str, query: str, current: str) -> Filter:
    url = f"{reverse('workbench:leads')}?{query}"
    same = sorted(parse_qsl(query)) == sorted(parse_qsl(current))
    return Filter(name, url, current=same)


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return what was typed to close many leads at once."""
    return {name: request.POST.get(f"bulk-{name}", "") for name in ("reason", "text")}


def _flat(asked: Any) -> dict[str, Any]:
    return asked.dict() if isinstance(asked, QueryDict) else dict(asked)


def _tell(request: HttpRequest, done: int, refused: list[Lead]) -> None:
    words = ngettext("%(count)d lead done.", "%(count)d leads done.", done)
    messages.success(request, words % {"count": done})
    if refused:
        names = ", ".join(one.reference for one in refused)
        text = _("Not possible any more for: %(names)s.") % {"names": names}
        messages.warning(request, text)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
