"""A job belongs to one worker at a time, and to none that has vanished."""

from datetime import timedelta

import effects
import pytest
from django_tasks_db.models import DBTaskResult

from hufu.doors.jobs import services
from hufu.doors.jobs.models import Turn
from hufu.doors.jobs.schedule import SCHEDULE, queue_due

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def job():
    return DBTaskResult.objects.get(pk=effects.faulty.enqueue().id)


def claim(at, worker="first"):
    return services.claim_job(at=at, worker=worker, term=MINUTE)


def test_a_job_is_claimed_once(now, job):
    assert claim(now).job == job
    assert claim(now, "second") is None


def test_a_living_worker_keeps_its_job(now, job):
    lease = claim(now)
    assert services.renew_lease(at=now + MINUTE / 2, lease=lease, term=MINUTE)
    assert services.reap_leases(at=now + MINUTE) == 0


def test_the_job_of_a_vanished_worker_goes_to_another(now, job):
    lost = claim(now)
    later = now + 2 * MINUTE
    assert services.reap_leases(at=later) == 1
    assert claim(later, "second").attempt == 2
    assert not services.renew_lease(at=later, lease=lost, term=MINUTE)
    assert not services.finish_job(at=later, lease=lost, value=None)
    assert not services.fail_job(at=later, lease=lost, error=ValueError())
    job.refresh_from_db()
    assert job.status == "RUNNING"


def test_a_job_that_raises_waits_longer_each_time_and_is_given_up(now, job):
    at, pauses = now, []
    for _ in range(services.MAX_ATTEMPTS):
        lease = claim(at)
        services.fail_job(at=at, lease=lease, error=ValueError("the row of Zhang San"))
        job.refresh_from_db()
        pauses.append((job.run_after - at).total_seconds())
        at = max(at, job.run_after)
    assert pauses[:4] == [10, 20, 40, 80]
    assert job.status == "FAILED"
    assert job.exception_class_path == "builtins.ValueError"
    assert "Zhang San" not in job.traceback
    assert services.retry_job(at=at, job=job)
    assert claim(at).attempt == 1


def test_what_is_due_is_queued_once_until_it_has_ended(now):
    names = {turn.task.name for turn in SCHEDULE}
    assert set(queue_due(at=now)) == names
    assert queue_due(at=now) == []
    # The next turn comes, but the one before still waits.
    assert queue_due(at=now + timedelta(days=1)) == []
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=now)
    assert set(queue_due(at=now + timedelta(days=3))) == names
    assert Turn.objects.count() == len(SCHEDULE)


def test_a_mark_is_made_once(now):
    assert services.mark_once(at=now, key="letter:1")
    assert not services.mark_once(at=now, key="letter:1")


def test_jobs_that_ended_well_are_forgotten_and_failed_ones_kept(now, job):
    services.finish_job(at=now, lease=claim(now), value=1)
    failed = DBTaskResult.objects.get(pk=effects.faulty.enqueue().id)
    DBTaskResult.objects.filter(pk=failed.pk).update(status="FAILED", finished_at=now)
    services.prune_jobs(before=now + MINUTE)
    assert list(DBTaskResult.objects.all()) == [failed]
