"""Who may see an item, who opened it and what for."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.storage import Storage
from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Custody, Grant, Item
from hufu.domain.evidence.services.links import (
    Link,
    add_link,
    check_held,
    check_reach,
    check_said,
    check_sight,
)
from hufu.domain.people.permissions import Permission


@transaction.atomic
def view_item(*, actor: Actor, at: datetime, item: Item) -> Custody:
    """Note that somebody opened the entry of an item."""
    check_sight(item, actor, at)
    return add_link(item, Custody.Act.VIEWED, actor, at)


@transaction.atomic
def replay_item(
    *, actor: Actor, at: datetime, storage: Storage, item: Item
) -> BinaryIO:
    """Give the bytes of a captured page to be shown, and note that it was replayed."""
    check_sight(item, actor, at)
    check_held(item)
    add_link(item, Custody.Act.REPLAYED, actor, at, Link(sha256=item.blob_id))
    return storage.open(item.blob_id)


@transaction.atomic
def download_item(
    *, actor: Actor, at: datetime, storage: Storage, item: Item, purpose: str
) -> tuple[Item, BinaryIO]:
    """Hand out the bytes the actor may have, and note what for."""
    check_sight(item, actor, at)
    check_said(purpose, _("Say what the file is needed for."))
    blob = queries.readable_blob(actor, item)
    if blob is None:
        raise Refusal(
            "sealed",
            _(
                "This file is sealed and allows no copy without metadata. A director "
                "can open the original and give the reason."
            ),
        )
    check_held(item)
    add_link(item, Custody.Act.DOWNLOADED, actor, at, Link(reason=purpose))
    return item, storage.open(blob.sha256)


@transaction.atomic
def unseal_item(
    *, actor: Actor, at: datetime, storage: Storage, item: Item, reason: str
) -> tuple[Item, BinaryIO]:
    """Open the sealed original. It may tell who sent it, so the reason is kept."""
    if not actor.holds(Permission.EVIDENCE_UNSEAL):
        raise Refusal("no_permission", _("Your role does not include this act."))
    check_sight(item, actor, at)
    check_held(item)
    check_said(reason, _("Say why the sealed original must be opened."))
    add_link(item, Custody.Act.UNSEALED, actor, at, Link(reason=reason))
    return item, storage.open(item.blob_id)


@transaction.atomic
def grant_item(
    *,
    actor: Actor,
    at: datetime,
    item: Item,
    grantee: str,
    until: datetime | None = None,
) -> Grant:
    """Let somebody see an item, named as the journal names them."""
    check_reach(item, actor, at)
    grant, fresh = Grant.objects.get_or_create(
        item=item, grantee=grantee, defaults={"given_at": at, "until": until}
    )
    if not fresh and grant.until == until:
        return grant
    grant.until = until
    grant.save(update_fields=["until"])
    add_link(item, Custody.Act.GRANTED, actor, at, Link(other=grantee))
    return grant


@transaction.atomic
def revoke_item(*, actor: Actor, at: datetime, item: Item, grantee: str) -> Item:
    """End somebody's sight of an item."""
    check_reach(item, actor, at)
    if Grant.objects.filter(item=item, grantee=grantee).delete()[0]:
        add_link(item, Custody.Act.REVOKED, actor, at, Link(other=grantee))
    return item


@transaction.atomic
def restrict_item(*, actor: Actor, at: datetime, item: Item) -> Item:
    """Keep an item to those it is granted to, such as the team of a case."""
    check_reach(item, actor, at)
    if not item.restricted:
        item.restricted = True
        item.save(update_fields=["restricted"])
        add_link(item, Custody.Act.RESTRICTED, actor, at)
    return item
