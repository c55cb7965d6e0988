"""Depositing a hash or a file, so that its receipt proves who had it and when."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import open_record
from hufu.base.storage import Storage
from hufu.domain.evidence import flood, queries
from hufu.domain.evidence.files import KeptFile
from hufu.domain.evidence.models import Custody, Deposit, Item
from hufu.domain.evidence.services.deposits import (
    ItemFacts,
    check_may_add,
    deposit_kept,
)
from hufu.domain.evidence.services.links import Link, write_link
from hufu.domain.evidence.services.openings import grant_item
from hufu.domain.evidence.workflow import DEPOSIT, ITEM
from hufu.domain.people.models import Account

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class DepositFacts:
    """A hash, how large the file is if that is told, and what the depositor says."""

    sha256: str = ""
    size: int | None = None
    name: str = ""
    note: str = ""


@transaction.atomic
def deposit_hash(*, actor: Account, at: datetime, facts: DepositFacts) -> Deposit:
    """Record that the actor had a file with this hash; the file is never seen."""
    check_may_add(actor)
    sha256 = check_sha256(facts.sha256)
    # Two that come at once would each find room for themselves.
    Account.objects.select_for_update().get(pk=actor.pk)
    flood.check_hashes(queries.hashes_deposited(actor, at - flood.DAY) + 1)
    return _deposit(actor, at, replace(facts, sha256=sha256), None)


def check_sha256(text: str) -> str:
    """Return a SHA-256 as receipts write it, or refuse what is none."""
    sha256 = text.strip().lower()
    if not SHA256.fullmatch(sha256):
        raise Refusal(
            "sha256_invalid",
            _("This is no SHA-256: it has 64 characters, 0 to 9 and a to f."),
        )
    return sha256


@transaction.atomic
def deposit_file(
    *, actor: Account, at: datetime, kept: KeptFile, facts: DepositFacts
) -> Deposit:
    """Keep a file that lies in the store already, for its depositor alone."""
    count, size = queries.files_deposited(actor, at - flood.DAY)
    flood.check_day(count + 1, size + kept.size)
    told = ItemFacts(facts.name or kept.name, restricted=True)
    agency = actor.agency
    item = deposit_kept(actor=actor, at=at, kept=kept, facts=told, agency=agency)
    if actor.is_officer:
        grant_item(actor=actor, at=at, item=item, grantee=actor.label)
    whole = replace(facts, sha256=kept.sha256, size=kept.size, name=item.name)
    return _deposit(actor, at, whole, item)


@transaction.atomic
def withdraw_deposit(
    *, actor: Account, at: datetime, storage: Storage, deposit: Deposit
) -> Deposit:
    """End a deposit: its words and its file go, what was proved stays proved."""
    DEPOSIT.check("withdraw", deposit, actor=actor)
    if deposit.item and queries.used_by_others(actor, deposit.item):
        raise Refusal(
            "in_use", _("This file serves as evidence elsewhere and stays kept.")
        )
    DEPOSIT.take("withdraw", deposit, actor=actor, at=at)
    deposit.name = deposit.note = ""
    deposit.save(update_fields=["name", "note"])
    if deposit.item:
        _destroy(actor, at, storage, deposit.item)
    return deposit


def _deposit(
    actor: Account, at: datetime, facts: DepositFacts, item: Item | None
) -> Deposit:
    deposit = Deposit(
        state=Deposit.State.KEPT,
        account=actor,
        agency=actor.agency,
        item=item,
        sha256=facts.sha256,
        size=facts.size,
        name=facts.name,
        note=facts.note,
        deposited_at=at,
    )
    said = {"sha256": facts.sha256, "size": facts.size}
    return open_record(deposit, "deposit", actor=actor, at=at, facts=said)


def _destroy(actor: Account, at: datetime, storage: Storage, item: Item) -> None:
    ITEM.take("withdraw", item, actor=actor, at=at)
    write_link(item, Custody.Act.DESTROYED, item.entry, Link())
    for sha256 in {item.blob_id, item.working_id} - {None}:
        if not queries.blob_in_use(str(sha256)):
            transaction.on_commit(partial(storage.remove, str(sha256)))
