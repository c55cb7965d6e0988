"""The jobs. Each may be killed anywhere and run again: its effect happens once."""

from datetime import timedelta

from django_tasks import task

from hufu.base.journal import sequence_entries
from hufu.doors.identity import now
from hufu.doors.jobs import services

KEEP_JOBS = timedelta(days=1)


@task()
def sequence_journal() -> int:
    """Give places to all entries that wait; an entry has one place (unique)."""
    batches = 0
    while sequence_entries(at=now()):
        batches += 1
    return batches


@task()
def prune_jobs() -> int:
    """Forget the jobs that ended more than a day ago."""
    return services.prune_jobs(before=now() - KEEP_JOBS)
