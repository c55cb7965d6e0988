"""Telling the people of a case that something happened."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hufu.base.access import Actor
from hufu.base.journal import record
from hufu.domain.cases.guards import team
from hufu.domain.cases.models import Case, CaseClock, Notification
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

Kind = Notification.Kind


def notify(
    accounts: Iterable[Account], kind: Kind, *, at: datetime, case: Case | None = None
) -> None:
    """Write one notification for each account."""
    Notification.objects.bulk_create(
        Notification(account=account, case=case, kind=kind, at=at)
        for account in accounts
        if account.is_active
    )


def notify_team(case: Case, kind: Kind, *, at: datetime, actor: Actor) -> None:
    """Tell the team, except whoever did it."""
    members = Account.objects.filter(
        case_duties__in=team(case), is_active=True
    ).distinct()
    notify((m for m in members if m.label != actor.label), kind, at=at, case=case)


def heads_of(case: Case) -> list[Account]:
    """Return the accounts of the agency that decide its cases."""
    officers = Account.objects.filter(agency=case.agency_id, is_active=True)
    return [a for a in officers if a.holds(Permission.CASE_DECIDE)]


@transaction.atomic
def remind_team(*, actor: Actor, at: datetime, clock: CaseClock) -> CaseClock:
    """Tell the team that one of its periods ends soon."""
    notify_team(clock.case, Kind.DUE, at=at, actor=actor)
    facts = {"rule": clock.rule, "due_on": str(clock.due_on)}
    record(clock.case, "remind", actor=actor, at=at, facts=facts)
    return clock


@transaction.atomic
def read_notifications(*, actor: Account, at: datetime) -> int:
    """Mark everything that waited for the account as read."""
    count = Notification.objects.filter(account=actor, read_at=None).update(read_at=at)
    if count:
        record(actor, "read-notifications", actor=actor, at=at, facts={"count": count})
    return count


@transaction.atomic
def mark_mailed(
    *, actor: Actor, at: datetime, notification: Notification
) -> Notification:
    """Note that the mail for a notification went out, so that none goes twice."""
    notification.mailed_at = at
    notification.save(update_fields=["mailed_at"])
    record(
        notification.account,
        "mail-notification",
        actor=actor,
        at=at,
        facts={"notification": str(notification.pk)},
    )
    return notification
