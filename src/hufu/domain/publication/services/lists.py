"""A list's day goes into the journal, once; who asked about a day that is past."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.publication.listmaps import DayMap
from hufu.domain.publication.models import ListDay, ListEnquiry
from hufu.engines.proof.heads import ACT


@transaction.atomic
def commit_list(*, actor: Actor, at: datetime, made: DayMap) -> ListDay:
    """Write down the map of a list on a day; a day that has one keeps it.

    The entry holds root and key, from where they get into the log. Of two that do
    this at once, the second is stopped by the database.
    """
    if not actor.holds(Permission.LIST_COMMIT):
        raise Refusal("no_permission", _("Your role does not include this act."))
    known = ListDay.objects.filter(name=made.name, day=made.day).first()
    if known:
        return known
    row = ListDay(name=made.name, day=made.day, root=made.root.hex(), rows=made.rows)
    facts = {
        "name": made.name,
        "day": made.day.isoformat(),
        "root": row.root,
        "vrf_key": made.key.hex(),
    }
    row.entry = record(row, ACT, actor=actor, at=at, facts=facts)
    row.save(force_insert=True)
    return row


@transaction.atomic
def enquire_list(
    *, actor: Account, at: datetime, row: ListDay, code: str, reason: str
) -> ListEnquiry:
    """Note that an officer asks about a past day, and why."""
    if not actor.holds(Permission.LIST_ENQUIRE):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if not reason.strip():
        raise Refusal("reason_missing", _("Say why you ask about a day that is past."))
    enquiry = ListEnquiry(
        of=row, code=code, reason=reason.strip(), asked_by=actor.label, at=at
    )
    facts = {"of": str(row.pk), "reason": digest_of(reason.strip())}
    enquiry.entry = record(enquiry, "enquire_list", actor=actor, at=at, facts=facts)
    enquiry.save(force_insert=True)
    return enquiry
