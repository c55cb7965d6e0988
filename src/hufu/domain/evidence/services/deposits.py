"""Taking files in, and giving another agency an item of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.storage import Storage
from hufu.domain.evidence.files import KeptFile, clean_name, keep_file, neutral_name
from hufu.domain.evidence.models import Blob, Custody, Grant, Item
from hufu.domain.evidence.services.links import (
    Link,
    add_link,
    check_held,
    check_sight,
    open_item,
)
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class ItemFacts:
    """What is said about a file when it comes in."""

    name: str
    description: str = ""
    source: str = ""
    sealed: bool = False
    restricted: bool = False


@dataclass(frozen=True)
class Upload:
    """A file on its way in, and what is said about it."""

    stream: BinaryIO
    name: str
    description: str = ""
    source: str = ""
    sealed: bool = False


def deposit_item(
    *,
    actor: Actor,
    at: datetime,
    storage: Storage,
    upload: Upload,
    agency: Agency | None,
    restricted: bool = False,
) -> Item:
    """Take a file in: bytes first, then the item with its first link of custody."""
    check_may_add(actor)
    kept = keep_file(storage=storage, stream=upload.stream)
    facts = ItemFacts(
        upload.name, upload.description, upload.source, upload.sealed, restricted
    )
    return deposit_kept(actor=actor, at=at, kept=kept, facts=facts, agency=agency)


@transaction.atomic
def deposit_kept(
    *,
    actor: Actor,
    at: datetime,
    kept: KeptFile,
    facts: ItemFacts,
    agency: Agency | None,
) -> Item:
    """Make an item of bytes that lie in the store already.

    A party keeps sight of what it deposits. A sealed item loses the name it came
    with, because that may tell whose file it is.
    """
    check_may_add(actor)
    blob = _blob(kept.sha256, kept.size, kept.media_type, at)
    working = None
    if kept.working_sha256:
        working = _blob(kept.working_sha256, kept.working_size, kept.media_type, at)
    sealed = facts.sealed
    name = neutral_name(kept.media_type) if sealed else clean_name(facts.name)
    item = Item(
        state=Item.State.HELD,
        agency=agency,
        blob=blob,
        working=working,
        name=name,
        description=facts.description,
        source=facts.source,
        sealed=sealed,
        restricted=facts.restricted,
        collected_at=at,
        collected_by=actor.label,
        keeper=actor.label if actor.agencies else "",
    )
    open_item(item, Custody.Act.DEPOSITED, actor, at)
    if working and working != blob:
        add_link(item, Custody.Act.COPIED, actor, at)
    if isinstance(actor, Account) and not actor.is_officer:
        Grant.objects.create(item=item, grantee=actor.label, given_at=at)
    return item


@transaction.atomic
def send_item(*, actor: Actor, at: datetime, item: Item, agency: Agency) -> Item:
    """Give another agency an item of its own that shows the same bytes."""
    check_sight(item, actor, at)
    check_held(item)
    link = Link(other=f"agency:{agency.pk}")
    add_link(item, Custody.Act.SENT, actor, at, link)
    copy = Item(
        state=Item.State.HELD,
        agency=agency,
        blob=item.blob,
        working=item.working,
        name=item.name,
        description=item.description,
        source=item.source,
        sealed=item.sealed,
        collected_at=item.collected_at,
        collected_by=item.collected_by,
        copied_from=item,
    )
    open_item(copy, Custody.Act.RECEIVED, actor, at, Link(other=f"item:{item.pk}"))
    return copy


def _blob(sha256: str, size: int, media_type: str, at: datetime) -> Blob:
    return Blob.objects.get_or_create(
        sha256=sha256,
        defaults={"size": size, "media_type": media_type, "stored_at": at},
    )[0]


def check_may_add(actor: Actor) -> None:
    """Refuse an actor whose role does not add evidence."""
    if not actor.holds(Permission.EVIDENCE_ADD):
        raise Refusal("no_permission", _("Your role does not include this act."))
