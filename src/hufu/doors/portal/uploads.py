"""Files that came with a form, put into the store before any row is written."""

from typing import BinaryIO, cast

from django.http import HttpRequest

from hufu.domain.evidence.services import KeptFile, keep_file
from hufu.domain.leads import services
from hufu.domain.leads.models import Draft
from hufu.doors.storage.blobs import blob_store


def kept_uploads(request: HttpRequest) -> list[KeptFile]:
    """Store what was uploaded and say what it is."""
    storage = blob_store()
    return [
        keep_file(storage=storage, stream=cast("BinaryIO", file), name=file.name or "")
        for file in request.FILES.getlist("uploads")
    ]


def update_draft_files(request: HttpRequest, draft: Draft) -> Draft:
    """Keep chosen files across pages, and let go of one that is not wanted."""
    if gone := request.POST.get("drop"):
        draft = services.drop_draft_file(storage=blob_store(), draft=draft, sha256=gone)
    for kept in kept_uploads(request):
        draft = services.add_draft_file(draft=draft, kept=kept)
    return draft
