"""The job that captures a page which an officer asked for."""

import io
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task

from hufu.base.errors import Refusal
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case
from hufu.domain.evidence import services
from hufu.domain.evidence.models import Capture
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.doors.capture.addresses import Network
from hufu.doors.capture.binding import outline
from hufu.doors.capture.outcomes import Asked, Captured, CaptureFailed
from hufu.doors.capture.pages import INTERNET, capture_page
from hufu.doors.identity import now
from hufu.doors.jobs.officeseal import capturing_office
from hufu.doors.storage.blobs import blob_store

TOO_LARGE = CaptureFailed("too_large")
log = logging.getLogger("hufu.captures")


@task()
def run_capture(capture_id: str) -> str:
    """Capture the page, unless an earlier run came to its end; say how it ended."""
    captures = Capture.objects.select_related("account", "agency")
    capture = captures.get(pk=capture_id)
    if capture.state == Capture.State.ASKED:
        capture = perform_capture(capture)
    return str(capture.state)


def perform_capture(capture: Capture, network: Network = INTERNET) -> Capture:
    """Capture the page and keep it; where there is none, keep why and what came."""
    body = capture.agency.name_zh
    asked = Asked(capture.url, capture.account.label, capture.purpose, body)
    # Beside the data: what lies there for a minute is evidence already.
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        office = capturing_office()
        try:
            done = capture_page(asked, Path(folder), network, office=office)
        except CaptureFailed as failed:
            files = _keep_files(failed.kept) if failed.kept else services.NO_FILES
            return _fail(capture, failed, files)
        files = _keep_files(done)
    if files.archive is None:
        return _fail(capture, TOO_LARGE, files)
    with transaction.atomic():
        kept = services.keep_capture(
            actor=capture.account, at=now(), capture=capture, files=files
        )
        return _hand_on(kept)


def _keep_files(done: Captured) -> services.CaptureFiles:
    """Put into the store what it takes: nothing, where the archive is too large."""
    store, told, shot = blob_store(), outline(done), None
    try:
        with done.file.open("rb") as stream:
            archive = services.keep_file(storage=store, stream=stream)
        if done.screenshot:
            picture = io.BytesIO(done.screenshot)
            shot = services.keep_file(storage=store, stream=picture)
    except Refusal:
        return services.CaptureFiles(told)
    return services.CaptureFiles(told, archive, shot)


def _fail(
    capture: Capture, failed: CaptureFailed, files: services.CaptureFiles
) -> Capture:
    failure = services.CaptureFailure(failed.code, failed.detail, files)
    with transaction.atomic():
        ended = services.fail_capture(
            actor=capture.account, at=now(), capture=capture, failure=failure
        )
        return _hand_on(ended)


def _hand_on(capture: Capture) -> Capture:
    """Tie what came to the case or lead that wanted it.

    Where that is refused, because the case ended meanwhile, say, it is kept all the
    same; the page of the capture shows that it is not tied.
    """
    kind, _, key = capture.about.partition(":")
    said: dict[str, Any] = {
        "actor": capture.account,
        "at": now(),
        "capture": capture,
    }
    try:
        if kind == "case":
            cases.take_capture(**said, case=Case.objects.get(pk=key))
        elif kind == "lead":
            leads.take_capture(**said, lead=Lead.objects.get(pk=key))
    except Refusal as refusal:
        log.warning("%s is not tied to %s: %s", capture.pk, capture.about, refusal)
    return capture
