"""Jobs with effects that can be counted: one careless, two that keep the rule.

The table `effect` has no constraint, so that an effect that happens twice shows.
"""

import time

from django.db import connection, transaction
from django_tasks import task

from hufu.doors.identity import now
from hufu.doors.jobs.services import mark_once

PAUSE = 0.03


def leave_effect(kind, number):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect VALUES (%s, %s)", [kind, number])


@task()
def careless(number):
    leave_effect("careless", number)
    time.sleep(PAUSE)


@task()
def marked(number):
    time.sleep(PAUSE)
    with transaction.atomic():
        if mark_once(at=now(), key=f"marked:{number}"):
            leave_effect("marked", number)
    time.sleep(PAUSE)


@task()
def moved(number):
    """Work in steps: each moves the record on, if it still stands where it did."""
    for step in range(3):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE walker SET step = %s WHERE number = %s AND step = %s",
                [step + 1, number, step],
            )
            if cursor.rowcount == 1:
                leave_effect(f"moved-{step}", number)
        time.sleep(PAUSE)


@task()
def poison():
    """Take the whole worker down, each time."""
    import os  # noqa: PLC0415 - nowhere else
    import signal  # noqa: PLC0415 - nowhere else

    os.kill(os.getpid(), signal.SIGKILL)


@task()
def faulty():
    raise ValueError("the row of Zhang San")
