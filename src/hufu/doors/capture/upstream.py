"""Connections to the servers that a page asks for, and the certificates they show."""

import contextlib
import socket
import ssl
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from hufu.doors.capture.addresses import Network
from hufu.doors.capture.outcomes import CaptureFailed, Exchange, Tls

SECURE = {"https": 443, "wss": 443}
CONNECTING = 10.0  # seconds
DER = 2  # how the ssl module calls the encoding


def open_upstream(
    exchange: Exchange, addresses: Sequence[str], network: Network, seconds: float
) -> socket.socket:
    """Connect to the first pinned address that answers; note which one it was."""
    parts = urlsplit(exchange.url)
    try:
        port = parts.port or SECURE.get(parts.scheme, 80)
    except ValueError as error:
        raise CaptureFailed("unreachable", parts.netloc) from error
    for address in addresses:
        wait = min(CONNECTING, seconds)
        with contextlib.suppress(OSError):
            if parts.scheme not in SECURE:
                sock = network.connect(address, port, wait)
            else:
                sock, exchange.tls = _secured(network, (address, port), parts, wait)
            exchange.address = address
            return sock
    raise CaptureFailed("unreachable", f"{parts.hostname} ({', '.join(addresses)})")


def _secured(
    network: Network, place: tuple[str, int], parts: Any, wait: float
) -> tuple[socket.socket, Tls]:
    """Check the server's certificates; where they fail, go on and keep the reason."""
    context = ssl.create_default_context(cafile=network.roots)
    problem = ""
    try:
        sock = _wrapped(network, place, parts.hostname, context, wait)
    except ssl.SSLCertVerificationError as error:
        problem = error.verify_message
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        sock = _wrapped(network, place, parts.hostname, context, wait)
    return sock, Tls(_chain(sock), sock.version() or "", problem)


def _wrapped(
    network: Network,
    place: tuple[str, int],
    host: str,
    context: ssl.SSLContext,
    wait: float,
) -> ssl.SSLSocket:
    context.set_alpn_protocols(["http/1.1"])
    plain = network.connect(*place, wait)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _chain(sock: ssl.SSLSocket) -> tuple[bytes, ...]:
    """Give all certificates the server sent; Python 3.13 opens this officially."""
    shown: Any = sock._sslobj  # type: ignore[attr-defined]  # the chain is behind it # noqa: SLF001 - no other way before Python 3.13
    return tuple(one.public_bytes(DER) for one in shown.get_unverified_chain() or ())
