"""Files that arrive in parts: tus 1.0.0 (https://tus.io/protocols/resumable-upload).

Core, and the extensions creation, expiration, checksum and termination. An upload is
its account's alone. A part is on the disk before it is acknowledged.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hufu.base.errors import Refusal
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.uploads import PartialUpload
from hufu.doors.identity import actor_of, now
from hufu.doors.storage.uploads import has_room, part_store, remove_parts

VERSION = "1.0.0"
PART = 4 * 1024 * 1024  # bytes that a crash costs at most
KIND = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460  # of tus; HTTP has none
STATUSES = {
    "busy": HTTPStatus.TOO_MANY_REQUESTS,
    "checksum_mismatch": CHECKSUM_MISMATCH,
    "file_empty": HTTPStatus.BAD_REQUEST,
    "file_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "file_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "header_invalid": HTTPStatus.BAD_REQUEST,
    "kind_invalid": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "no_permission": HTTPStatus.FORBIDDEN,
    "no_room": HTTPStatus.INSUFFICIENT_STORAGE,
    "sha256_invalid": HTTPStatus.BAD_REQUEST,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}
View = Callable[..., HttpResponse]


def speaks_tus(view: View) -> View:
    """Answer in the protocol: its version always, and refusals as plain words."""

    @wraps(view)
    def answer(request: HttpRequest, **named: UUID) -> HttpResponse:
        spoken = request.headers.get("Tus-Resumable")
        if request.method != "OPTIONS" and spoken != VERSION:
            told = HttpResponse(status=HTTPStatus.PRECONDITION_FAILED)
            told["Tus-Version"] = VERSION
        else:
            try:
                told = view(request, **named)
            except Refusal as refusal:
                status = STATUSES.get(refusal.code, HTTPStatus.CONFLICT)
                told = HttpResponse(refusal.message, "text/plain", status)
        told["Tus-Resumable"] = VERSION
        told["Cache-Control"] = "no-store"
        return told

    return answer


@require_http_methods(["OPTIONS", "POST"])
@speaks_tus
def uploads(request: HttpRequest) -> HttpResponse:
    """Say what is spoken here, or begin an upload."""
    if request.method == "OPTIONS":
        told = HttpResponse(status=HTTPStatus.NO_CONTENT)
        told["Tus-Version"] = VERSION
        told["Tus-Extension"] = "creation,expiration,checksum,termination"
        told["Tus-Checksum-Algorithm"] = "sha256"
        told["Tus-Max-Size"] = str(settings.HUFU_DEPOSIT_LIMIT)
        return told
    size, stated = _number(request, "Upload-Length"), _metadata(request)
    if not has_room(size):
        raise Refusal("no_room", _("There is no room for this file here at present."))
    facts = services.UploadFacts(
        name=stated.get("filename", ""),
        size=size,
        sha256=stated.get("sha256", ""),
        mark=stated.get("mark", "")[:100],
    )
    begun = services.begin_upload(actor=actor_of(request), at=now(), facts=facts)
    answer = HttpResponse(status=HTTPStatus.CREATED)
    answer["Location"] = reverse("portal:deposit-upload", args=[begun.pk])
    answer["Upload-Expires"] = http_date(begun.expires_at.timestamp())
    return answer


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@speaks_tus
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Say how much is here, take the next bytes, or forget all of it."""
    held = mine(request, upload_id)
    if request.method == "DELETE":
        forget(held)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    arrived = held.arrived
    if request.method == "PATCH":
        arrived = _take(request, held)
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method == "HEAD":
        answer = HttpResponse()
        answer["Upload-Length"] = str(held.size)
    answer["Upload-Offset"] = str(arrived)
    answer["Upload-Expires"] = http_date(held.expires_at.timestamp())
    return answer


def mine(request: HttpRequest, upload_id: UUID) -> PartialUpload:
    """Return an upload of whoever asks; anybody else's does not exist."""
    found = queries.visible_uploads(actor_of(request), now())
    return get_object_or_404(found, pk=upload_id)


def forget(held: PartialUpload) -> None:
    """Drop an upload, unless it was deposited, and its parts in any case."""
    services.drop_upload(upload=held)
    remove_parts(held.pk)


def _take(request: HttpRequest, held: PartialUpload) -> int:
    """Keep what comes, part by part; return where the next one begins."""
    if request.content_type != KIND:
        raise Refusal("kind_invalid", _("Send the bytes as %(kind)s.") % {"kind": KIND})
    offset, storage = _number(request, "Upload-Offset"), part_store(held.pk)
    if offset != held.arrived:
        message = _("The file is not here up to this place, or further. Ask how far.")
        raise Refusal("offset_conflict", message)
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if announced > held.size - offset:
        raise Refusal("too_large", _("This is more than the file was said to hold."))
    wanted = _checksum(request, announced)
    while content := _read(request, min(PART, held.size - offset)):
        if wanted and hashlib.sha256(content).digest() != wanted:
            message = _("The bytes did not arrive as they were sent. Send them again.")
            raise Refusal("checksum_mismatch", message)
        offset = services.add_part(
            storage=storage, upload=held, offset=offset, content=content
        )
    return offset


def _read(request: HttpRequest, most: int) -> bytes:
    """Read up to so many bytes; where the line breaks, what came before counts."""
    content = bytearray()
    try:
        while block := request.read(most - len(content)):
            content += block
    except UnreadablePostError:
        pass
    return bytes(content)


def _checksum(request: HttpRequest, announced: int) -> bytes:
    """Return the SHA-256 that the body must have; nothing where none is stated."""
    stated = request.headers.get("Upload-Checksum", "")
    if not stated:
        return b""
    algorithm, _space, digest = stated.partition(" ")
    if algorithm != "sha256" or announced > PART:
        message = _("A checksum is a SHA-256 over %(most)d bytes at most.")
        raise Refusal("header_invalid", message % {"most": PART})
    return _decode(digest)


def _number(request: HttpRequest, name: str) -> int:
    text = request.headers.get(name, "")
    # Longer ones are no sizes of files, and no database holds them.
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(2**60)):
        message = _("The header %(name)s must be a whole number.")
        raise Refusal("header_invalid", message % {"name": name})
    return int(text)


def _metadata(request: HttpRequest) -> dict[str, str]:
    """Read `Upload-Metadata`: words and their values in base64, between commas."""
    pairs = request.headers.get("Upload-Metadata", "").split(",")
    words = [pair.strip().partition(" ") for pair in pairs if pair.strip()]
    return {
        name: _decode(value).decode("utf-8", "replace") for name, _s, value in words
    }


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        message = _("The header %(name)s is not base64.")
        raise Refusal("header_invalid", message % {"name": "Upload-…"}) from error
