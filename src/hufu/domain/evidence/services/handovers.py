"""An item changes hands, goes back, or is destroyed."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import open_record
from hufu.base.storage import Storage
from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Custody, HandOver, Item
from hufu.domain.evidence.services.links import (
    Link,
    add_link,
    check_held,
    check_said,
    check_sight,
    link_facts,
    write_link,
)
from hufu.domain.evidence.workflow import HAND_OVER, ITEM
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@transaction.atomic
def hand_over_item(
    *,
    actor: Account,
    at: datetime,
    item: Item,
    receiver: Account,
    link: Link,
) -> HandOver:
    """Offer an item to another officer, who signs for it; until then nothing moves."""
    if not actor.holds(Permission.EVIDENCE_HAND_OVER):
        raise Refusal("no_permission", _("Your role does not include this act."))
    check_sight(item, actor, at)
    check_held(item)
    check_said(link.place, _("Say where the item changes hands."))
    check_said(link.reason, _("Say why the item changes hands."))
    if not queries.possible_receivers(actor, item).filter(pk=receiver.pk).exists():
        raise Refusal(
            "receiver", _("Choose another officer of the agency that keeps the item.")
        )
    if item.handovers.filter(state=HandOver.State.OFFERED).exists():
        raise Refusal(
            "already_offered", _("This item is already waiting for a signature.")
        )
    handover = HandOver(
        state=HandOver.State.OFFERED,
        agency=actor.agency,
        item=item,
        giver=actor.label,
        receiver=receiver,
        place=link.place,
        reason=link.reason,
        offered_at=at,
    )
    facts = {"item": str(item.pk), "receiver": receiver.label}
    open_record(handover, "offer", actor=actor, at=at, facts=facts)
    link = replace(link, other=receiver.label)
    add_link(item, Custody.Act.OFFERED, actor, at, link)
    return handover


@transaction.atomic
def accept_hand_over(*, actor: Account, at: datetime, handover: HandOver) -> HandOver:
    """Sign for an item: from now on the receiver keeps it."""
    _answer(handover, "accept", actor, at)
    item = handover.item
    item.keeper = actor.label
    item.save(update_fields=["keeper"])
    link = Link(handover.giver, handover.place, handover.reason)
    add_link(item, Custody.Act.ACCEPTED, actor, at, link)
    return handover


@transaction.atomic
def decline_hand_over(
    *, actor: Account, at: datetime, handover: HandOver, reason: str
) -> HandOver:
    """Refuse to sign; the giver goes on keeping the item."""
    check_said(reason, _("Say why you do not take the item."))
    _answer(handover, "decline", actor, at)
    link = Link(handover.giver, handover.place, reason)
    add_link(handover.item, Custody.Act.DECLINED, actor, at, link)
    return handover


@transaction.atomic
def return_item(*, actor: Actor, at: datetime, item: Item, link: Link) -> Item:
    """Give an item back to whom it belongs."""
    check_sight(item, actor, at)
    check_said(link.other, _("Say to whom the item is returned."))
    check_said(link.place, _("Say where the item changes hands."))
    ITEM.take("return", item, actor=actor, at=at, facts=link_facts(link))
    write_link(item, Custody.Act.RETURNED, item.entry, link)
    return item


@transaction.atomic
def destroy_item(
    *, actor: Actor, at: datetime, storage: Storage, item: Item, basis: str
) -> Item:
    """Destroy an item whose term has passed; shared bytes stay for the others."""
    link = Link(reason=basis)
    ITEM.take("destroy", item, actor=actor, at=at, facts=link_facts(link))
    write_link(item, Custody.Act.DESTROYED, item.entry, link)
    for sha256 in {item.blob_id, item.working_id} - {None}:
        if not queries.blob_in_use(str(sha256)):
            transaction.on_commit(partial(storage.remove, str(sha256)))
    return item


def _answer(handover: HandOver, verb: str, actor: Account, at: datetime) -> None:
    if handover.receiver_id != actor.pk:
        raise Refusal(
            "not_receiver", _("Only the officer named in the hand-over may sign.")
        )
    HAND_OVER.take(
        verb, handover, actor=actor, at=at, facts={"item": str(handover.item_id)}
    )
    handover.answered_at = at
    handover.save(update_fields=["answered_at"])
