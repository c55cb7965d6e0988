"""The proof log for everybody: its files, as c2sp.org/tlog-tiles lays them out."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from hufu.doors.storage.prooflog import log_folder
from hufu.engines.proof.logs import CHECKPOINT

TILE = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])(/x?[0-9]{3})+(\.p/[0-9]+)?")


def file(_request: HttpRequest, name: str) -> HttpResponse:
    """Serve the checkpoint, which changes, or a tile, which never does."""
    if name != CHECKPOINT and not TILE.fullmatch(name):
        raise Http404
    try:
        data = log_folder().read(name)
    except FileNotFoundError as error:
        raise Http404 from error
    if name == CHECKPOINT:
        response = HttpResponse(data, content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "no-cache"
        return response
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
