"""Streams sealed in chunks: nothing cut off, swapped or changed opens.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as age uses it:
chunks of 64 KiB under ChaCha20-Poly1305, the nonce is a counter and a flag that marks
the last chunk. Each stream has a key of its own, so that nonces never repeat.
"""

import io
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK = 64 * 1024
TAG = 16


class Damaged(Exception):  # noqa: N818 - says what the stream is
    """The stream was changed, cut off, or sealed under another key."""


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class SealedWriter(io.RawIOBase):
    """Seal what is written into `target`. `close` writes the last chunk."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        """Take the place to write to and a key of 32 bytes used for nothing else."""
        self._target, self._cipher = target, ChaCha20Poly1305(key)
        self._buffer, self._counter = bytearray(), 0

    def writable(self) -> bool:
        """Say that this stream takes bytes."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]  # the stub's Buffer type needs Python 3.12
        """Seal every full chunk; keep at least one byte back for the last."""
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._seal(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._counter, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, None))
        self._counter += 1

    def close(self) -> None:
        """Seal the last chunk. The target stays open."""
        if not self.closed:
            self._seal(bytes(self._buffer), last=True)
        super().close()


class SealedReader(io.RawIOBase):
    """Open what a SealedWriter sealed; raise Damaged before giving a wrong byte."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        """Take the sealed stream, right after its header, and its key."""
        self._source, self._cipher = source, ChaCha20Poly1305(key)
        self._ahead = source.read(CHUNK + TAG)
        self._buffer, self._counter, self._done = b"", 0, False

    def readable(self) -> bool:
        """Say that this stream gives bytes."""
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # the stub's Buffer type needs Python 3.12
        """Fill `target` with as many bytes as the present chunk has."""
        while not self._buffer and not self._done:
            self._buffer = self._open_next()
        size = min(len(target), len(self._buffer))
        target[:size], self._buffer = self._buffer[:size], self._buffer[size:]
        return size

    def _open_next(self) -> bytes:
        chunk, self._ahead = self._ahead, self._source.read(CHUNK + TAG)
        self._done = not self._ahead
        try:
            nonce = _nonce(self._counter, last=self._done)
            opened = self._cipher.decrypt(nonce, chunk, None)
        except InvalidTag as error:
            raise Damaged("damaged, cut off, or sealed under another key") from error
        self._counter += 1
        return opened

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()
