"""What the domain asks of the place where files are kept."""

from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Stored:
    """One file as it lies in the store: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


class Readable(Protocol):
    """Bytes that come one block after the other."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, which may be fewer; none at the end."""


class Storage(Protocol):
    """Files by the SHA-256 of their bytes. A door passes one to a service."""

    def put(self, stream: Readable, limit: int) -> Stored:
        """Keep the stream's bytes; refuse more than `limit` of them."""

    def open(self, sha256: str) -> BinaryIO:
        """Give the bytes back, to be read once from the start."""

    def type_of(self, sha256: str) -> str:
        """Say by its bytes, not by its name, which media type a file is."""

    def working_copy(self, sha256: str) -> Stored | None:
        """Keep a copy without metadata; None where the type allows no safe one."""

    def remove(self, sha256: str) -> None:
        """Destroy a file for good, when its term of retention has passed."""
