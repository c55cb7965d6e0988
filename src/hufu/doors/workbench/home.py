"""The first page of an officer: what is theirs to do, and by when."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from hufu.domain.cases import queries
from hufu.domain.cases.workflow import FINAL
from hufu.domain.leads import queries as lead_queries
from hufu.domain.leads.queries import COUNTED, InboxFilter
from hufu.domain.oversight.queries import owed_return
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import actor_of, today
from hufu.doors.workbench.case_page import clock_title

WEEK = 7
SHOWN = 10
PERIODS = 99
NEW = InboxFilter(state="new")


def home(request: HttpRequest) -> HttpResponse:
    """Show tasks, what ends this week, what is overdue, and how much is new."""
    actor, day = actor_of(request), today()
    if not actor.is_officer:
        return redirect("portal:account")
    due = queries.due_clocks(actor, day, WEEK)
    overdue, week = due.filter(due_on__lt=day), due.filter(due_on__gte=day)
    leads = lead_queries.inbox(actor, NEW, day)
    cases = queries.visible_cases(actor).exclude(state__in=FINAL)
    context = {
        "tasks": queries.my_tasks(actor)[:SHOWN],
        "overdue": [(clock_title(c), c) for c in overdue[:SHOWN]],
        "week": [(clock_title(c), c) for c in week[:SHOWN]],
        "overdue_count": _counted(overdue, PERIODS),
        "week_count": _counted(week, PERIODS),
        "lead_count": _counted(leads, COUNTED)
        if actor.holds(Permission.LEAD_READ)
        else None,
        "case_count": _counted(cases, COUNTED),
        "unread": queries.notifications(actor).filter(read_at=None)[:SHOWN],
        "week_ends": day + timedelta(days=WEEK),
        "owed": owed_return(actor, day),
        "leads_url": _url("workbench:leads"),
        "may_open": actor.holds(Permission.CASE_OPEN),
    }
    return render(request, "workbench/home.html", context)


def _counted(rows: QuerySet[Any], most: int) -> str:
    """Count up to a bound: beyond it "and more" costs the same at any size."""
    count = rows[: most + 1].count()
    return f"{most:,}+" if count > most else str(count)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
