"""What a verified holder, or the holder's agent, may do with a right."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.rights import queries
from hufu.domain.rights.models import Licence, Monitor, Right, Status


@dataclass(frozen=True)
class LicenceFacts:
    """Who may use a right or sell under it, where, and from when until when."""

    kind: str
    licensee: str
    from_on: date
    to_on: date | None = None
    seller_id: str = ""
    territory: str = ""


@transaction.atomic
def ask_monitoring(*, actor: Account, at: datetime, right: Right) -> Monitor:
    """Have a right watched from today on. Asking twice is asking once."""
    _check_holder(actor, right, at)
    if running := right.monitors.filter(until_on=None).first():
        return running
    day = timezone.localdate(at)
    status = queries.status_on(right, day)
    if status == Status.NAME_IN_USE:
        raise Refusal(
            "not_a_registration",
            _("This is a name in use, not a registration: it cannot be monitored."),
        )
    if right.is_stated:
        raise Refusal(
            "not_verified",
            _("No officer has verified this right yet: send proof first."),
        )
    if status != Status.IN_FORCE:
        raise Refusal(
            "not_in_force", _("Only a right that is in force can be monitored.")
        )
    monitor = Monitor.objects.create(right=right, since_on=day, asked_by=actor.label)
    record(right, "monitor", actor=actor, at=at, facts={"since_on": str(day)})
    return monitor


@transaction.atomic
def end_monitoring(*, actor: Account, at: datetime, right: Right) -> Right:
    """No longer have a right watched, from today on."""
    _check_holder(actor, right, at)
    day = timezone.localdate(at)
    if right.monitors.filter(until_on=None).update(until_on=day):
        record(right, "end-monitoring", actor=actor, at=at, facts={"on": str(day)})
    return right


@transaction.atomic
def add_licence(
    *, actor: Account, at: datetime, right: Right, facts: LicenceFacts
) -> Licence:
    """Write down a licensee or an authorised seller."""
    _check_holder(actor, right, at)
    if facts.kind not in Licence.Kind.values:
        raise Refusal("licence_kind", _("Choose the kind of licence."))
    if not facts.licensee.strip():
        raise Refusal("licensee_missing", _("Name the licensee or seller."))
    if facts.to_on and facts.to_on < facts.from_on:
        raise Refusal("days_in_order", _("The licence would end before it begins."))
    licence = Licence.objects.create(
        right=right,
        kind=facts.kind,
        licensee=facts.licensee.strip(),
        seller_id=facts.seller_id.strip(),
        territory=facts.territory.strip(),
        from_on=facts.from_on,
        to_on=facts.to_on,
    )
    told = {"licence": str(licence.pk), "kind": facts.kind}
    record(right, "license", actor=actor, at=at, facts=told)
    return licence


@transaction.atomic
def end_licence(*, actor: Account, at: datetime, licence: Licence) -> Licence:
    """End a licence: today is its last day, or its first if that is still to come."""
    _check_holder(actor, licence.right, at)
    day = timezone.localdate(at)
    licence.to_on = max(day, licence.from_on)
    licence.save(update_fields=["to_on"])
    told = {"licence": str(licence.pk), "on": str(licence.to_on)}
    record(licence.right, "end-licence", actor=actor, at=at, facts=told)
    return licence


def _check_holder(actor: Account, right: Right, at: datetime) -> None:
    """Refuse whoever is neither the verified holder nor the holder's agent."""
    if not actor.holds(Permission.RIGHT_MONITOR):
        raise Refusal("no_permission", _("Your role does not include this act."))
    mine = queries.rights_of(actor, day=timezone.localdate(at))
    if not mine.filter(pk=right.pk).exists():
        raise Refusal("not_yours", _("This right is not recorded as yours."))
