"""From a request to an actor, and from the machine's clock to an instant."""

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from hufu.domain.people.models import Account


def now() -> datetime:
    """Read the clock (aware, UTC). The one place that does."""
    return timezone.now()  # noqa: TID251 - a door reads the clock


def today() -> date:
    """Return the legal day (Asia/Shanghai)."""
    return timezone.localdate(now())


def actor_of(request: HttpRequest) -> Account:
    """Return who is asking; the access table has already refused strangers."""
    return cast("Account", request.user)
