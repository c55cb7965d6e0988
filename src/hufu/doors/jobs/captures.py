"""The job that captures a page which an officer asked for."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django_tasks import task

from hufu.base.errors import Refusal
from hufu.domain.evidence import services
from hufu.domain.evidence.models import Capture
from hufu.doors.capture.addresses import Network
from hufu.doors.capture.outcomes import Asked, Captured, CaptureFailed
from hufu.doors.capture.pages import INTERNET, capture_page, outline
from hufu.doors.identity import now
from hufu.doors.storage.blobs import blob_store


@task()
def run_capture(capture_id: str) -> str:
    """Capture the page, unless an earlier run came to its end; say how it ended."""
    captures = Capture.objects.select_related("account", "agency")
    capture = captures.get(pk=capture_id)
    if capture.state == Capture.State.ASKED:
        capture = perform_capture(capture)
    return str(capture.state)


def perform_capture(capture: Capture, network: Network = INTERNET) -> Capture:
    """Capture the page and keep it; where there is none, the reason is kept."""
    asked = Asked(capture.url, capture.account.label, capture.purpose)
    # Beside the data: what lies there for a minute is evidence already.
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        try:
            files = _keep_files(capture_page(asked, Path(folder), network))
        except CaptureFailed as failed:
            return _fail(capture, failed.code, failed.detail)
        except Refusal:
            return _fail(capture, "too_large", "")
    return services.keep_capture(
        actor=capture.account, at=now(), capture=capture, files=files
    )


def _keep_files(done: Captured) -> services.CaptureFiles:
    store = blob_store()
    with done.file.open("rb") as stream:
        archive = services.keep_file(storage=store, stream=stream)
    picture = services.keep_file(storage=store, stream=io.BytesIO(done.screenshot))
    return services.CaptureFiles(archive, picture, outline(done.record))


def _fail(capture: Capture, code: str, detail: str) -> Capture:
    return services.fail_capture(
        actor=capture.account, at=now(), capture=capture, code=code, detail=detail
    )
