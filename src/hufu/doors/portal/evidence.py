"""A party downloads what it may see."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from hufu.domain.evidence import queries, services
from hufu.doors.identity import actor_of, now
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.downloads import attachment

PURPOSE = "access of a party"


@require_POST
def download(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Hand out the copy a party may have; the chain of custody notes it."""
    actor, at = actor_of(request), now()
    item = get_object_or_404(queries.visible_items(actor, at=at), pk=item_id)
    item, stream = services.download_item(
        actor=actor, at=at, storage=checked_store(), item=item, purpose=PURPOSE
    )
    return attachment(stream, item.name)
