"""The status of a right on any day, from what happened to it and its dates."""

from collections.abc import Iterable
from datetime import date

from hufu.domain.rights.models import Right, RightEvent, Status

Kind = RightEvent.Kind


ENDINGS = (
    Kind.EXPIRED,
    Kind.CANCELLED,
    Kind.SURRENDERED,
    Kind.REFUSED,
    Kind.WITHDRAWN,
)
BEARING = (*ENDINGS, Kind.REGISTERED, Kind.RENEWED, Kind.RESTORED)
# Copyright, secrets and traditional knowledge are protected without registration.
ARISING = (
    Right.Kind.COPYRIGHT,
    Right.Kind.TRADE_SECRET,
    Right.Kind.TRADITIONAL_KNOWLEDGE,
)


def status_of(right: Right, events: Iterable[RightEvent], day: date) -> Status:
    """Say the status on a day; `queries.with_status` says the same in SQL.

    An invalidated right is deemed never to have existed, on any day (Trademark Law
    of China, article 47; Patent Law, article 47).
    """
    if not right.is_registration:
        return Status.NAME_IN_USE
    told = sorted(events, key=lambda event: (event.on, event.pk or 0))
    if any(event.kind == Kind.INVALIDATED for event in told):
        return Status.INVALIDATED
    last = [e.kind for e in told if e.kind in BEARING and e.on <= day][-1:]
    if last and last[0] in ENDINGS:
        return Status(last[0])
    if right.expires_on and right.expires_on < day:
        return Status.EXPIRED
    return _begun(right, day)


def _begun(right: Right, day: date) -> Status:
    """Say how far a right had come on a day before anything ended it."""
    filed, registered = right.filed_on, right.registered_on
    if registered and registered <= day:
        return Status.IN_FORCE
    if right.kind in ARISING and (
        (filed and filed <= day) or not (filed or registered)
    ):
        return Status.IN_FORCE
    if filed and filed <= day:
        return Status.PENDING
    if filed or registered:
        return Status.NOT_YET
    return Status.UNKNOWN
