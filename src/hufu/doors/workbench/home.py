"""The first page of an officer: what is theirs to do, and by when."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from hufu.domain.cases import queries
from hufu.domain.cases.workflow import FINAL
from hufu.domain.leads import queries as lead_queries
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import actor_of, today
from hufu.doors.workbench.case_page import clock_title

WEEK = 7
SHOWN = 10


def home(request: HttpRequest) -> HttpResponse:
    """Show tasks, what ends this week, what is overdue, and how much is new."""
    actor, day = actor_of(request), today()
    if not actor.is_officer:
        return redirect("portal:account")
    due = list(queries.due_clocks(actor, day, WEEK)[: 4 * SHOWN])
    overdue = [c for c in due if c.due_on < day]
    week = [c for c in due if c.due_on >= day]
    leads = lead_queries.visible_leads(actor).filter(state="new")
    context = {
        "tasks": queries.my_tasks(actor)[:SHOWN],
        "overdue": [(clock_title(c), c) for c in overdue[:SHOWN]],
        "week": [(clock_title(c), c) for c in week[:SHOWN]],
        "overdue_count": len(overdue),
        "week_count": len(week),
        "lead_count": leads.count() if actor.holds(Permission.LEAD_READ) else None,
        "case_count": queries.visible_cases(actor).exclude(state__in=FINAL).count(),
        "unread": queries.notifications(actor).filter(read_at=None)[:SHOWN],
        "week_ends": day + timedelta(days=WEEK),
        "leads_url": _url("workbench:leads"),
        "may_open": actor.holds(Permission.CASE_OPEN),
    }
    return render(request, "workbench/home.html", context)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
