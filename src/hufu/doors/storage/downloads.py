"""Files leave here as attachments, or as a picture: none is taken for a page."""

from typing import BinaryIO

from django.http import FileResponse


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


def _fenced(response: FileResponse) -> FileResponse:
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
