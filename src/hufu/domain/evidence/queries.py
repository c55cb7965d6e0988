"""Everything one may ask about evidence. It starts from what one may see."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from hufu.base.access import Actor
from hufu.base.models import Entry
from hufu.domain.evidence.kept import KeptReceipt, LogKey, Stamp, StampTrouble
from hufu.domain.evidence.models import (
    Blob,
    Capture,
    Custody,
    Deposit,
    Grant,
    HandOver,
    Item,
    Leaf,
)
from hufu.domain.evidence.uploads import PartialUpload
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


def visible_items(actor: Actor, *, at: datetime | None = None) -> QuerySet[Item]:
    """Items granted to the actor, and for readers those of their agency.

    An item restricted to a case is seen through grants only. A grant that ends is
    honoured only when the hour is given.
    """
    grants = Grant.objects.filter(item=OuterRef("pk"), grantee=actor.label)
    if at is None:
        grants = grants.filter(until=None)
    else:
        grants = grants.filter(Q(until=None) | Q(until__gt=at))
    seen = Q(Exists(grants))
    if actor.holds(Permission.EVIDENCE_READ):
        seen |= Q(agency__in=actor.agencies, restricted=False)
    items = Item.objects.select_related("blob", "working", "agency")
    return items.filter(seen)


def readable_blob(actor: Actor, item: Item) -> Blob | None:
    """Which bytes a download gives: officers the original, others the copy.

    Of a sealed item everybody gets the copy without metadata; None where the kind
    of file allows no safe one.
    """
    if item.sealed:
        return item.working
    if actor.holds(Permission.EVIDENCE_READ):
        return item.blob
    return item.working or item.blob


def custody_of(item: Item) -> QuerySet[Custody]:
    """Return the chain of custody of an item the caller may see, oldest first."""
    return Custody.objects.filter(item=item).select_related("entry")


def open_hand_overs(actor: Account) -> QuerySet[HandOver]:
    """Hand-overs that wait for the actor's signature."""
    return HandOver.objects.filter(
        receiver=actor, state=HandOver.State.OFFERED
    ).select_related("item", "item__blob")


def possible_receivers(actor: Account, item: Item) -> QuerySet[Account]:
    """Officers of the keeping agency who may take an item over."""
    if item.agency_id is None or item.agency_id not in actor.agencies:
        return Account.objects.none()
    officers = Account.objects.filter(agency=item.agency_id, is_active=True)
    return officers.exclude(pk=actor.pk).exclude(role="administrator")


def blob_in_use(sha256: str) -> bool:
    """Say whether an item that is not destroyed shows these bytes."""
    kept = Item.objects.exclude(state=Item.State.DESTROYED)
    return kept.filter(Q(blob=sha256) | Q(working=sha256)).exists()


def leaves(log: str, start: int = 0) -> QuerySet[Leaf]:
    """Return the acts that have a place in a log, from an index on."""
    found = Leaf.objects.filter(log=log, index__gte=start)
    return found.select_related("entry").order_by("index")


def leaves_elsewhere(log: str) -> QuerySet[Leaf]:
    """Return the acts that have their place in another log, such as the one before."""
    return Leaf.objects.exclude(log=log)


def leaf_of(entry: Entry) -> Leaf | None:
    """Return an act's place in a log, once it has one."""
    return Leaf.objects.filter(entry=entry).select_related("entry").first()


def custody_leaf(actor: Actor, item: Item, entry_id: int) -> Leaf | None:
    """Return the place of a link of custody of an item the actor may see."""
    seen = visible_items(actor).filter(pk=item.pk)
    links = Custody.objects.filter(item__in=seen, entry=entry_id)
    found = Leaf.objects.filter(entry__in=links.values("entry"))
    return found.select_related("entry").first()


def visible_deposits(actor: Account) -> QuerySet[Deposit]:
    """Return deposits that the account made itself, if and only if; newest first."""
    mine = Deposit.objects.filter(account=actor)
    return mine.select_related("account", "item", "item__blob", "item__working")


def files_deposited(actor: Account, since: datetime) -> tuple[int, int]:
    """Return how many files an account has deposited since, and their bytes."""
    rows = Deposit.objects.filter(account=actor, deposited_at__gt=since)
    found = rows.exclude(item=None).aggregate(count=Count("pk"), size=Sum("size"))
    return found["count"], found["size"] or 0


def hashes_deposited(actor: Account, since: datetime) -> int:
    """Return how many bare hashes an account has deposited since."""
    rows = Deposit.objects.filter(account=actor, deposited_at__gt=since)
    return rows.filter(item=None).count()


def visible_uploads(actor: Account, at: datetime) -> QuerySet[PartialUpload]:
    """Return files that the account is sending itself, if and only if; newest first."""
    mine = PartialUpload.objects.filter(account=actor, expires_at__gt=at)
    return mine.select_related("deposit")


def waiting_uploads(actor: Account, at: datetime) -> tuple[int, int]:
    """Return how many files an account is sending, and how large they will be."""
    mine = visible_uploads(actor, at).filter(deposit=None)
    found = mine.aggregate(count=Count("pk"), size=Sum("size"))
    return found["count"], found["size"] or 0


def visible_captures(actor: Account) -> QuerySet[Capture]:
    """Return captures one asked for; of cases and leads those whose file one sees."""
    seen = visible_items(actor).filter(pk=OuterRef("item"))
    shared = ~Q(about="") & Exists(seen)
    found = Capture.objects.filter(Q(account=actor) | shared)
    return found.select_related("account", "item__blob", "picture__blob")


def captures_about(about: str) -> QuerySet[Capture]:
    """Return the captures that a record asked for; its own page says who sees them."""
    return Capture.objects.filter(about=about).select_related("account")


def deposit_leaf(deposit: Deposit) -> Leaf | None:
    """Return the place of a deposit in a log, once it has one."""
    found = Leaf.objects.filter(
        entry__subject_id=str(deposit.pk),
        entry__subject_kind=deposit.subject_kind,
        entry__act="deposit",
    )
    return found.select_related("entry").first()


def is_stamped(log: str, size: int, authority: str) -> bool:
    """Say whether an authority has stamped a log at this size."""
    return Stamp.objects.filter(log=log, size=size, authority=authority).exists()


def stamps_over(leaf: Leaf) -> list[Stamp]:
    """Return the stamps over the first stamped checkpoint that covers a leaf."""
    later = Stamp.objects.filter(log=leaf.log, size__gt=leaf.index)
    first = later.order_by("size").first()
    return list(later.filter(size=first.size)) if first else []


def newest_stamps(log: str) -> list[Stamp]:
    """Return each authority's newest stamp over a log."""
    rows = Stamp.objects.filter(log=log).order_by("size")
    return list({one.authority: one for one in rows}.values())


def stamp_troubles() -> QuerySet[StampTrouble]:
    """Return the authorities that give no stamp at present."""
    return StampTrouble.objects.order_by("authority")


def stamps_of_checkpoint(log: str, size: int) -> list[Stamp]:
    """Return the stamps over a checkpoint of a log."""
    return list(Stamp.objects.filter(log=log, size=size))


def kept_receipts(deposit: Deposit) -> dict[str, bytes]:
    """Return a deposit's receipts as they were first given, by their stage."""
    rows = KeptReceipt.objects.filter(deposit=deposit)
    return {one.stage: bytes(one.content) for one in rows}


def signed_receipts() -> QuerySet[KeptReceipt]:
    """Return every receipt that was signed, with its deposit."""
    return KeptReceipt.objects.filter(stage=KeptReceipt.Stage.SIGNED).select_related(
        "deposit"
    )


def log_keys() -> QuerySet[LogKey]:
    """Return the keys that the log has signed with, oldest first."""
    return LogKey.objects.order_by("since")


def used_by_others(actor: Actor, item: Item) -> bool:
    """Say whether somebody beside the actor relies on an item."""
    others = item.grants.exclude(grantee=actor.label)
    return others.exists() or item.copies.exists()
