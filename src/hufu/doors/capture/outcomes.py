"""What a capture is asked for, what it may cost, and how it ends."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

MEGABYTE = 1024 * 1024


class CaptureFailed(Exception):  # noqa: N818 - it is how a capture ends, not a fault
    """No page could be captured: a code that has words, and what it is about.

    `kept` holds what went over the wire until then, if anything was tried.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        """Name the reason."""
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.kept: Captured | None = None


@dataclass(frozen=True)
class Asked:
    """Which page is wanted, by whom, of which body, and what for.

    It stands in the capture record.
    """

    url: str
    collector: str
    purpose: str
    body: str = ""


@dataclass(frozen=True)
class Limits:
    """What one capture may cost. It looks at one page and follows no links."""

    seconds: float = 90
    load_seconds: float = 40
    total: int = 40 * MEGABYTE
    body: int = 20 * MEGABYTE
    requests: int = 1000
    redirects: int = 20
    height: int = 16000  # pixels of the screenshot


STANDARD = Limits()


class Spent(Exception):  # noqa: N818 - a limit that was reached is no fault
    """A limit was reached; the message is WARC's word for it: length or time."""


@dataclass
class Budget:
    """What is left of the limits, shared by all connections of a capture."""

    limits: Limits
    bytes: int = 0
    requests: int = 0
    redirects: int = 0
    reached: set[str] = field(default_factory=set)
    _began: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def seconds_left(self) -> float:
        """Say how long the capture may still take."""
        return max(self._began + self.limits.seconds - time.monotonic(), 0.001)

    def take_bytes(self, count: int, so_far: int) -> None:
        """Count bytes of a body; stop it at its limit, at the sum's, or in time."""
        with self._lock:
            self.bytes += count
            if self.bytes > self.limits.total or so_far > self.limits.body:
                self.reached.add("length")
                raise Spent("length")
        if self.seconds_left <= 0.001:  # noqa: PLR2004 - the least a socket may wait
            self.reached.add("time")
            raise Spent("time")

    def take_request(self) -> None:
        """Count a request; refuse one too many."""
        with self._lock:
            self.requests += 1
            if self.requests > self.limits.requests:
                self.reached.add("requests")
                raise CaptureFailed("too_many_requests")

    def take_redirect(self) -> None:
        """Count a redirect; refuse one too many."""
        with self._lock:
            self.redirects += 1
            if self.redirects > self.limits.redirects:
                self.reached.add("redirects")
                raise CaptureFailed("too_many_redirects")


@dataclass(frozen=True)
class Tls:
    """The certificates a server showed, leaf first (DER), and whether they hold."""

    chain: tuple[bytes, ...]
    version: str
    problem: str = ""


@dataclass
class Exchange:
    """A request and its answer as they went over the wire, each in a file."""

    number: int
    at: datetime
    method: str
    url: str
    folder: Path
    address: str = ""
    tls: Tls | None = None
    status: int = 0
    size: int = 0
    truncated: str = ""
    frames: int = 0  # bytes of a WebSocket, which are not kept

    @property
    def request(self) -> Path:
        """Say where the request lies."""
        return self.folder / f"{self.number}.request"

    @property
    def response(self) -> Path:
        """Say where the answer lies."""
        return self.folder / f"{self.number}.response"


@dataclass(frozen=True)
class Refused:
    """A request that was not let out, and why."""

    url: str
    host: str
    code: str
    detail: str


@dataclass(frozen=True)
class Seen:
    """What the browser showed."""

    url: str
    title: str
    status: int
    dom: str
    screenshot: bytes
    pdf: bytes
    complete: bool


@dataclass(frozen=True)
class Captured:
    """A finished capture: the WACZ file, the screenshot, and the capture record.

    Of a page that did not come there is no screenshot. `seal` says how the file was
    signed and stamped, which the record inside it cannot say.
    """

    file: Path
    screenshot: bytes
    record: dict[str, Any]
    seal: dict[str, Any]
