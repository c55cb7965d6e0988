"""Files that arrive in parts, until they are whole and deposited, or forgotten."""

import uuid

from django.db import models
from django.db.models import F, Q


class PartialUpload(models.Model):
    """A file on its way in: how much of it is here, and until when that is kept.

    `sha256` is what the sender states, `mark` what the sender knows the file by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="uploads"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=100, blank=True)
    arrived = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    deposit = models.ForeignKey(
        "evidence.Deposit", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                name="upload_not_overfull", condition=Q(arrived__lte=F("size"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Say whether all of it is here."""
        return self.arrived == self.size


class UploadPart(models.Model):
    """A piece of a file that lies on the disk: it was counted after it was written."""

    upload = models.ForeignKey(
        PartialUpload, on_delete=models.CASCADE, related_name="parts"
    )
    offset = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["upload", "offset"]
        constraints = [
            models.UniqueConstraint(name="part_once", fields=["upload", "offset"]),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.offset}"
