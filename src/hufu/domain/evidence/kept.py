"""Stamps over checkpoints of the log, and authorities that give none."""

from django.db import models


class Stamp(models.Model):
    """An authority's answer as it came, and the checkpoint that it stamped.

    One stamp covers every leaf under its checkpoint. Triggers refuse changes.
    """

    log = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    authority = models.CharField(max_length=100)
    own = models.BooleanField()
    reply = models.BinaryField()
    roots = models.TextField()
    stamped_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["log", "size", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="stamp_once", fields=["log", "size", "authority"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.size} {self.authority}"


class StampTrouble(models.Model):
    """That an authority gives no stamp that holds, since when and why."""

    authority = models.CharField(primary_key=True, max_length=100)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["authority"]

    def __str__(self) -> str:
        return f"{self.authority}: {self.reason}"
