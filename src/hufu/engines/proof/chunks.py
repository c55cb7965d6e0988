"""Undoing HTTP's chunked transfer coding (RFC 9112 section 7.1), as bytes come in."""

LONGEST_SIZE = 1 << 10


class Chunks:
    """Takes a chunked body piece by piece and gives what it carries."""

    def __init__(self) -> None:
        self._line = b""
        self._left = 0
        self._is_over = False

    def feed(self, data: bytes) -> bytes:
        """Return the carried bytes of the next piece; nothing after an error."""
        carried = []
        while data and not self._is_over:
            if self._left:
                part = data[: self._left]
                carried.append(part)
                self._left -= len(part)
                data = data[len(part) :]
                continue
            head, end, data = data.partition(b"\n")
            self._line += head
            if end:
                self._begin()
            self._is_over = self._is_over or len(self._line) > LONGEST_SIZE
        return b"".join(carried)

    def _begin(self) -> None:
        """Read the line before a chunk; the empty one ends the chunk before it."""
        size = self._line.partition(b";")[0].strip()
        self._line = b""
        if not size:
            return
        try:
            self._left = int(size, 16)
        except ValueError:
            self._left = 0
        self._is_over = self._left <= 0
