"""Who works on which job, when each turn of the schedule is due, what was done once."""

from django.db import models
from django_tasks_db.models import DBTaskResult


class Lease(models.Model):
    """A worker's promise to finish a job, renewed while it is alive.

    The library marks a job as running and forgets it; after `kill -9` it would stay so
    for ever. `until` is empty between two attempts.
    """

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True)
    worker = models.CharField(max_length=64)
    attempt = models.PositiveSmallIntegerField()
    until = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.job_id} {self.attempt}"


class Turn(models.Model):
    """When a periodic job is to be queued next."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """That an effect happened. Written with the effect, in its transaction."""

    key = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
