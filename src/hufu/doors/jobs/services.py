"""Claiming, renewing, finishing and retrying jobs; queueing what the schedule wants."""

import traceback
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from hufu.doors.jobs.models import Lease, Mark, Turn

MAX_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=10)  # doubled before each further attempt
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
VANISHED = "hufu.doors.jobs.WorkerVanished"


@transaction.atomic
def claim_job(*, at: datetime, worker: str, term: timedelta) -> Lease | None:
    """Take the next job that is ready, for a term; None where nothing waits."""
    ready = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=at), status=READY
    )
    job = ready.select_for_update(skip_locked=True).first()
    if job is None:
        return None
    earlier = Lease.objects.filter(job=job).first()
    attempt = earlier.attempt + 1 if earlier else 1
    lease, _ = Lease.objects.update_or_create(
        job=job, defaults={"worker": worker, "attempt": attempt, "until": at + term}
    )
    job.status, job.started_at = RUNNING, at
    job.worker_ids = [*job.worker_ids, worker]
    job.save(update_fields=["status", "started_at", "worker_ids"])
    return lease


def renew_lease(*, at: datetime, lease: Lease, term: timedelta) -> bool:
    """Promise another term; say False where the job was given to somebody else."""
    return _held(lease).update(until=at + term) == 1


@transaction.atomic
def finish_job(*, at: datetime, lease: Lease, value: Any) -> bool:
    """Note that the job is done; say False where the lease was lost meanwhile."""
    if not _held(lease).select_for_update().exists():
        return False
    DBTaskResult.objects.filter(pk=lease.job_id).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=at, return_value=value
    )
    _held(lease).delete()
    return True


@transaction.atomic
def fail_job(*, at: datetime, lease: Lease, error: BaseException) -> bool:
    """Queue another attempt after a pause, or note for good that the job failed."""
    if not _held(lease).select_for_update().exists():
        return False
    # The frames only: a message may quote the row that did not fit.
    frames = "".join(traceback.format_tb(error.__traceback__))
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    again_at = at + FIRST_PAUSE * 2 ** (lease.attempt - 1)
    _end_attempt(lease, at=at, again_at=again_at, cause=(name, frames))
    return True


@transaction.atomic
def reap_leases(*, at: datetime) -> int:
    """Take back the jobs of workers that no longer answer. Return how many."""
    expired = Lease.objects.filter(until__lt=at, job__status=RUNNING)
    leases = list(expired.select_for_update(skip_locked=True, of=("self",)))
    for lease in leases:
        _end_attempt(lease, at=at, again_at=at, cause=(VANISHED, ""))
    return len(leases)


def _held(lease: Lease) -> QuerySet[Lease]:
    """Return the lease as a query that is empty once somebody else has the job."""
    return Lease.objects.filter(
        job_id=lease.job_id,
        worker=lease.worker,
        attempt=lease.attempt,
        until__isnull=False,
    )


def _end_attempt(
    lease: Lease, *, at: datetime, again_at: datetime, cause: tuple[str, str]
) -> None:
    job = DBTaskResult.objects.filter(pk=lease.job_id, status=RUNNING)
    if lease.attempt < MAX_ATTEMPTS:
        job.update(status=READY, run_after=again_at)
        Lease.objects.filter(pk=lease.pk).update(until=None)
        return
    job.update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=cause[0],
        traceback=cause[1],
    )
    Lease.objects.filter(pk=lease.pk).delete()


@transaction.atomic
def retry_job(*, at: datetime, job: DBTaskResult[..., Any]) -> bool:
    """Give a job that failed for good another round of attempts."""
    failed = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.FAILED)
    return failed.update(status=READY, run_after=at, finished_at=None) == 1


@transaction.atomic
def queue_turn(
    *, at: datetime, name: str, every: timedelta, task: Task[[], Any]
) -> bool:
    """Queue a periodic job when it is due and the one before it has ended."""
    turn, _ = Turn.objects.get_or_create(name=name, defaults={"due_at": at})
    due = Turn.objects.filter(pk=turn.pk, due_at__lte=at)
    if due.update(due_at=at + every) != 1:
        return False
    waiting = DBTaskResult.objects.filter(
        task_path=task.module_path, status__in=[READY, RUNNING]
    )
    if waiting.exists():
        return False
    task.enqueue()
    return True


def mark_once(*, at: datetime, key: str) -> bool:
    """Mark an effect as happened; say False where it already had.

    Call it inside the transaction that has the effect: both last, or neither.
    """
    try:
        # A rival that has the mark but has not committed is waited for.
        with transaction.atomic():
            Mark.objects.create(key=key, at=at)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def prune_jobs(*, before: datetime) -> int:
    """Forget jobs that ended well before an instant. Failed ones stay to be seen."""
    done = DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before
    )
    return done.delete()[0]
