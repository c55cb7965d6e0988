"""The status of a right on any day, from what happened to it and its dates."""

from collections.abc import Iterable
from datetime import date

from hufu.domain.rights.models import Right, RightEvent, Status
from hufu.domain.rights.protection import OPEN_ENDED

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
    if right.ends_on and right.ends_on < day:
        late = right.renewable_until_on
        return Status.RENEWABLE if late and day <= late else Status.EXPIRED
    return _begun(right, day)


def _begun(right: Right, day: date) -> Status:
    """Say how far a right had come on a day before anything ended it.

    A title that must end some day, and whose end nobody can tell, is not called in
    force: what it is on the day is not known.
    """
    filed, registered, arose = right.filed_on, right.registered_on, right.arose_on
    started = (arose or filed) if right.kind in ARISING else None
    if (registered and registered <= day) or (started and started <= day):
        known = right.ends_on or right.kind in OPEN_ENDED
        return Status.IN_FORCE if known else Status.UNKNOWN
    if not (filed or registered or arose):
        return Status.IN_FORCE if right.kind in ARISING else Status.UNKNOWN
    return Status.PENDING if filed and filed <= day else Status.NOT_YET
