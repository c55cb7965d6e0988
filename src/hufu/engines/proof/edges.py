"""The growing edge of a tiled tree: the tiles that are not full yet."""

from collections.abc import Iterable, Sequence

from hufu.engines.proof import merkle, ranges
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.tiles import (
    FULL,
    HEIGHT,
    LARGEST_ENTRY,
    Reading,
    Tile,
    encode_entries,
    entries_in,
    hashes_in,
)


class Edge:
    """What appending needs: the hashes of each partial tile, the last entries."""

    def __init__(self, size: int = 0) -> None:
        self.size = size
        self.entries: list[bytes] = []
        self.rows: list[list[bytes]] = []
        self._touched: set[int] = set()

    @classmethod
    def read(cls, storage: Reading, size: int) -> "Edge":
        """Read the partial tiles of a tree of `size` leaves."""
        edge = cls(size)
        rest = size
        while rest:
            index, width = divmod(rest, FULL)
            tile = Tile(len(edge.rows), index, width)
            edge.rows.append(hashes_in(storage, tile) if width else [])
            rest = index
        index, width = divmod(size, FULL)
        edge.entries = entries_in(storage, Tile(-1, index, width)) if width else []
        leaves = [merkle.leaf_hash(entry) for entry in edge.entries]
        if leaves != (edge.rows[0] if edge.rows else []):
            raise ProofError("bundle", "The last entries do not hash to their tile.")
        return edge

    def append(self, leaves: Sequence[bytes]) -> dict[str, bytes]:
        """Add leaves, and return the files that this makes new, by path."""
        longest = max(map(len, leaves), default=0)
        if longest > LARGEST_ENTRY:
            raise ProofError("entry", f"An entry of {longest} bytes is too long.")
        files: dict[str, bytes] = {}
        self._touched = set()
        at = 0
        while at < len(leaves):
            part = leaves[at : at + FULL - len(self.entries)]
            at += len(part)
            self.entries += part
            self.size += len(part)
            if len(self.entries) == FULL:
                last = Tile(-1, self.size // FULL - 1)
                files[last.path] = encode_entries(self.entries)
                self.entries = []
            files |= self._push(0, map(merkle.leaf_hash, part))
        return files | self._partial()

    def _push(self, level: int, digests: Iterable[bytes]) -> dict[str, bytes]:
        """Add hashes to a row, at most as many as fill it."""
        if level == len(self.rows):
            self.rows.append([])
        row = self.rows[level]
        row += digests
        self._touched.add(level)
        if len(row) < FULL:
            return {}
        self.rows[level] = []
        index = (self.size >> (HEIGHT * (level + 1))) - 1
        full = {Tile(level, index).path: b"".join(row)}
        return full | self._push(level + 1, [merkle.head(row)])

    def _partial(self) -> dict[str, bytes]:
        files = {
            Tile(level, self.size >> (HEIGHT * (level + 1)), len(row)).path: b"".join(
                row
            )
            for level, row in enumerate(self.rows)
            if row and level in self._touched
        }
        if self.entries and self._touched:
            tile = Tile(-1, self.size // FULL, len(self.entries))
            files[tile.path] = encode_entries(self.entries)
        return files

    def root(self) -> bytes:
        """Return the head of the tree."""
        heads = []
        for row in reversed(self.rows):
            stretch = ranges.nodes(range(len(row)))
            for level, index in stretch:
                start = index << level
                heads.append(merkle.head(row[start : start + (1 << level)]))
        return merkle.fold(heads)
