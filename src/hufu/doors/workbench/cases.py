"""Cases: the list, the page of one case, its acts, and opening one."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hufu.base.clocks import explain_clock
from hufu.domain.cases import queries, services
from hufu.domain.cases.models import Case, Task
from hufu.domain.cases.queries import CaseFilter
from hufu.domain.leads import queries as lead_queries
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.remedies.queries import decision_of_case, may_draft
from hufu.doors.identity import actor_of, now, today
from hufu.doors.look.parts import Filter
from hufu.doors.workbench import case_page
from hufu.doors.workbench.case_forms import FORMS, offered
from hufu.doors.workbench.forms.case_base import ActForm
from hufu.doors.workbench.forms.case_opening import FilterForm, OpenForm
from hufu.doors.workbench.forms.case_served import Notify

PER_PAGE = 25


def visible_case(actor: Account, case_id: UUID) -> Case:
    """Return a case the officer may see; any other does not exist."""
    cases = queries.visible_cases(actor).select_related("agency", "right", "override")
    return get_object_or_404(cases, pk=case_id)


def cases(request: HttpRequest) -> HttpResponse:
    """List cases, what is overdue first."""
    actor = actor_of(request)
    form = FilterForm(request.GET or None, initial={"state": CaseFilter().state})
    asked = CaseFilter()
    if form.is_bound and form.is_valid():
        asked = replace(asked, **form.cleaned_data)
    found = queries.list_cases(actor, asked, today())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "saved": _views(request)}
    context["may_open"] = actor.holds(Permission.CASE_OPEN)
    return render(request, "workbench/cases/list.html", context)


def _views(request: HttpRequest) -> list[Filter]:
    here = request.GET.urlencode()
    views = (
        (_("Under way"), ""),
        (_("Mine"), "state=open&mine=on"),
        (_("Overdue"), "state=open&overdue=on"),
        (_("All"), "state="),
    )
    return [Filter(str(n), f"?{q}", current=here == q) for n, q in views]


def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one case; whoever looks from outside the team leaves an entry."""
    actor = actor_of(request)
    found = visible_case(actor, case_id)
    services.oversee_case(actor=actor, at=now(), case=found)
    drafting = may_draft(found, actor)
    context = case_page.context_of(found, actor, today())
    context |= {"decision": decision_of_case(found.pk), "may_draft": drafting}
    return render(request, "workbench/cases/case.html", context)


@never_cache
def act(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """Show one act as a form and do it; nothing typed is lost on a refusal."""
    actor = actor_of(request)
    found = visible_case(actor, case_id)
    open_forms, posted = offered(found, actor), request.method == "POST"
    form_class = open_forms.get(code)
    if form_class is None:
        if not posted:
            raise Http404
        return _too_late(request, found, code, FORMS.get(code) if open_forms else None)
    data = (request.POST, request.FILES) if posted else ()
    form = form_class(found, actor, *data)
    if posted and form.attempt(now()):
        if isinstance(form, Notify):
            return _notice(request, found, form)
        messages.success(request, _("Done: %s") % form.title)
        if not queries.visible_cases(actor).filter(pk=found.pk).exists():
            return redirect("workbench:cases")
        return redirect("workbench:case", case_id)
    context = {"case": found, "form": form, "code": code}
    status = 409 if posted and form.non_field_errors() else 200
    return render(request, "workbench/cases/act.html", context, status=status)


def _too_late(
    request: HttpRequest, found: Case, code: str, form_class: type[ActForm] | None
) -> HttpResponse:
    """Say that an act is closed by now, and show what was typed for it."""
    words = _("This is not possible in the present state.")
    if form_class is None:
        messages.error(request, words)
        return redirect("workbench:case", found.pk)
    form = form_class(found, actor_of(request), request.POST, request.FILES)
    form.full_clean()
    form.add_error(None, words)
    context = {"case": found, "form": form, "code": code}
    return render(request, "workbench/cases/act.html", context, status=409)


def _notice(request: HttpRequest, found: Case, form: Notify) -> HttpResponse:
    """Show the notice with its code, once: the code itself is stored nowhere."""
    party = form.cleaned_data["party"]
    context = {
        "case": found,
        "party": party,
        "code": form.code,
        "intention": queries.served_intention(party),
        "clocks": [
            (case_page.clock_title(clock), clock)
            for clock in queries.respondent_clocks(party)
        ],
    }
    return render(request, "workbench/cases/notice.html", context)


def why(request: HttpRequest, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """Explain the date of a period: days counted, days skipped, and the article."""
    found = visible_case(actor_of(request), case_id)
    clock = get_object_or_404(found.clocks, pk=clock_id)
    language = get_language() or "en"
    explained = explain_clock(clock)
    context = {
        "case": found,
        "clock": clock,
        "title": case_page.clock_title(clock),
        "sentences": [s.say(language) for s in explained.sentences],
        "days": [(d.on, d.number, d.reason.say(language)) for d in explained.days],
    }
    return render(request, "workbench/cases/why.html", context)


def open_case(request: HttpRequest) -> HttpResponse:
    """Propose a case for filing, from a lead when one is named."""
    actor = actor_of(request)
    lead = None
    if wanted := request.GET.get("lead") or request.POST.get("lead"):
        leads = lead_queries.visible_leads(actor)
        try:
            lead = leads.filter(pk=UUID(wanted)).first()
        except ValueError:
            lead = None
        if lead is None:
            raise Http404
    form = OpenForm(lead, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        opened = form.attempt(actor, now())
        if opened is not None:
            messages.success(request, _("Case %s was proposed.") % opened.number)
            return redirect("workbench:case", opened.pk)
    context = {"form": form, "lead": lead}
    return render(request, "workbench/cases/open.html", context)


@require_POST
def finish_task(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Mark one's own task as done."""
    actor = actor_of(request)
    found = visible_case(actor, case_id)
    task = get_object_or_404(Task, pk=task_id, case=found)
    services.finish_task(actor=actor, at=now(), task=task)
    return redirect("workbench:case", case_id)


def notifications(request: HttpRequest) -> HttpResponse:
    """Show what the officer was told; reading it is a click."""
    actor = actor_of(request)
    if request.method == "POST":
        services.read_notifications(actor=actor, at=now())
        return redirect("workbench:notifications")
    page = Paginator(queries.notifications(actor), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page_obj": page}
    return render(request, "workbench/cases/notifications.html", context)
