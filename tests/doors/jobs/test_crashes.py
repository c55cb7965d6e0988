"""A worker killed anywhere, again and again, leaves every effect exactly once."""

import contextlib
import random
import time
from pathlib import Path

import pytest

EFFECTS = Path(__file__).parent
JOBS, KILLS, ROUNDS = 40, 8, 200
SETUP = """
import django; django.setup()
from django.db import connection
import effects
from hufu.domain.people.actors import Clockwork
from hufu.base.journal import record
from hufu.base.models import Batch
from hufu.doors.identity import now
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE effect (kind text, number integer)")
    cursor.execute("CREATE TABLE walker (number integer, step integer)")
for number in range({jobs}):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO walker VALUES (%s, 0)", [number])
    effects.careless.enqueue(number)
    effects.marked.enqueue(number)
    effects.moved.enqueue(number)
    from django_tasks_db.models import DBTaskResult
    subject = DBTaskResult.objects.first()
    record(subject, "test:job:queue", actor=Clockwork(), at=now())
"""
WAITING = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
waiting = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"])
print(waiting.exclude(task_path__startswith="hufu.").count())
"""
RESULT = """
import django; django.setup()
from collections import Counter
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hufu.base.journal import verify_journal, sequence_entries
from hufu.base.models import Entry
from hufu.doors.identity import now
while sequence_entries(at=now()):
    pass
with connection.cursor() as cursor:
    cursor.execute("SELECT kind, number FROM effect")
    counted = Counter(tuple(row) for row in cursor.fetchall())
for kind in ("careless", "marked", "moved-0", "moved-1", "moved-2"):
    times = [n for (k, _), n in counted.items() if k == kind]
    print(kind, len(times), max(times))
print("breaks", len(list(verify_journal())), Entry.objects.filter(place=None).count())
done = DBTaskResult.objects.filter(task_path__startswith="effects.")
print("done", *sorted(set(done.values_list("status", flat=True))))
print("again", max(len(job.worker_ids) for job in done))
"""


@contextlib.contextmanager
def running(house):
    worker = house.start("worker", "--term", "0.6", "--interval", "0.05")
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def kill_at_random(house, chance):
    """Let a worker start, then kill -9 it somewhere in its work."""
    with running(house) as worker:
        worker.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.9))


def finish(house):
    with running(house), running(house):
        for _ in range(ROUNDS):
            if house.python(WAITING).strip() == "0":
                return
    pytest.fail("the jobs did not end")


def outcome(house):
    lines = (line.split() for line in house.python(RESULT).splitlines())
    return {name: values for name, *values in lines}


@pytest.fixture
def house(installation):
    return installation.with_modules(EFFECTS)


def test_every_effect_happens_once_however_often_the_worker_is_killed(house):
    house.python(SETUP.format(jobs=JOBS))
    chance = random.Random(20191124)  # noqa: S311 - the same points each run
    for _ in range(KILLS):
        kill_at_random(house, chance)
    finish(house)
    result = outcome(house)
    for kind in ("marked", "moved-0", "moved-1", "moved-2"):
        assert result[kind] == [str(JOBS), "1"], kind
    assert result["breaks"] == ["0", "0"]
    assert result["done"] == ["SUCCESSFUL"]
    # The kills did strike work, or the test would show nothing.
    assert int(result["again"][0]) > 1


def test_a_job_that_kills_its_worker_is_given_up_and_seen(house):
    house.python(
        "import django; django.setup(); import effects; effects.poison.enqueue()"
    )
    for _ in range(5):
        with running(house) as worker:
            assert worker.wait(60) == -9
    with running(house):
        for _ in range(ROUNDS):
            if house.python(WAITING).strip() == "0":
                break
    shown = house.python(
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('jobs')"
    )
    assert "effects.poison: hufu.doors.jobs.WorkerVanished" in shown
