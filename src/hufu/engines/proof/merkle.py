"""RFC 6962 Merkle tree hashes over SHA-256, proofs, and a tree in memory."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from hufu.engines.proof import ranges
from hufu.engines.proof.errors import ProofError

EMPTY = hashlib.sha256().digest()
WIDTH = 32


def leaf_hash(leaf: bytes) -> bytes:
    """Hash one leaf (RFC 6962 section 2.1): SHA-256(0x00 || leaf), 32 bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees (RFC 6962 section 2.1): SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree head of `leaves` (RFC 6962 section 2.1), 32 bytes."""
    return head([leaf_hash(leaf) for leaf in leaves])


def head(hashes: Sequence[bytes]) -> bytes:
    """Return the tree head over leaf hashes, or over any full level of a tree."""
    if not hashes:
        return EMPTY
    level = list(hashes)
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def _parents(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
    # An odd last subtree moves up unhashed: that is RFC 6962's split at the
    # largest power of two, seen from below.
    return [*pairs, *level[len(pairs) * 2 :]]


def head_of_row(row: bytes) -> bytes:
    """Return the head over 2^n hashes of 32 bytes, written one behind the other."""
    sha256 = hashlib.sha256
    while len(row) > WIDTH:
        pairs = range(0, len(row), 2 * WIDTH)
        row = b"".join(
            [sha256(b"\x01" + row[at : at + 2 * WIDTH]).digest() for at in pairs]
        )
    return row


def fold(hashes: Sequence[bytes]) -> bytes:
    """Join the full nodes of a stretch of leaves, left to right, into its hash."""
    if not hashes:
        return EMPTY
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


class Hashes(Protocol):
    """Whatever can tell the hash of a full node: memory, tiles, a database."""

    def node(self, level: int, index: int) -> bytes:
        """Return the 32 bytes of node (level, index)."""


def hash_of(tree: Hashes, leaves: range) -> bytes:
    """Return the hash of a stretch that begins a subtree (or of a whole tree)."""
    return fold([tree.node(*node) for node in ranges.nodes(leaves)])


def prove_inclusion(tree: Hashes, index: int, size: int) -> list[bytes]:
    """Return the audit path of leaf `index` among the first `size` leaves."""
    if not 0 <= index < size:
        raise ProofError("index", f"There is no leaf {index} among {size}.")
    path = ranges.inclusion(index, range(size))
    return [hash_of(tree, leaves) for leaves in path]


def prove_consistency(tree: Hashes, size1: int, size2: int) -> list[bytes]:
    """Return the proof that the first `size1` leaves begin those of `size2`."""
    if not 0 < size1 <= size2:
        raise ProofError("sizes", f"No proof leads from {size1} to {size2} leaves.")
    path = ranges.consistency(range(size1), size2)
    return [hash_of(tree, leaves) for leaves in path]


class Tree:
    """A tree in memory. Every full node is kept, so that proofs only look up."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf's content."""
        self.append_hash(leaf_hash(leaf))

    def append_hash(self, digest: bytes) -> None:
        """Add a leaf by its hash."""
        self._levels[0].append(digest)
        below = self._levels[0]
        for level in self._levels[1:]:
            if len(below) % 2:
                return
            level.append(node_hash(below[-2], below[-1]))
            below = level
        if len(below) % 2 == 0:
            self._levels.append([node_hash(below[-2], below[-1])])

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a full node."""
        return self._levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """Return the head of the first `size` leaves, of all by default."""
        return hash_of(self, range(len(self) if size is None else size))
