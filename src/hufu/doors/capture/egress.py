"""The only way out of a capture's browser: a proxy that pins, refuses and records."""

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from hufu.doors.capture.addresses import Names, Network
from hufu.doors.capture.authority import Authority
from hufu.doors.capture.outcomes import (
    Budget,
    CaptureFailed,
    Exchange,
    Refused,
    Spent,
)
from hufu.doors.capture.upstream import open_upstream
from hufu.doors.capture.wire import BLOCK, Broken, Head, Wire
from hufu.doors.identity import now

IDLE = 20.0  # seconds without a byte
TLS_HELLO = b"\x16"
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# Where the browser reports to by itself; it would be taken for the page's doing.
BROWSERS_OWN = {
    "accounts.google.com",
    "android.clients.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com",
    "mtalk.google.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
}
SWITCHED, REDIRECTS = 101, {301, 302, 303, 307, 308}


class Egress:
    """Listens on the loopback for one browser; keeps what went over the wire."""

    def __init__(self, folder: Path, network: Network, budget: Budget) -> None:
        """Take the folder for wire bytes, the way out, and what may be spent."""
        self.folder, self.budget = folder, budget
        self.names = Names(network)
        self.authority = Authority(folder)
        self.exchanges: list[Exchange] = []
        self.refused: list[Refused] = []
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])

    def start(self) -> None:
        """Begin to answer."""
        self._spawn(self._listen)

    def stop(self) -> None:
        """End every connection; what is still coming is kept as cut short."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            for sock in self._open:
                # Not SSLSocket's own: after that its reader would take ciphertext.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
            threads = list(self._threads)
        for thread in threads:
            thread.join(timeout=IDLE)

    def _spawn(self, work: Callable[..., None], *given: socket.socket) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True, name="egress")
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._spawn(self._serve, client)

    @contextmanager
    def held(self, sock: socket.socket) -> Iterator[socket.socket]:
        """Close a socket after use, or when the capture ends."""
        sock.settimeout(min(IDLE, self.budget.seconds_left))
        with self._lock:
            self._open.add(sock)
        try:
            yield sock
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    def _serve(self, client: socket.socket) -> None:
        # A browser that goes away, a server that talks nonsense: the exchange says so.
        with contextlib.suppress(OSError, Broken, CaptureFailed), self.held(client):
            wire = Wire(client)
            head = wire.head()
            method, target = _request_line(head)
            if method != "CONNECT":
                self._exchange(wire, head, target)
                return
            host, _, port = target.rpartition(":")
            with self._letting(target, host):
                self._addresses_of(host)
            client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            if client.recv(1, socket.MSG_PEEK) != TLS_HELLO:
                self._tunnelled(Wire(client), f"http://{_place(host, port, '80')}")
                return
            context = self.authority.context_for(host)
            with self.held(context.wrap_socket(client, server_side=True)) as inner:
                self._tunnelled(Wire(inner), f"https://{_place(host, port, '443')}")

    def _tunnelled(self, wire: Wire, origin: str) -> None:
        head = wire.head()
        url = origin + _request_line(head)[1]
        if head.upgrades:
            url = "ws" + url.removeprefix("http")
        self._exchange(wire, head, url)

    @contextmanager
    def _letting(self, url: str, host: str | None) -> Iterator[None]:
        """Note a request that is not let out."""
        try:
            yield
        except CaptureFailed as failed:
            with self._lock:
                refused = Refused(url, host or "", failed.code, failed.detail)
                self.refused.append(refused)
            raise

    def _addresses_of(self, host: str) -> tuple[str, ...]:
        if host in BROWSERS_OWN:
            raise CaptureFailed("browser_own", host)
        return self.names.addresses_of(host)

    def _exchange(self, client: Wire, head: Head, url: str) -> None:
        """Pass one request on and its answer back; keep both."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise Broken("target")
        with self._letting(url, parts.hostname):
            self.budget.take_request()
            addresses = self._addresses_of(parts.hostname)
            with self._lock:
                number = len(self.exchanges) + 1
                method = _request_line(head)[0]
                exchange = Exchange(number, now(), method, url, self.folder)
                self.exchanges.append(exchange)
            sock = open_upstream(
                exchange, addresses, self.names.network, self.budget.seconds_left
            )
        with self.held(sock):
            try:
                self._pass_on(client, head, Wire(sock), exchange)
            except Spent as spent:
                exchange.truncated = str(spent)
            except TimeoutError:
                exchange.truncated = "time"
                raise
            except (OSError, Broken):
                exchange.truncated = "disconnect"
                raise

    def _pass_on(
        self, client: Wire, head: Head, server: Wire, exchange: Exchange
    ) -> None:
        parts = urlsplit(exchange.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with exchange.request.open("wb") as file:
            for data in (
                head.request_to(exchange.method, target),
                *client.request_body(head),
            ):
                file.write(data)
                server.sock.sendall(data)
        answer = server.head()
        while 100 <= answer.status < 200 and answer.status != SWITCHED:  # noqa: PLR2004 - informational, RFC 9110
            answer = server.head()
        exchange.status = answer.status
        with exchange.response.open("wb") as file:
            file.write(answer.raw)
            if answer.status in REDIRECTS:
                with self._letting(exchange.url, parts.hostname):
                    self.budget.take_redirect()
            client.sock.sendall(answer.raw)
            if answer.status == SWITCHED:
                self._relay(client, server, exchange)
                return
            for data in server.response_body(answer, exchange.method):
                file.write(data)
                exchange.size += len(data)
                self.budget.take_bytes(len(data), exchange.size)
                client.sock.sendall(data)

    def _relay(self, client: Wire, server: Wire, exchange: Exchange) -> None:
        """Pass the frames of a WebSocket on, both ways, until one side ends."""
        sides = {client.sock: (client, server.sock), server.sock: (server, client.sock)}
        for wire, other in sides.values():
            if wire.left:
                other.sendall(wire.some())
        while True:
            ready: list[socket.socket] = [
                s for s in sides if isinstance(s, ssl.SSLSocket) and s.pending()
            ]
            ready = ready or select.select(list(sides), [], [], IDLE)[0]
            if not ready:
                return
            for sock in ready:
                data = sock.recv(BLOCK)
                if not data:
                    return
                exchange.frames += len(data)
                self.budget.take_bytes(len(data), exchange.frames)
                sides[sock][1].sendall(data)


def _request_line(head: Head) -> tuple[str, str]:
    words = head.line.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):  # noqa: PLR2004 - method, target, version
        raise Broken("request line")
    return words[0], words[1]


def _place(host: str, port: str, usual: str) -> str:
    return host if port == usual else f"{host}:{port}"
