"""What of an item leaves the house in a bundle, and how strangers are told its custody.

Bundles speak English, as the programs that verify them do.
"""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, leaf_of
from hufu.base.storage import Storage
from hufu.domain.evidence.models import Blob, Custody, Deposit, Item
from hufu.domain.evidence.services.links import (
    Link,
    add_link,
    check_held,
    check_reach,
    check_said,
    check_sight,
)
from hufu.domain.people.actors import Clockwork, Reporter
from hufu.domain.people.models import Account

SOURCE = "a protected source"
# Their entries name the original or who brought it, or why somebody had to know.
CLOSED = (
    Custody.Act.DEPOSITED,
    Custody.Act.COPIED,
    Custody.Act.RECEIVED,
    Custody.Act.UNSEALED,
)


@transaction.atomic
def export_item(
    *,
    actor: Account | Clockwork,
    at: datetime,
    storage: Storage,
    item: Item,
    purpose: str,
) -> Blob:
    """Note that an item's bytes leave; refuse where the store has them no more."""
    check = check_sight if isinstance(actor, Account) else check_reach
    check(item, actor, at)
    check_held(item)
    check_said(purpose, _("Say what the file is needed for."))
    blob = leaving_blob(item)
    if blob is None:
        raise Refusal("not_found", _("There is no such item."))
    storage.open(blob.sha256).close()
    link = Link(reason=purpose, sha256=blob.sha256)
    add_link(item, Custody.Act.DOWNLOADED, actor, at, link)
    return blob


def leaving_blob(item: Item) -> Blob | None:
    """Return the bytes that may leave: from a protected source only the copy."""
    return item.working if is_protected(item) else item.blob


def leaving_deposit(item: Item) -> Deposit | None:
    """Return the deposit whose receipt may leave: its opening names the depositor."""
    return None if is_protected(item) else Deposit.objects.filter(item=item).first()


def is_protected(item: Item) -> bool:
    """Say whether the law protects whoever an item came from: sealed, or reported."""
    return item.sealed or item.collected_by == Reporter().label


def is_withheld(link: Custody) -> bool:
    """Say whether the entry behind a link would tell of a protected source."""
    item = link.item
    if not is_protected(item):
        return False
    named = item.collected_by in (link.actor, link.other)
    officer = item.collected_by.startswith("officer:")
    return link.act in CLOSED or (named and not officer)


def tell_custody(item: Item) -> list[tuple[Custody, dict[str, str]]]:
    """Return the chain of custody of an item, oldest first, and how it is told."""
    links = Custody.objects.filter(item=item).select_related("entry", "item")
    return [(link, _tell(link)) for link in links]


def _tell(link: Custody) -> dict[str, str]:
    """Tell a link; of a protected item no free text, which may name somebody."""
    entry = json.loads(leaf_of(link.entry))
    withheld = is_withheld(link)
    hidden = link.item.collected_by if withheld else None
    told = {name: entry[name] for name in ("subject", "act", "at")}
    told["who"] = SOURCE if link.actor == hidden else link.actor
    if link.other:
        told["other"] = SOURCE if link.other == hidden else link.other
    for name, text in (("place", link.place), ("reason", link.reason)):
        if text and not is_protected(link.item):
            told[name] = text
        elif text and not withheld:
            told[f"{name}_sha256"] = digest_of(text)
    return told
