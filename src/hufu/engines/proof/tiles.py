"""The layout of c2sp.org/tlog-tiles: paths, tile hashes and entry bundles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.merkle import WIDTH

HEIGHT = 8
FULL = 1 << HEIGHT
LARGEST_ENTRY = (1 << 16) - 1
GROUP = 1000
TOP_LEVEL = 63


class Reading(Protocol):
    """What a log is read from: a folder, a table, memory."""

    def read(self, path: str) -> bytes:
        """Return the bytes under a path; `FileNotFoundError` if there are none."""


class Storage(Reading, Protocol):
    """What a log is kept in.

    A write is atomic and durable: a reader sees the old bytes or the new ones, and
    once `write` has returned, a power cut does not bring the old ones back.
    """

    def write(self, path: str, data: bytes) -> None:
        """Put bytes under a path."""

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Put many files in any order; all of them last when it returns."""


@dataclass(frozen=True)
class Tile:
    """One file of the layout; `level` -1 are the entries themselves."""

    level: int
    index: int
    width: int = FULL

    @property
    def path(self) -> str:
        """Return the path, such as `tile/0/x001/x234/067.p/112`."""
        level = "entries" if self.level < 0 else str(self.level)
        partial = "" if self.width == FULL else f".p/{self.width}"
        return f"tile/{level}/{_spelled(self.index)}{partial}"


def _spelled(index: int) -> str:
    parts = [f"{index % GROUP:03d}"]
    while index >= GROUP:
        index //= GROUP
        parts.append(f"x{index % GROUP:03d}")
    return "/".join(reversed(parts))


def width_of(level: int, index: int, size: int) -> int:
    """Return how many hashes a tile has in a tree of `size` leaves; 0 is no tile."""
    there = size >> (HEIGHT * max(level, 0))
    return max(0, min(FULL, there - index * FULL))


def tiles_of(size: int) -> Iterator[Tile]:
    """List every file of a tree of `size` leaves, the entries first."""
    for level in range(-1, TOP_LEVEL + 1):
        there = size >> (HEIGHT * max(level, 0))
        if not there:
            return
        for index in range(-(-there // FULL)):
            yield Tile(level, index, width_of(level, index, size))


def read_tile(storage: Reading, tile: Tile) -> bytes:
    """Read a tile; a partial one may have been replaced by the full one."""
    try:
        return storage.read(tile.path)
    except FileNotFoundError:
        whole = Tile(tile.level, tile.index)
        if tile == whole:
            raise
    try:
        return storage.read(whole.path)
    except FileNotFoundError:
        raise FileNotFoundError(tile.path) from None


def row_in(storage: Reading, tile: Tile) -> bytes:
    """Return the hashes of a tile, 32 bytes for each of its places."""
    data = read_tile(storage, tile)
    if len(data) not in {WIDTH * tile.width, WIDTH * FULL}:
        raise ProofError("tile", f"{tile.path} has {len(data)} bytes.")
    return data[: WIDTH * tile.width]


def hashes_in(storage: Reading, tile: Tile) -> list[bytes]:
    """Return the hashes of a tile, one for each of its places."""
    row = row_in(storage, tile)
    return [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]


def encode_entries(entries: Sequence[bytes]) -> bytes:
    """Write an entry bundle: each entry after its length, two bytes big-endian."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def entries_in(storage: Reading, tile: Tile) -> list[bytes]:
    """Return the entries of a bundle, one for each of its places."""
    data = read_tile(storage, tile)
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2])
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) != length:
            raise ProofError("bundle", f"{tile.path} is cut off.")
        entries.append(entry)
        at += 2 + length
    if len(entries) not in {tile.width, FULL}:
        raise ProofError("bundle", f"{tile.path} has {len(entries)} entries.")
    return entries[: tile.width]
