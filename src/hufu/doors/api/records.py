"""The record a request is about, who reads it, and the files that come with it."""

from collections.abc import Sequence
from typing import BinaryIO, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja.files import UploadedFile

from hufu.domain.evidence.services import KeptFile, keep_file
from hufu.domain.people.actors import Reporter
from hufu.domain.people.models import Account
from hufu.doors.identity import actor_of
from hufu.doors.storage.blobs import blob_store

M = TypeVar("M", bound=Model)


def find(visible: QuerySet[M], pk: UUID | str) -> M:
    """Return a record, or 404 where it does not exist for this reader."""
    return get_object_or_404(visible, pk=pk)


def reader_of(request: HttpRequest) -> Account | Reporter:
    """Return who reads a public page: an account, or somebody unknown."""
    if request.user.is_authenticated:
        return actor_of(request)
    return Reporter(label="visitor")


def keep(files: Sequence[UploadedFile]) -> list[KeptFile]:
    """Store the files of a request, before any transaction begins."""
    store = blob_store()
    return [
        keep_file(storage=store, stream=cast("BinaryIO", file), name=file.name or "")
        for file in files
    ]
