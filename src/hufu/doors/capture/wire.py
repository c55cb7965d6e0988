"""HTTP/1.1 as it goes over a wire: heads, and bodies passed on byte for byte."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = 64 * 1024
LONGEST_HEAD = 256 * 1024
LONGEST_LINE = 8 * 1024
END = b"\r\n\r\n"
NO_BODY = {204, 304}
HOP = {"connection", "keep-alive", "proxy-connection", "proxy-authorization"}


class Broken(Exception):  # noqa: N818 - what came is no HTTP; nobody erred here
    """What came over the wire is no HTTP, or ended too early."""


@dataclass(frozen=True)
class Head:
    """A first line and its header fields, and the bytes they came in."""

    line: str
    fields: tuple[tuple[str, str], ...]
    raw: bytes

    @classmethod
    def parse(cls, raw: bytes) -> "Head":
        """Read a head; a line without a colon is no header field."""
        first, *lines = raw[: -len(END)].decode("latin-1").split("\r\n")
        fields = [line.partition(":") for line in lines]
        if not all(colon for _, colon, _ in fields):
            raise Broken("header field")
        return cls(first, tuple((n.strip(), v.strip()) for n, _, v in fields), raw)

    def get(self, name: str) -> str:
        """Give a field's value, joined where it comes twice; empty without one."""
        return ", ".join(v for n, v in self.fields if n.lower() == name)

    @property
    def status(self) -> int:
        """Read the status of an answer."""
        words = self.line.split(" ")
        if not self.line.startswith("HTTP/1.") or len(words) < 2:  # noqa: PLR2004 - version and status
            raise Broken("status line")
        if not (words[1].isascii() and words[1].isdigit()):
            raise Broken("status line")
        return int(words[1])

    @property
    def upgrades(self) -> bool:
        """Say whether a WebSocket is asked for."""
        return self.get("upgrade").lower() == "websocket"

    @property
    def length(self) -> int:
        """Read the length of the body that is announced; -1 without one."""
        lengths = {v for n, v in self.fields if n.lower() == "content-length"}
        if not lengths:
            return -1
        text = lengths.pop()
        if lengths or not (text.isascii() and text.isdigit()):
            raise Broken("content-length")
        return int(text)

    @property
    def chunked(self) -> bool:
        """Say whether the body comes in chunks."""
        return "chunked" in self.get("transfer-encoding").lower()

    def request_to(self, method: str, target: str) -> bytes:
        """Write the head that goes to the server: one request on a connection."""
        kept = [f"{n}: {v}" for n, v in self.fields if n.lower() not in HOP]
        kept.append("Connection: Upgrade" if self.upgrades else "Connection: close")
        return "\r\n".join([f"{method} {target} HTTP/1.1", *kept, "", ""]).encode(
            "latin-1"
        )


class Wire:
    """One side of a connection, read in order."""

    def __init__(self, sock: socket.socket) -> None:
        """Read from a socket from here on."""
        self.sock = sock
        self._left = b""

    def head(self) -> Head:
        """Read a head to its empty line."""
        while END not in self._left:
            if len(self._left) > LONGEST_HEAD:
                raise Broken("head too long")
            self._fill()
        raw, _, self._left = self._left.partition(END)
        return Head.parse(raw + END)

    @property
    def left(self) -> bool:
        """Say whether something was read already and not yet given."""
        return bool(self._left)

    def some(self) -> bytes:
        """Give what is there; empty when the other side has closed."""
        if self._left:
            data, self._left = self._left, b""
            return data
        return self.sock.recv(BLOCK)

    def request_body(self, head: Head) -> Iterator[bytes]:
        """Give the body of a request, as it comes."""
        if head.chunked:
            yield from self._chunks()
        elif head.length > 0:
            yield from self._exactly(head.length)

    def response_body(self, head: Head, method: str) -> Iterator[bytes]:
        """Give the body of an answer, as it comes: chunks stay chunks."""
        if method == "HEAD" or head.status in NO_BODY:
            return
        if head.chunked:
            yield from self._chunks()
        elif head.length >= 0:
            yield from self._exactly(head.length)
        else:
            while data := self.some():
                yield data

    def _fill(self) -> None:
        data = self.sock.recv(BLOCK)
        if not data:
            raise Broken("closed early")
        self._left += data

    def _exactly(self, count: int) -> Iterator[bytes]:
        while count:
            if not self._left:
                self._fill()
            data, self._left = self._left[:count], self._left[count:]
            count -= len(data)
            yield data

    def _line(self) -> bytes:
        while b"\r\n" not in self._left:
            if len(self._left) > LONGEST_LINE:
                raise Broken("chunk size")
            self._fill()
        line, end, self._left = self._left.partition(b"\r\n")
        return line + end

    def _chunks(self) -> Iterator[bytes]:
        while True:
            line = self._line()
            yield line
            try:
                size = int(line.split(b";")[0].strip(), 16)
            except ValueError as error:
                raise Broken("chunk size") from error
            if size < 0:
                raise Broken("chunk size")
            if size == 0:
                break
            yield from self._exactly(size)
            yield self._line()
        while line := self._line():
            yield line
            if line == b"\r\n":
                return
