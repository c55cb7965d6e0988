"""From a request to an actor, and from the machine's clock to an instant."""

import secrets
from datetime import date, datetime
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from hufu.domain.people.models import Account
from hufu.domain.people.queries import key_by_token
from hufu.domain.people.services import note_use


def now() -> datetime:
    """Read the clock (aware, UTC). The one place that does."""
    return timezone.now()  # noqa: TID251 - a door reads the clock


def today() -> date:
    """Return the legal day (Asia/Shanghai)."""
    return timezone.localdate(now())


def actor_of(request: HttpRequest) -> Account:
    """Return who is asking; the access table has already refused strangers."""
    return cast("Account", request.user)


def use_key(request: HttpRequest) -> None:
    """Let the account of a key act, where one is sent; a wrong key is nobody.

    A request with a key never falls back to the session that came along with it.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        return
    key = key_by_token(token.strip()) if scheme.lower() == "bearer" else None
    request.user = key.account if key else AnonymousUser()
    if key:
        note_use(at=now(), key=key)


def new_token() -> str:
    """Make the token of an API key: 256 random bits, with a name to find it by."""
    return f"hufu_{secrets.token_urlsafe(32)}"
