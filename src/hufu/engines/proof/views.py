"""A log as it stood at one size, read from its tiles: proofs and entries."""

from collections.abc import Iterator
from functools import lru_cache

from hufu.engines.proof import merkle
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.tiles import (
    FULL,
    HEIGHT,
    Reading,
    Tile,
    entries_in,
    row_in,
    width_of,
)

TILES_KEPT = 512
NODES_KEPT = 1 << 16


class LogView:
    """Answers for a tree of `size` leaves. What it reads is not checked here."""

    def __init__(self, storage: Reading, size: int) -> None:
        self.storage = storage
        self.size = size
        # Nodes and full tiles never change, so what was read once stays true.
        self._row = lru_cache(TILES_KEPT)(self._read)
        self.node = lru_cache(NODES_KEPT)(self._node)

    def _read(self, level: int, index: int) -> bytes:
        tile = Tile(level, index, width_of(level, index, self.size))
        return row_in(self.storage, tile)

    def _node(self, level: int, index: int) -> bytes:
        """Return the hash of a full node, from the tile in which it lies."""
        row, height = divmod(level, HEIGHT)
        first = index << height
        if (index + 1) << level > self.size:
            raise ProofError("index", f"Node ({level}, {index}) is not full yet.")
        start = first % FULL
        hashes = self._row(row, first // FULL)
        return merkle.head_of_row(
            hashes[merkle.WIDTH * start : merkle.WIDTH * (start + (1 << height))]
        )

    def root(self, size: int | None = None) -> bytes:
        """Return the head of the first `size` leaves, of all by default."""
        return merkle.hash_of(self, range(self.size if size is None else size))

    def prove_inclusion(self, index: int) -> list[bytes]:
        """Return the audit path of a leaf to this view's root."""
        return merkle.prove_inclusion(self, index, self.size)

    def prove_consistency(self, size: int) -> list[bytes]:
        """Return the proof that the first `size` leaves begin this view."""
        return merkle.prove_consistency(self, size, self.size)

    def entry(self, index: int) -> bytes:
        """Return one leaf's content."""
        return next(self.entries(index))

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Yield the leaves from `start` on, a bundle at a time."""
        if not 0 <= start <= self.size:
            raise ProofError("index", f"There is no leaf {start} among {self.size}.")
        for index in range(start // FULL, -(-self.size // FULL)):
            tile = Tile(-1, index, width_of(-1, index, self.size))
            entries = entries_in(self.storage, tile)
            yield from entries[max(0, start - index * FULL) :]
