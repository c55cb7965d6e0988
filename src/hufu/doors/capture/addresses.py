"""Which addresses a capture may reach, and how a name becomes one: once."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hufu.doors.capture.outcomes import CaptureFailed
from hufu.doors.identity import now

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]

# What `is_global` lets pass, or let pass in some releases of Python.
CLOSED = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # behind a provider's address translation
        "169.254.0.0/16",  # link-local, and where clouds keep their secrets
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",
        "224.0.0.0/3",
        "100.100.100.200/32",  # metadata of a cloud
        "168.63.129.16/32",  # metadata of a cloud, at a public address
        "fd00:ec2::254/128",
        "64:ff9b::/96",  # an IPv4 address in a coat of IPv6
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "::/96",
        "fec0::/10",
    )
]


def is_public(text: str) -> bool:
    """Say whether an address belongs to the public internet, without any doubt."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    # A mapped, scoped or site-local address is never how a website is reached.
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.scope_id or address.is_site_local
    ):
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in net for net in CLOSED if net.version == address.version)


def resolve_name(name: str) -> list[str]:
    """Ask the system for all addresses of a name."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connect_to(address: str, port: int, seconds: float) -> socket.socket:
    """Open a connection to an address, never to a name."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True)
class Network:
    """How names are resolved and addresses reached. Only tests give other ways.

    `roots` is a file of certificates to trust; without one, those of this machine.
    """

    resolve: Resolve = resolve_name
    connect: Connect = connect_to
    roots: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a name resolved to, and when it was asked."""

    name: str
    addresses: tuple[str, ...]
    at: datetime


@dataclass
class Names:
    """Every name is asked for once in a capture; the first answer stays."""

    network: Network
    answers: dict[str, Answer] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def addresses_of(self, host: str) -> tuple[str, ...]:
        """Give the pinned addresses of a host; refuse it if one is not public."""
        name = host.strip("[]").rstrip(".").lower()
        with self._lock:
            if name not in self.answers:
                self.answers[name] = self._ask(name)
        addresses = self.answers[name].addresses
        for address in addresses:
            if not is_public(address):
                raise CaptureFailed("address_refused", f"{name} ({address})")
        if not addresses:
            raise CaptureFailed("name_unknown", name)
        return addresses

    def _ask(self, name: str) -> Answer:
        try:
            literal = str(ipaddress.ip_address(name))
        except ValueError:
            pass
        else:
            return Answer(name, (literal,), now())
        try:
            found = tuple(self.network.resolve(name))
        except (OSError, UnicodeError):
            found = ()
        return Answer(name, found, now())
