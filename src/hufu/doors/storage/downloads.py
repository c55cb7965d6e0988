"""Files leave here as attachments, as a picture, or as a page that can do nothing."""

from typing import BinaryIO, TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def attachment(stream: BinaryIO, name: str) -> FileResponse:
    """Answer with a file that is saved, never shown, run or kept in a cache."""
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    return _fenced(response)


def picture(stream: BinaryIO) -> FileResponse:
    """Show a picture that was made here, a PNG, and nothing that it could hold."""
    return _fenced(FileResponse(stream, content_type="image/png"))


def isolated_page(html: bytes) -> HttpResponse:
    """Show a stranger's page in a frame: without scripts, an origin, or the network.

    The sandbox gives it an origin that nothing else has, so that neither cookies nor
    pages of this site are its own; all it shows it must bring along.
    """
    response = _fenced(HttpResponse(html, content_type="text/html; charset=utf-8"))
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; img-src data:; font-src data:;"
        " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'self'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _fenced(response: Answer) -> Answer:
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
