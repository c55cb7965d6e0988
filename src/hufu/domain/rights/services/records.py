"""Writing down a single right, and what happened to one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Right, RightEvent
from hufu.domain.rights.services.rows import put_rows, set_end


@dataclass(frozen=True)
class EventFacts:
    """What happened to a right, on which day, in the office's words."""

    kind: str
    on: date
    text: str = ""


@transaction.atomic
def record_right(
    *, actor: Actor, at: datetime, row: RightRow, demo: bool = False
) -> Right:
    """Write down one right, or bring the one with this identity up to date.

    Of a trade secret `row.extra["secret_sha256"]` is kept and nothing else of it.
    """
    if not actor.holds(Permission.IMPORT_RUN):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if row.kind == Right.Kind.TRADE_SECRET and not row.extra.get("secret_sha256"):
        raise Refusal("hash_missing", _("Give the SHA-256 of the secret."))
    tally = put_rows([row], register="", demo=demo, batch=None)
    right = Right.objects.get(register=row.source, source_id=row.source_id)
    if not tally.unchanged:
        facts = {"digest": right.digest, "kind": right.kind}
        record(right, "record", actor=actor, at=at, facts=facts)
    return right


@transaction.atomic
def note_event(
    *, actor: Actor, at: datetime, right: Right, facts: EventFacts
) -> RightEvent:
    """Write down that a right was renewed, cancelled, invalidated and so on."""
    if not actor.holds(Permission.IMPORT_RUN):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if facts.kind not in RightEvent.Kind.values:
        raise Refusal("event_unknown", _("Choose what happened to the right."))
    event = RightEvent.objects.create(
        right=right, on=facts.on, kind=facts.kind, text=facts.text[:500]
    )
    if event.kind == RightEvent.Kind.RENEWED:
        renewed = right.events.filter(kind=event.kind).values_list("on", flat=True)
        set_end(right, renewed)
        right.save(update_fields=["ends_on", "renewable_until_on"])
    told = {"kind": facts.kind, "on": str(facts.on), "text": digest_of(facts.text)}
    record(right, "note-event", actor=actor, at=at, facts=told)
    return event
