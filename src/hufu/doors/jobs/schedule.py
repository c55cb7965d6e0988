"""What runs again and again, and how often."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import Task

from hufu.doors.jobs import services, tasks


@dataclass(frozen=True)
class Periodic:
    """A job that is queued every so often, unless the one before still waits."""

    task: Task[[], Any]
    every: timedelta


SCHEDULE = (
    Periodic(tasks.sequence_journal, timedelta(seconds=5)),
    Periodic(tasks.extend_log, timedelta(seconds=5)),
    Periodic(tasks.stamp_log, timedelta(minutes=1)),
    Periodic(tasks.mail_notifications, timedelta(minutes=1)),
    Periodic(tasks.count_public_figures, timedelta(hours=1)),
    Periodic(tasks.expire_notices, timedelta(hours=1)),
    Periodic(tasks.commit_lists, timedelta(minutes=10)),
    Periodic(tasks.drop_expired_drafts, timedelta(minutes=10)),
    Periodic(tasks.drop_expired_uploads, timedelta(minutes=10)),
    Periodic(tasks.erase_expired, timedelta(hours=24)),
    Periodic(tasks.remind_teams, timedelta(hours=6)),
    Periodic(tasks.sweep_sources, timedelta(hours=24)),
    Periodic(tasks.index_register, timedelta(minutes=10)),
    Periodic(tasks.prune_jobs, timedelta(hours=1)),
)


def queue_due(*, at: datetime) -> list[str]:
    """Queue what is due; return the names."""
    return [
        turn.task.name
        for turn in SCHEDULE
        if services.queue_turn(
            at=at, name=turn.task.name, every=turn.every, task=turn.task
        )
    ]
