"""Decisions at the workbench: the list, the draft, the page with its acts, letters."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hufu.base.errors import Refusal
from hufu.domain.cases import queries as case_queries
from hufu.domain.evidence import services as evidence
from hufu.domain.remedies import queries, services
from hufu.domain.remedies.models import Decision
from hufu.doors.identity import actor_of, now, today
from hufu.doors.letters.decision_pdf import letter_pdf
from hufu.doors.look.parts import Fact
from hufu.doors.storage.checking import checked_store
from hufu.doors.workbench.forms.decisions import DraftForm, initial_of
from hufu.doors.workbench.forms.remedies import ACTS
from hufu.engines.law import Bilingual, PenaltyRange, Ruling

PER_PAGE = 30
LANGUAGES = {"en": "en", "zh": "zh-hans"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the decisions of the cases one may see."""
    decisions = queries.visible_decisions(actor_of(request))
    state = request.GET.get("state", "")
    if state in Decision.State.values:
        decisions = decisions.filter(state=state)
    page = Paginator(decisions, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "states": Decision.State.choices, "state": state}
    return render(request, "workbench/remedies/index.html", context)


def draft(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write the first draft of a case's decision."""
    actor = actor_of(request)
    case = get_object_or_404(case_queries.visible_cases(actor), pk=case_id)
    if live := queries.decision_of_case(case.pk):
        return redirect("workbench:decision", live.pk)
    initial = {
        "rule": queries.suggested_rule(case),
        "acted_on": case.occurred_on or case.discovered_on,
        "order": True,
    }
    form = DraftForm(request.POST or None, today=today(), initial=initial)
    if _wants_saving(request) and form.is_valid():
        try:
            made = services.draft_decision(
                actor=actor, at=now(), case=case, proposal=form.proposal()
            )
            return redirect("workbench:decision", made.pk)
        except Refusal as refusal:
            _say(form, refusal)
    return _draft_page(request, form, {"case": case})


def edit(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Write a draft again."""
    actor, decision = actor_of(request), _decision(request, decision_id)
    initial = dict(initial_of(decision))
    form = DraftForm(request.POST or None, today=today(), initial=initial)
    if _wants_saving(request) and form.is_valid():
        try:
            services.revise_decision(
                actor=actor, at=now(), decision=decision, proposal=form.proposal()
            )
            return redirect("workbench:decision", decision.pk)
        except Refusal as refusal:
            _say(form, refusal)
    context = {"case": decision.case, "decision": decision}
    return _draft_page(request, form, context)


def _wants_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and "range" not in request.POST


def _draft_page(
    request: HttpRequest, form: DraftForm, context: dict[str, Any]
) -> HttpResponse:
    """Show the form, with the range for the facts as they are typed."""
    scope = None
    if form.is_bound and form.is_valid():
        try:
            scope = queries.range_for(form.findings(), today())
        except Refusal as refusal:
            _say(form, refusal)
    shown = scope_facts(scope) if scope else []
    context |= {"form": form, "scope": scope, "scope_facts": shown}
    return render(request, "workbench/remedies/draft.html", context)


def scope_facts(scope: PenaltyRange) -> list[Fact]:
    """Say a lawful range: from, to, by which working, under which articles."""
    language = get_language() or "en"
    return [
        Fact(_("Lawful fine"), f"{scope.unit} {scope.low:,.2f} – {scope.high:,.2f}"),
        Fact(_("Why"), "; ".join(w.say(language) for w in scope.working)),
        Fact(
            _("Law"),
            "; ".join(dict.fromkeys(r.source.cite(language) for r in scope.rulings)),
        ),
        Fact(
            _("It may also order"),
            "; ".join(o.say(language) for o in (*scope.orders, *scope.confiscation)),
        ),
    ]


def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Show a decision: what it orders, on which law, who has signed, what is next."""
    return _page(request, _decision(request, decision_id))


@require_POST
def act(request: HttpRequest, decision_id: UUID, verb: str) -> HttpResponse:
    """Do one act; a refusal is shown in its form with everything typed."""
    found = _decision(request, decision_id)
    if verb not in ACTS:
        raise Http404
    form = ACTS[verb](found, actor_of(request), request.POST, request.FILES)
    if form.attempt(now()):
        return redirect("workbench:decision", found.pk)
    found.refresh_from_db()
    return _page(request, found, {verb: form})


def _page(
    request: HttpRequest, found: Decision, tried: dict[str, Any] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    verbs = queries.open_acts(found, actor)
    tried = tried or {}
    forms = {v: ACTS[v](found, actor) for v in verbs if v in ACTS} | tried
    language = get_language() or "en"
    context = {
        "decision": found,
        "letter": queries.letter_of(found, language),
        "forms": list(forms.items()),
        "may_revise": "revise" in verbs,
        "may_download": queries.may_download(found, actor, now()),
        "doubtful": [
            ruling.title.say(language)
            for ruling in map(Ruling.from_json, found.range["rulings"])
            if not ruling.is_confirmed
        ],
        "cited": _cited(found, language),
        "balance": queries.balance(found, today()) if found.served_on else None,
        "signed": _signed(found),
        "tried": list(tried),
    }
    status = 409 if tried else 200
    return render(request, "workbench/remedies/decision.html", context, status=status)


def _cited(found: Decision, language: str) -> list[Fact]:
    scope = found.range
    amounts = f"{scope['unit']} {scope['low']} – {scope['high']}"
    working = "; ".join(Bilingual.of(w).say(language) for w in scope["working"])
    return [
        Fact(_("Violation"), Bilingual.of(scope["title"]).say(language)),
        Fact(_("Lawful fine"), amounts),
        Fact(_("Why"), working),
    ]


def _signed(found: Decision) -> list[Fact]:
    officers = (
        (_("Drafted by"), found.drafted_by),
        (_("Reviewed by"), found.reviewed_by),
        (_("Approved by"), found.approved_by),
    )
    return [
        Fact(label, who.get_full_name() or who.username) if who else Fact(label, "—")
        for label, who in officers
    ]


@require_safe
def letter(request: HttpRequest, decision_id: UUID, language: str) -> HttpResponse:
    """Show the letter as a page to print; a draft shows what it would say."""
    found = _decision(request, decision_id)
    words = queries.letter_of(found, LANGUAGES[language])
    context = {"letter": words, "decision": found}
    return render(request, "workbench/remedies/letter.html", context)


def pdf(request: HttpRequest, decision_id: UUID, language: str) -> HttpResponse:
    """Give the letter as PDF: the one kept, or a preview before it is issued."""
    found = _decision(request, decision_id)
    item = found.letter_zh if language == "zh" else found.letter_en
    if item is None:
        data = letter_pdf(queries.letter_of(found, LANGUAGES[language]))
    else:
        _kept, stream = evidence.download_item(
            actor=actor_of(request),
            at=now(),
            storage=checked_store(),
            item=item,
            purpose=found.reference,
        )
        with stream:
            data = stream.read()
    response = HttpResponse(data, content_type="application/pdf")
    name = f"{found.reference}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _decision(request: HttpRequest, decision_id: UUID) -> Decision:
    seen = queries.visible_decisions(actor_of(request))
    return get_object_or_404(seen, pk=decision_id)


def _say(form: DraftForm, refusal: Refusal) -> None:
    basis = f" ({refusal.basis})" if refusal.basis else ""
    form.add_error(None, f"{refusal.message}{basis}")
