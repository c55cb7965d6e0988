"""Jobs that read files and compare offers; each goes on where a killed one stopped."""

import shutil
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django_tasks import task

from hufu.domain.people.actors import Clockwork
from hufu.domain.rights.models import Import
from hufu.domain.rights.services import run_import
from hufu.domain.watch.models import Feed, Source
from hufu.domain.watch.services import run_sweep, take_feed
from hufu.doors.identity import now
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.compiling import wait_compiled

IN_MEMORY = 16 * 1024 * 1024


def kept(sha256: str) -> BinaryIO:
    """Open a file of the store so that it can be read from any place: ZIP, Parquet."""
    folder = str(settings.FILE_UPLOAD_TEMP_DIR)
    file = SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 - the reader closes it
    with blob_store().open(sha256) as stream:
        shutil.copyfileobj(stream, file)
    file.seek(0)
    return cast("BinaryIO", file)


@task()
def import_rights(import_id: str) -> int:
    """Bring in a register from a file in the store; say how many rows were read."""
    item = Import.objects.get(pk=import_id)
    run_import(
        actor=Clockwork(),
        at=now(),
        item=item,
        open_file=lambda: kept(item.sha256),
    )
    return item.rows_read


@task()
def take_offers(feed_id: str) -> int:
    """Bring in a feed from a file in the store; say how many rows were read."""
    feed = Feed.objects.select_related("source").get(pk=feed_id)
    take_feed(
        actor=Clockwork(),
        at=now(),
        feed=feed,
        open_file=lambda: kept(feed.sha256),
    )
    return feed.rows_read


@task()
def sweep_source(source_id: str, scope: str) -> int:
    """Compare a source's offers with the monitored rights; say how many leads came."""
    wait_compiled()
    source = Source.objects.select_related("agency").get(pk=source_id)
    actor = Clockwork(agencies=frozenset({source.agency_id}))
    return run_sweep(actor=actor, at=now(), source=source, scope=scope).leads_opened
