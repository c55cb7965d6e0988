"""Putting rows into the register, a batch at a time; only what differs is written."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, CharField, TextField

from hufu.domain.rights.events import events_of
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.keys import terms_of
from hufu.domain.rights.models import (
    Import,
    Register,
    Right,
    RightClass,
    RightEvent,
    SearchTerm,
)
from hufu.domain.rights.protection import protection_of
from hufu.domain.rights.registers import known
from hufu.domain.rights.services.drafts import Draft, draft, right_of

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
    "arose_on",
    "expires_on",
    "ends_on",
    "renewable_until_on",
    "status_text",
    "is_registration",
    "secret_sha256",
    "extra",
    "digest",
    "demo",
    "batch",
]
_OWN = ["is_stated", "is_listed", "work_sha256"]
_INSERTED = ["id", "register", "source_id", "holder", *_OWN, *_COLUMNS]
_RENEWED = RightEvent.Kind.RENEWED
# Their values go to both databases as they are; asking each field costs a second.
_PLAIN = (BooleanField, CharField, TextField)
_INSERT_TERM = "INSERT INTO rights_searchterm (term, right_id) VALUES (%s, %s)"
_INSERT_CLASS = "INSERT INTO rights_rightclass (number, right_id) VALUES (%s, %s)"


@dataclass
class Tally:
    """How a batch of rows went in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class _Parts:
    """Everything that hangs on rights and is written with them."""

    classes: list[tuple[int, str | UUID]] = field(default_factory=list)
    events: list[RightEvent] = field(default_factory=list)
    terms: list[tuple[str, str | UUID]] = field(default_factory=list)
    noted: dict[UUID, list[date]] = field(default_factory=dict)

    def add(self, right: Right, row: RightRow) -> None:
        """Take what belongs to one right, and work out how long it lasts."""
        key = Right.id.field.get_db_prep_value(right.pk, connection)
        self.classes += [(number, key) for number in row.classes]
        self.terms += [(term, key) for term in terms_of(row.name, row.holder_name)]
        told = [
            RightEvent(right=right, on=on, kind=kind, text=text, imported=True)
            for on, kind, text in events_of(row)
        ]
        self.events += told
        renewals = [event.on for event in told if event.kind == _RENEWED]
        set_end(right, [*renewals, *self.noted.get(right.pk, ())])

    def save(self) -> None:
        """Insert it all. Objects for ten terms a right would take twice the time."""
        RightEvent.objects.bulk_create(self.events)
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT_CLASS, self.classes)
            cursor.executemany(_INSERT_TERM, self.terms)


def put_rows(
    rows: Sequence[RightRow], *, register: str, demo: bool, batch: Import | None
) -> Tally:
    """Insert new rows, update changed ones, leave the rest; say how many of each."""
    drafts = [draft(row, register, demo=demo) for row in rows]
    for code in {one.register for one in drafts}:
        _ensure_register(code, demo=demo)
    present = _present(drafts)
    tally = Tally()
    parts = _Parts(noted=_noted_renewals(pk for pk, _digest in present.values()))
    new: list[Right] = []
    changed: list[Right] = []
    for one in drafts:
        pk, digest = present.get(one.place, (None, ""))
        if digest == one.digest:
            tally.unchanged += 1
            continue
        right = right_of(one)
        right.batch = batch
        if pk:
            right.id = pk
        (changed if pk else new).append(right)
        parts.add(right, one.row)
    _insert(new)
    _replace(changed)
    parts.save()
    tally.added, tally.changed = len(new), len(changed)
    return tally


def set_end(right: Right, renewed_on: Iterable[date]) -> None:
    """Work out a right's last day and how long it may be renewed; nothing is saved."""
    found = protection_of(right, renewed_on)
    right.ends_on, right.renewable_until_on = found.last_on, found.renewable_until_on


def _noted_renewals(keys: Iterable[UUID]) -> dict[UUID, list[date]]:
    """Give the renewals that people noted, which no file replaces."""
    noted = RightEvent.objects.filter(right__in=keys, kind=_RENEWED, imported=False)
    found: dict[UUID, list[date]] = {}
    for key, on in noted.values_list("right", "on"):
        found.setdefault(key, []).append(on)
    return found


def _insert(new: Sequence[Right]) -> None:
    """Insert rights row by row in one statement.

    `bulk_create` writes a statement for every thirty and takes twice the time.
    """
    fields = [getattr(Right, name).field for name in _INSERTED]
    ready = [(f.attname, None if isinstance(f, _PLAIN) else f) for f in fields]
    rows = [
        [
            field.get_db_prep_save(getattr(right, name), connection)
            if field
            else getattr(right, name)
            for name, field in ready
        ]
        for right in new
    ]
    names = ", ".join(field.column for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO rights_right ({names}) VALUES ({marks})",  # noqa: S608 - our own columns
            rows,
        )


def _ensure_register(code: str, *, demo: bool) -> None:
    about = known(code)
    Register.objects.get_or_create(code=code, defaults=asdict(about) | {"demo": demo})


def _present(drafts: Iterable[Draft]) -> dict[tuple[str, str], tuple[UUID, str]]:
    """Find the rights that are there already, with the digest of their content."""
    by_register: dict[str, list[str]] = {}
    for one in drafts:
        by_register.setdefault(one.register, []).append(one.source_id)
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
