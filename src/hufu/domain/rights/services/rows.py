"""Putting rows into the register, a batch at a time; only what differs is written."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from hufu.domain.rights.events import events_of
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.keys import key_of, terms_of
from hufu.domain.rights.models import (
    Import,
    Register,
    Right,
    RightClass,
    RightEvent,
    SearchTerm,
)
from hufu.domain.rights.registers import known

_COLUMNS = [
    "kind",
    "subtype",
    "mark_role",
    "well_known",
    "name",
    "name_key",
    "number",
    "office",
    "holder_name",
    "holder_country",
    "agent_name",
    "goods",
    "territory",
    "filed_on",
    "registered_on",
    "expires_on",
    "status_text",
    "is_registration",
    "secret_sha256",
    "extra",
    "digest",
    "demo",
    "batch",
]
_MARK_ROLES = {"collective": "collective", "certification": "certification"}


@dataclass
class Tally:
    """How a batch of rows went in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class _Parts:
    """Everything that hangs on rights and is written with them."""

    classes: list[RightClass] = field(default_factory=list)
    events: list[RightEvent] = field(default_factory=list)
    terms: list[SearchTerm] = field(default_factory=list)

    def save(self) -> None:
        """Insert it all."""
        RightClass.objects.bulk_create(self.classes)
        RightEvent.objects.bulk_create(self.events)
        SearchTerm.objects.bulk_create(self.terms)


def put_rows(
    rows: Sequence[RightRow], *, register: str, demo: bool, batch: Import | None
) -> Tally:
    """Insert new rows, update changed ones, leave the rest; say how many of each."""
    wanted = [_right(row, register or row.source, demo=demo) for row in rows]
    for code in {right.register_id for right in wanted}:
        _ensure_register(code, demo=demo)
    present = _present(wanted)
    tally, parts = Tally(), _Parts()
    new: list[Right] = []
    changed: list[Right] = []
    for right, row in zip(wanted, rows, strict=True):
        there = present.get((right.register_id, right.source_id))
        if there and there[1] == right.digest:
            tally.unchanged += 1
            continue
        right.batch = batch
        if there:
            right.id = there[0]
            changed.append(right)
        else:
            new.append(right)
        _add_parts(parts, right, row)
    Right.objects.bulk_create(new)
    _replace(changed)
    parts.save()
    tally.added, tally.changed = len(new), len(changed)
    return tally


def _ensure_register(code: str, *, demo: bool) -> None:
    about = known(code)
    Register.objects.get_or_create(code=code, defaults=asdict(about) | {"demo": demo})


def _present(wanted: Iterable[Right]) -> dict[tuple[str, str], tuple[object, str]]:
    """Find the rights that are there already, with the digest of their content."""
    by_register: dict[str, list[str]] = {}
    for right in wanted:
        by_register.setdefault(right.register_id, []).append(right.source_id)
    found = {}
    for code, ids in by_register.items():
        there = Right.objects.filter(register=code, source_id__in=ids)
        for pk, source_id, digest in there.values_list("pk", "source_id", "digest"):
            found[code, source_id] = (pk, digest)
    return found


def _replace(changed: Sequence[Right]) -> None:
    """Update rights and drop what came from files; what people added stays."""
    if not changed:
        return
    Right.objects.bulk_update(changed, _COLUMNS, batch_size=200)
    RightClass.objects.filter(right__in=changed).delete()
    RightEvent.objects.filter(right__in=changed, imported=True).delete()
    SearchTerm.objects.filter(right__in=changed).delete()


def _right(row: RightRow, register: str, *, demo: bool) -> Right:
    """Turn a row into a right that is not saved yet."""
    extra = dict(row.extra)
    in_use = extra.pop("not_a_registration", "") == "yes"
    secret = row.kind == Right.Kind.TRADE_SECRET
    right = Right(
        kind=row.kind,
        subtype=row.subtype if row.subtype in Right.Subtype.values else "",
        mark_role=_mark_role(row, extra),
        well_known=extra.pop("well_known", "").lower() in {"1", "yes", "true"},
        name=row.name,
        name_key=key_of(row.name),
        number=row.number,
        office=row.office,
        register_id=register,
        source_id=row.source_id,
        holder_name=row.holder_name,
        holder_country=row.holder_country,
        agent_name=row.agent,
        goods="" if secret else row.goods,
        territory=row.territory,
        filed_on=row.filed_on,
        registered_on=row.registered_on,
        expires_on=row.expires_on,
        status_text=row.status_text,
        is_registration=not in_use,
        secret_sha256=extra.pop("secret_sha256", "") if secret else "",
        extra={} if secret else extra,
        demo=demo,
    )
    right.digest = _digest(row, demo=demo)
    return right


def _mark_role(row: RightRow, extra: dict[str, str]) -> str:
    """Tell collective and certification marks from individual ones."""
    if row.kind != Right.Kind.TRADEMARK:
        return ""
    stated = extra.pop("mark_role", "") or _MARK_ROLES.get(row.subtype, "")
    return stated if stated in Right.MarkRole.values else Right.MarkRole.INDIVIDUAL


def _digest(row: RightRow, *, demo: bool) -> str:
    content = json.dumps([asdict(row), demo], default=str, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _add_parts(parts: _Parts, right: Right, row: RightRow) -> None:
    parts.classes += [RightClass(right=right, number=n) for n in row.classes]
    parts.events += [
        RightEvent(right=right, on=on, kind=kind, text=text, imported=True)
        for on, kind, text in events_of(row)
    ]
    parts.terms += [
        SearchTerm(right=right, term=term)
        for term in terms_of(right.name, right.holder_name)
    ]
