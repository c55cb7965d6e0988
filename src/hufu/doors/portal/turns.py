"""How often one visitor may ask for what costs the processor much.

Nothing is stored: who asked is a digest by a key that this process alone has, kept in
memory for a minute. Each process counts for itself.
"""

import hashlib
import secrets
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

WINDOW = timedelta(minutes=1)
IPV6, SITE = 6, 64  # bits of an IPv6 address that one visitor cannot change


@dataclass(frozen=True)
class Limits:
    """How many draws by a beacon are judged in a minute: over a second of work each."""

    of_one: int = 6
    of_all: int = 30


LIMITS = Limits()


class Turns:
    """The turns of the last minute, oldest first."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._taken: deque[tuple[datetime, bytes]] = deque()
        self._lock = threading.Lock()

    def take(self, request: HttpRequest, *, at: datetime) -> None:
        """Count one more turn, or refuse it and say when to come again."""
        visitor = self._visitor(request.META.get("REMOTE_ADDR", ""))
        with self._lock:
            while self._taken and self._taken[0][0] <= at - WINDOW:
                self._taken.popleft()
            mine = [when for when, one in self._taken if one == visitor]
            if len(mine) >= LIMITS.of_one:
                raise _busy(mine[0], at)
            if len(self._taken) >= LIMITS.of_all:
                raise _busy(self._taken[0][0], at)
            self._taken.append((at, visitor))

    def _visitor(self, address: str) -> bytes:
        try:
            known = ip_address(address)
        except ValueError:
            place = address
        else:
            shown = SITE if known.version == IPV6 else known.max_prefixlen
            place = str(ip_network((int(known), shown), strict=False))
        return hashlib.blake2b(place.encode(), key=self._key).digest()


def _busy(oldest: datetime, at: datetime) -> Refusal:
    message = _(
        "Checking a draw takes this machine long. Try again in %(seconds)d seconds, or "
        "check it on your own machine: ./hufu draw verify FILE"
    )
    left = (oldest + WINDOW - at).total_seconds()
    return Refusal("busy", message % {"seconds": max(1, round(left))})


DRAWS = Turns()
