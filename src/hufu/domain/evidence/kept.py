"""What is kept of proofs: stamps of the log, receipts as given, the log's keys."""

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


class KeptReceipt(models.Model):
    """A deposit's receipt as it was first given: signed, then proved, then stamped.

    The same bytes come back whatever happens to the deposit's row or to the log's
    key. Triggers refuse changes.
    """

    class Stage(models.TextChoices):
        """What the receipt carries: only the promise, its place, timestamps too."""

        SIGNED = "signed"
        PROVED = "proved"
        STAMPED = "stamped"

    deposit = models.ForeignKey(
        "evidence.Deposit", on_delete=models.PROTECT, related_name="receipts"
    )
    stage = models.CharField(max_length=10, choices=Stage)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="receipt_once", fields=["deposit", "stage"]),
        ]

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.stage}"


class LogKey(models.Model):
    """A verifier key of this office's log, and when it first signed here."""

    vkey = models.CharField(primary_key=True, max_length=300)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return self.vkey
