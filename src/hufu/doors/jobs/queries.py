"""What waits, what runs and what failed: for whoever operates the installation."""

from typing import Any

from django.db.models import Count, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def count_jobs() -> dict[str, int]:
    """Count the jobs in each state."""
    counted = DBTaskResult.objects.order_by().values_list("status")
    found = dict(counted.annotate(count=Count("pk")))
    return {state: found.get(state, 0) for state in TaskResultStatus.values}


def failed_jobs() -> QuerySet[DBTaskResult[..., Any]]:
    """Return the jobs that were given up, the latest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")
