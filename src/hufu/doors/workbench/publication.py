"""Notices at the workbench: what is due, the proposal, the second officer's look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hufu.base.errors import Refusal
from hufu.domain.people.models import Account
from hufu.domain.publication import queries, services
from hufu.domain.publication.models import Notice
from hufu.domain.remedies import queries as remedies
from hufu.domain.remedies.models import Decision
from hufu.doors.identity import actor_of, now, today
from hufu.doors.workbench.forms.publication import ChoicesForm, WithdrawForm

PER_PAGE = 30
LANGUAGES = ("en", "zh")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what must be published or taken down, by when, and what is shown now."""
    actor = actor_of(request)
    shown = queries.visible_notices(actor).exclude(published_on=None)
    context = {
        "due": queries.publications_due(actor),
        "takedowns": queries.takedowns_due(actor),
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "today": today(),
        # Whoever may not see the file of a decision is not led there.
        "seen": set(remedies.visible_decisions(actor).values_list("pk", flat=True)),
    }
    return render(request, "workbench/publication/index.html", context)


def draft(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Choose what the notice of a decision leaves out, from the proposal."""
    actor = actor_of(request)
    seen = remedies.visible_decisions(actor)
    decision = get_object_or_404(seen, pk=decision_id)
    notice = queries.live_notice(decision)
    if notice is not None and notice.state != Notice.State.DRAFTED:
        return redirect("workbench:notice", notice.pk)
    passages = queries.passages_of(decision)
    initial = _initial(notice)
    form = ChoicesForm(request.POST or None, passages=passages, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _save(actor, decision, notice, form)
            return redirect("workbench:notice", made.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "decision": decision, "notice": notice}
    context["texts"] = [
        (language, queries.proposed_pieces(decision, language))
        for language in LANGUAGES
    ]
    return render(request, "workbench/publication/draft.html", context)


def _save(
    actor: Account, decision: Decision, notice: Notice | None, form: ChoicesForm
) -> Notice:
    choices = form.choices()
    if notice is None:
        return services.draft_notice(
            actor=actor, at=now(), decision=decision, choices=choices
        )
    return services.revise_notice(actor=actor, at=now(), notice=notice, choices=choices)


def _initial(notice: Notice | None) -> dict[str, Any]:
    if notice is None:
        return {"term": Notice.Term.OTHER}
    kept = [
        f"{language}:{span['start']}:{span['end']}"
        for language, spans in notice.kept.items()
        for span in spans
    ]
    return {
        "term": notice.term,
        "term_reason": notice.term_reason,
        "keep": kept,
        "keep_reason": notice.kept_reason,
    }


@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Show a notice beside the decision's words, for whoever may see the file."""
    return _page(request, _notice(request, notice_id), WithdrawForm())


@require_POST
def act(request: HttpRequest, notice_id: UUID, verb: str) -> HttpResponse:
    """Confirm, reopen, publish or withdraw."""
    found, form = _notice(request, notice_id), WithdrawForm(request.POST)
    said: dict[str, Any] = {"actor": actor_of(request), "at": now(), "notice": found}
    try:
        if verb == "confirm":
            seen = request.POST.get("seen", "")
            services.confirm_notice(**said, seen=seen)
        elif verb == "reopen":
            services.reopen_notice(**said)
        elif verb == "publish":
            services.publish_notice(**said)
        elif verb == "withdraw":
            form.full_clean()
            services.withdraw_notice(**said, reason=request.POST.get("reason", ""))
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, refusal.message)
        found.refresh_from_db()
        return _page(request, found, form, status=409)
    messages.success(request, _("Done."))
    return redirect("workbench:notice", found.pk)


def _page(
    request: HttpRequest, found: Notice, form: WithdrawForm, *, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "notice": found,
        "verbs": queries.open_acts(found, actor),
        "form": form,
        "seen": services.words_digest(found),
        "texts": [(each, queries.difference(found, each)) for each in LANGUAGES],
        "public": found.shown_on(today()),
    }
    return render(request, "workbench/publication/notice.html", context, status=status)


def _notice(request: HttpRequest, notice_id: UUID) -> Notice:
    """Find a notice whose file the officer may read."""
    seen = queries.readable_notices(actor_of(request))
    return get_object_or_404(seen, pk=notice_id)
