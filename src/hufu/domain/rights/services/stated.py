"""Writing down a right that no office registered: by its holder, unverified."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.evidence.models import Item
from hufu.domain.evidence.services import ItemFacts, KeptFile, deposit_kept
from hufu.domain.people.models import Account, Party
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Right
from hufu.domain.rights.registers import STATED
from hufu.domain.rights.services.rows import put_rows
from hufu.domain.rights.status import ARISING

SHA256 = re.compile(r"[0-9a-f]{64}")
SECRET = Right.Kind.TRADE_SECRET


@dataclass(frozen=True)
class StatedFacts:
    """What a holder says of a work, a secret or traditional knowledge.

    `author` names who made a work, or whose knowledge it is; of a secret neither that
    nor `about` is taken.
    """

    kind: str
    name: str
    subtype: str = ""
    author: str = ""
    author_kind: str = ""
    author_died_on: date | None = None
    created_on: date | None = None
    published_on: date | None = None
    about: str = ""
    sha256: str = ""
    is_listed: bool = False


@transaction.atomic
def state_right(
    *, actor: Account, at: datetime, facts: StatedFacts, work: KeptFile | None = None
) -> Right:
    """Write down one's own unregistered right; `work` is a copy that is deposited.

    The deposit is open to its holder alone. Of a secret only the hash is taken.
    """
    party = _holder(actor)
    digest = _digest(facts, work)
    _check(facts, digest, at)
    row = _row(facts, party, digest)
    if Right.objects.filter(register=STATED, source_id=row.source_id).exists():
        raise Refusal("already_stated", _("You have written this down already."))
    put_rows([row], register="", demo=party.demo, batch=None)
    right = Right.objects.get(register=STATED, source_id=row.source_id)
    secret = right.kind == SECRET
    right.holder, right.is_stated = party, True
    right.is_listed = facts.is_listed and not secret
    right.work_sha256 = "" if secret else digest
    right.deposit = _deposit(actor, at, facts, work) if work else None
    right.save(
        update_fields=["holder", "is_stated", "is_listed", "work_sha256", "deposit"]
    )
    told = {"kind": right.kind, "digest": right.digest, "sha256": digest}
    record(right, "state", actor=actor, at=at, facts=told)
    return right


def _holder(actor: Account) -> Party:
    if not actor.holds(Permission.RIGHT_CLAIM):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if actor.party is None:
        raise Refusal("party_missing", _("Your account does not act for anybody yet."))
    return actor.party


def _digest(facts: StatedFacts, work: KeptFile | None) -> str:
    """Return the hash of the content: the file's own, or the one that was typed."""
    typed = facts.sha256.strip().lower()
    if typed and not SHA256.fullmatch(typed):
        raise Refusal(
            "hash_malformed",
            _("This is no SHA-256: it has 64 characters, 0 to 9 and a to f."),
        )
    if facts.kind == SECRET:
        if work:
            raise Refusal(
                "secret_stays", _("A secret stays with you: give its SHA-256 only.")
            )
        if not typed:
            raise Refusal("hash_missing", _("Give the SHA-256 of the secret."))
    if work and typed and typed != work.sha256:
        raise Refusal(
            "hash_differs", _("The file has another SHA-256 than the one you typed.")
        )
    return work.sha256 if work else typed


def _check(facts: StatedFacts, digest: str, at: datetime) -> None:
    if facts.kind not in ARISING:
        raise Refusal(
            "register_needed",
            _("A right of this kind stands in a register: find it there and claim it."),
        )
    if not facts.name.strip():
        raise Refusal("name_missing", _("Give it a name."))
    if facts.kind == Right.Kind.COPYRIGHT and not digest:
        raise Refusal("work_missing", _("Deposit the work, or give its SHA-256."))
    days = [day for day in (facts.created_on, facts.published_on) if day]
    if any(day > timezone.localdate(at) for day in days):
        raise Refusal("day_to_come", _("This day has not come yet."))
    if days != sorted(days):
        raise Refusal(
            "days_in_order", _("A work is not published before it is created.")
        )


def _row(facts: StatedFacts, party: Party, digest: str) -> RightRow:
    """Give the row; the same content of the same holder is the same right."""
    secret = facts.kind == SECRET
    same = "\n".join((str(party.pk), facts.kind, digest or facts.name.strip()))
    extra = {
        "secret_sha256": digest if secret else "",
        "author": facts.author.strip(),
        "author_kind": facts.author_kind,
        "author_died_on": _written(facts.author_died_on),
        "created_on": _written(facts.created_on),
        "published_on": _written(facts.published_on),
    }
    return RightRow(
        kind=facts.kind,
        subtype=facts.subtype,
        name=facts.name.strip(),
        source=STATED,
        source_id=hashlib.sha256(same.encode()).hexdigest()[:32],
        holder_name=party.name,
        holder_country=party.country,
        goods="" if secret else facts.about.strip(),
        extra={name: text for name, text in extra.items() if text},
    )


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _deposit(actor: Account, at: datetime, facts: StatedFacts, work: KeptFile) -> Item:
    """Keep the copy for its holder; no office has it."""
    about = ItemFacts(work.name, facts.name.strip())
    return deposit_kept(actor=actor, at=at, kept=work, facts=about, agency=None)


@transaction.atomic
def list_right(*, actor: Account, at: datetime, right: Right) -> Right:
    """Let the public find a stated right; a secret is never listed."""
    _check_own(actor, right)
    if right.kind == SECRET:
        raise Refusal("secret_stays", _("A trade secret is never listed."))
    right.is_listed = True
    right.save(update_fields=["is_listed"])
    record(right, "list", actor=actor, at=at)
    return right


@transaction.atomic
def unlist_right(*, actor: Account, at: datetime, right: Right) -> Right:
    """Take a stated right out of the public register; its holder keeps it."""
    _check_own(actor, right)
    right.is_listed = False
    right.save(update_fields=["is_listed"])
    record(right, "unlist", actor=actor, at=at)
    return right


def _check_own(actor: Account, right: Right) -> None:
    if right.register_id != STATED or right.holder_id != _holder(actor).pk:
        raise Refusal("not_yours", _("This right is not recorded as yours."))
