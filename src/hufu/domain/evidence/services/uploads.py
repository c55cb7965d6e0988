"""Taking a file in by parts. Only the deposit it becomes is an act of the journal.

A part is written first and counted afterwards: whoever is told that it arrived can
rely on it, and what a crash cuts off is asked for again.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.storage import Storage
from hufu.domain.evidence import flood, queries
from hufu.domain.evidence.files import (
    KeptFile,
    StatedFile,
    check_type,
    clean_name,
    keep_file,
)
from hufu.domain.evidence.models import Deposit
from hufu.domain.evidence.services.deposits import check_may_add
from hufu.domain.evidence.services.proving import (
    DepositFacts,
    check_sha256,
    deposit_file,
)
from hufu.domain.evidence.uploads import PartialUpload, UploadPart
from hufu.domain.people.models import Account

LIFE = timedelta(days=3)  # to go on with it
TELLING = 8192  # bytes from which the kind of a file can be told
MIB = 1024 * 1024


@dataclass(frozen=True)
class UploadFacts:
    """What its sender says of a file before it comes: `size` in bytes."""

    name: str
    size: int
    sha256: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Stores:
    """Where the parts of one upload lie, and where whole files are kept."""

    parts: Storage
    whole: Storage


@transaction.atomic
def begin_upload(*, actor: Account, at: datetime, facts: UploadFacts) -> PartialUpload:
    """Begin to take a file in; nothing of it is here yet."""
    check_may_add(actor)
    sha256 = check_sha256(facts.sha256) if facts.sha256 else ""
    if not facts.size:
        raise Refusal("file_empty", _("The file is empty. Choose it again."))
    if facts.size > settings.HUFU_DEPOSIT_LIMIT:
        message = _("The file is larger than %(limit)d MB.")
        said = {"limit": settings.HUFU_DEPOSIT_LIMIT // MIB}
        raise Refusal("file_too_large", message % said)
    # Two that begin at once would each find room for itself.
    Account.objects.select_for_update().get(pk=actor.pk)
    count, size = queries.waiting_uploads(actor, at)
    flood.check_waiting(count + 1, size + facts.size)
    return PartialUpload.objects.create(
        account=actor,
        name=clean_name(facts.name),
        size=facts.size,
        sha256=sha256,
        mark=facts.mark,
        started_at=at,
        expires_at=at + LIFE,
    )


def add_part(
    *, storage: Storage, upload: PartialUpload, offset: int, content: bytes
) -> int:
    """Keep a part that begins at `offset`, then count it; return where the next begins.

    `storage` is for the parts of this upload alone.
    """
    stored = storage.put(io.BytesIO(content), len(content))
    if offset == 0 and (len(content) >= TELLING or len(content) == upload.size):
        check_type(storage.type_of(stored.sha256))
    with transaction.atomic():
        here = PartialUpload.objects.filter(
            pk=upload.pk, arrived=offset, size__gte=offset + len(content), deposit=None
        )
        if not here.update(arrived=F("arrived") + len(content)):
            raise Refusal(
                "offset_conflict",
                _("The file is not here up to this place, or further. Ask how far."),
            )
        UploadPart.objects.create(upload=upload, offset=offset, sha256=stored.sha256)
    return offset + len(content)


def finish_upload(
    *, actor: Account, at: datetime, upload: PartialUpload, stores: Stores, note: str
) -> Deposit:
    """Put the parts together and deposit the file; asked again, give the same."""
    if upload.deposit:
        return upload.deposit
    if not upload.is_whole:
        raise Refusal("incomplete", _("The file has not arrived as a whole yet."))
    stream = StatedFile(_Joined(stores.parts, upload), upload.sha256)
    kept = keep_file(
        storage=stores.whole, stream=stream, name=upload.name, limit=upload.size
    )
    facts = DepositFacts(note=note)
    return _deposit(actor, at, upload, kept, facts)


@transaction.atomic
def _deposit(
    actor: Account,
    at: datetime,
    upload: PartialUpload,
    kept: KeptFile,
    facts: DepositFacts,
) -> Deposit:
    held = PartialUpload.objects.select_for_update().get(pk=upload.pk)
    if held.deposit:
        return held.deposit
    held.deposit = deposit_file(actor=actor, at=at, kept=kept, facts=facts)
    held.save(update_fields=["deposit"])
    held.parts.all().delete()
    return held.deposit


@transaction.atomic
def drop_upload(*, upload: PartialUpload) -> None:
    """Forget a file that was not deposited; its parts are the door's to remove."""
    PartialUpload.objects.filter(pk=upload.pk, deposit=None).delete()


def drop_expired_uploads(*, at: datetime) -> list[UUID]:
    """Forget every upload whose time is over; return the ones that stay."""
    PartialUpload.objects.filter(expires_at__lte=at).delete()
    return list(PartialUpload.objects.filter(deposit=None).values_list("pk", flat=True))


class _Joined:
    """The parts of an upload, read as one file."""

    def __init__(self, storage: Storage, upload: PartialUpload) -> None:
        self._blocks = self._read(storage, upload)

    @staticmethod
    def _read(storage: Storage, upload: PartialUpload) -> Iterator[bytes]:
        for part in upload.parts.all():
            try:
                with storage.open(part.sha256) as stream:
                    yield stream.read()
            except FileNotFoundError as error:
                # After a restore: parts are in no backup.
                message = _("Parts of the file are gone. Drop it and send it again.")
                raise Refusal("parts_missing", message) from error

    def read(self, size: int = -1, /) -> bytes:
        """Return the next part, whatever its size; nothing at the end."""
        del size
        return next(self._blocks, b"")
