"""Importing a register from a file: asked for, read twice, written in batches."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.imports import DEFAULT_LIMITS, Rejection, UnreadableFile
from hufu.base.journal import record
from hufu.domain.people.models import Agency
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.imports import READERS, RightRow
from hufu.domain.rights.models import Import, RejectedRow
from hufu.domain.rights.services.rows import put_rows

# Writers wait for a batch; fewer of them write fewer pages of indexes twice.
BATCH = 4000

Open = Callable[[], BinaryIO]
Tell = Callable[[Import], None]


@dataclass(frozen=True)
class ImportFacts:
    """Which file, in which format, for which register (blank: the file's own)."""

    name: str
    format: str
    sha256: str
    size: int
    register: str = ""
    demo: bool = False


@transaction.atomic
def request_import(
    *, actor: Actor, at: datetime, facts: ImportFacts, agency: Agency | None = None
) -> Import:
    """Write down that a file is to be read, or return the import that did read it.

    An import that stopped half-way is returned too: `run_import` goes on with it.
    """
    if not actor.holds(Permission.IMPORT_RUN):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if facts.format not in READERS:
        raise Refusal("format_unknown", _("Choose one of the formats offered."))
    earlier = Import.objects.filter(
        format=facts.format, register=facts.register, demo=facts.demo, refusal={}
    ).first()
    if earlier and earlier.sha256 == facts.sha256:
        return earlier
    item = Import.objects.create(
        agency=agency,
        format=facts.format,
        register=facts.register,
        demo=facts.demo,
        name=facts.name[-200:],
        sha256=facts.sha256,
        size=facts.size,
        asked_by=actor.label,
        asked_at=at,
    )
    asked = {"sha256": item.sha256, "size": item.size, "format": item.format}
    record(item, "request", actor=actor, at=at, facts=asked)
    return item


def run_import(
    *,
    actor: Actor,
    at: datetime,
    item: Import,
    open_file: Open,
    tell: Tell | None = None,
) -> Import:
    """Read the file to its end, then write it in batches; go on where a run stopped.

    The first reading writes nothing, so a file that cannot be trusted changes nothing.
    Each batch is one transaction with its place in the file: nothing goes in twice.
    """
    if not item.running:
        return item
    if item.rows_total is None:
        try:
            total = sum(1 for _row in _read(item, open_file))
        except UnreadableFile as refusal:
            return _refuse(item, refusal, actor=actor, at=at)
        Import.objects.filter(pk=item.pk).update(rows_total=total)
        item.rows_total = total
    rows = islice(_read(item, open_file), item.rows_read, None)
    while batch := list(islice(rows, BATCH)):
        _put_batch(item, batch)
        if tell:
            tell(item)
    return _finish(item, actor=actor, at=at)


def _read(item: Import, open_file: Open) -> Iterator[RightRow | Rejection]:
    """Read the file anew, closing it at the end."""
    with open_file() as stream:
        yield from READERS[item.format](stream, DEFAULT_LIMITS)


@transaction.atomic
def _put_batch(item: Import, batch: Sequence[RightRow | Rejection]) -> None:
    """Write one batch and how far the file was read, unless another run did."""
    expected = item.rows_read
    taken = Import.objects.filter(
        pk=item.pk, rows_read=expected, finished_at=None
    ).update(rows_read=expected + len(batch))
    if taken != 1:
        raise Refusal("import_running", _("This import is already running."))
    rows = [row for row in batch if isinstance(row, RightRow)]
    rejected = [row for row in batch if isinstance(row, Rejection)]
    tally = put_rows(rows, register=item.register, demo=item.demo, batch=item)
    RejectedRow.objects.bulk_create(_rejected(item, rejected))
    Import.objects.filter(pk=item.pk).update(
        added=F("added") + tally.added,
        changed=F("changed") + tally.changed,
        unchanged=F("unchanged") + tally.unchanged,
        rejected=F("rejected") + len(rejected),
    )
    item.refresh_from_db()


def _rejected(item: Import, rows: Iterable[Rejection]) -> Iterator[RejectedRow]:
    for row in rows:
        yield RejectedRow(
            batch=item,
            line=row.line,
            field=row.field[:100],
            reason_code=row.reason_code,
            params=dict(row.params),
        )


@transaction.atomic
def _refuse(
    item: Import, refusal: UnreadableFile, *, actor: Actor, at: datetime
) -> Import:
    """Note that the file as a whole is not taken, and why."""
    item.refusal = {"code": refusal.code, "params": refusal.params}
    item.finished_at = at
    item.save(update_fields=["refusal", "finished_at"])
    record(item, "refuse", actor=actor, at=at, facts={"code": refusal.code})
    return item


@transaction.atomic
def _finish(item: Import, *, actor: Actor, at: datetime) -> Import:
    """Close the import with its manifest: one entry stands for all its rows."""
    left = Import.objects.filter(pk=item.pk, finished_at=None)
    if left.update(finished_at=at) == 1:
        item.refresh_from_db()
        record(item, "import", actor=actor, at=at, facts=_manifest(item))
    return item


def _manifest(item: Import) -> dict[str, object]:
    """Say what the file was and what became of its rows, all as figures and hashes."""
    contents = hashlib.sha256()
    for digest in item.rights.order_by("register", "source_id").values_list("digest"):
        contents.update(digest[0].encode())
    return {
        "sha256": item.sha256,
        "size": item.size,
        "format": item.format,
        "demo": item.demo,
        "rows": item.rows_read,
        "added": item.added,
        "changed": item.changed,
        "unchanged": item.unchanged,
        "rejected": item.rejected,
        "written": contents.hexdigest(),
    }
