"""Links of the chain of custody, and what every act on an item checks first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record, record
from hufu.base.models import Entry
from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Custody, Item


@dataclass(frozen=True)
class Link:
    """What a link of the chain of custody says beside who, when and which act.

    `sha256` names the bytes that were handed out; it stands in the journal only.
    """

    other: str = ""
    place: str = ""
    reason: str = ""
    sha256: str = ""


NOTHING = Link()


def open_item(
    item: Item, act: Custody.Act, actor: Actor, at: datetime, link: Link = NOTHING
) -> Custody:
    """Bring an item into being with its first link of custody."""
    facts = {"sha256": item.blob_id, "size": item.blob.size, **link_facts(link)}
    open_record(item, act.value, actor=actor, at=at, facts=facts)
    return write_link(item, act, item.entry, link)


def add_link(
    item: Item, act: Custody.Act, actor: Actor, at: datetime, link: Link = NOTHING
) -> Custody:
    """Write the entry and the link of custody that refers to it."""
    entry = record(item, act.value, actor=actor, at=at, facts=link_facts(link))
    return write_link(item, act, entry, link)


def write_link(item: Item, act: Custody.Act, entry: Entry, link: Link) -> Custody:
    """Write the link of custody that belongs to an entry."""
    return Custody.objects.create(
        item=item,
        at=entry.at,
        actor=entry.actor,
        act=act,
        other=link.other,
        place=link.place,
        reason=link.reason,
        entry=entry,
    )


def link_facts(link: Link) -> dict[str, str]:
    """Give what the journal may keep of a link: references and digests."""
    facts = {"other": link.other} if link.other else {}
    if link.place:
        facts["place_sha256"] = digest_of(link.place)
    if link.reason:
        facts["reason_sha256"] = digest_of(link.reason)
    if link.sha256:
        facts["sha256"] = link.sha256
    return facts


def check_said(text: str, message: str) -> None:
    """Refuse an act whose reason or place is left out."""
    if not text.strip():
        raise Refusal("reason_missing", message)


def check_held(item: Item) -> None:
    """Refuse an act on an item that was returned or destroyed."""
    if item.state != Item.State.HELD:
        raise Refusal("not_held", _("This item is no longer kept here."))


def check_sight(item: Item, actor: Actor, at: datetime) -> None:
    """Refuse an act on an item the actor may not see."""
    if not queries.visible_items(actor, at=at).filter(pk=item.pk).exists():
        raise Refusal("not_found", _("There is no such item."))


def check_reach(item: Item, actor: Actor, at: datetime) -> None:
    """Allow the keeping agency, whoever deposited the item, and who may see it."""
    if item.agency_id in actor.agencies or item.collected_by == actor.label:
        return
    check_sight(item, actor, at)
