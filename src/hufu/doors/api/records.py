"""Finding the one record a request is about, among those its reader may see."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hufu.domain.people.actors import Reporter
from hufu.domain.people.models import Account
from hufu.doors.identity import actor_of

M = TypeVar("M", bound=Model)


def find(visible: QuerySet[M], pk: UUID) -> M:
    """Return a record, or 404 where it does not exist for this reader."""
    return get_object_or_404(visible, pk=pk)


def reader_of(request: HttpRequest) -> Account | Reporter:
    """Return who reads a public page: an account, or somebody unknown."""
    if request.user.is_authenticated:
        return actor_of(request)
    return Reporter(label="visitor")
