"""A sparse Merkle map: whether a code is on a list on a day, and nothing else.

An entry's place is the VRF of list, day and code: 256 turns, left or right, that
nobody can compute for another code, and that are others the next day. A proof holds
hashes only, of leaves that are salted, so it tells nothing of its neighbours.
"""

import hashlib
import hmac
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.merkle import WIDTH, node_hash

DEPTH = 256
NODES_KEPT = 1 << 20
# An empty subtree of any height. No SHA-256 that anybody knows is all zeros.
NOTHING = bytes(WIDTH)


def alpha_of(name: str, day: date, code: str) -> bytes:
    """Return the input of the VRF: which list, which day, whose code."""
    if "\n" in name + code:
        raise ProofError("code", "A name or a code holds a line's end.")
    return f"hufu-map-v1\n{name}\n{day.isoformat()}\n{code}\n".encode()


def place_of(output: bytes) -> bytes:
    """Return the place of an entry: the first 32 bytes of the VRF's output."""
    return output[:WIDTH]


def leaf_of(place: bytes, value: bytes) -> bytes:
    """Hash an entry; `value` is the file that opens it, with a salt in it."""
    return hashlib.sha256(b"\x00" + place + hashlib.sha256(value).digest()).digest()


def _join(left: bytes, right: bytes) -> bytes:
    if left == right == NOTHING:
        return NOTHING
    return node_hash(left, right)


def _turn(place: bytes, depth: int) -> int:
    return place[depth // 8] >> (7 - depth % 8) & 1


@dataclass(frozen=True)
class MapProof:
    """The siblings from the leaf's depth up; those that are empty are left out."""

    present: int
    hashes: tuple[bytes, ...]

    def verify(self, place: bytes, leaf: bytes, root: bytes) -> None:
        """Check that `leaf` (or `NOTHING`) stands at a place under a root."""
        shown = self.present.bit_count()
        if not 0 <= self.present < 1 << DEPTH or shown != len(self.hashes):
            raise ProofError("map", "The proof has another number of hashes.")
        if any(len(digest) != WIDTH for digest in (place, leaf, *self.hashes)):
            raise ProofError("width", f"A hash is not {WIDTH} bytes long.")
        siblings = iter(self.hashes)
        digest = leaf
        for depth in reversed(range(DEPTH)):
            sibling = next(siblings) if self.present >> depth & 1 else NOTHING
            pair = (sibling, digest) if _turn(place, depth) else (digest, sibling)
            digest = _join(*pair)
        if not hmac.compare_digest(digest, root):
            raise ProofError("root", "The proof leads to another root.")


class SparseMap:
    """The entries of one list on one day, by place."""

    def __init__(self, entries: Mapping[bytes, bytes]) -> None:
        """Take the hash of each entry (`leaf_of`) by its place."""
        self._places = sorted(entries)
        self._leaves = [entries[place] for place in self._places]
        self._hash = lru_cache(NODES_KEPT)(self._joined)

    def root(self) -> bytes:
        """Return the head of the map."""
        return self._subtree(0, len(self._places), 0)

    def leaf(self, place: bytes) -> bytes:
        """Return the entry at a place, `NOTHING` if it is empty."""
        at = bisect_left(self._places, place)
        found = self._places[at : at + 1] == [place]
        return self._leaves[at] if found else NOTHING

    def prove(self, place: bytes) -> MapProof:
        """Return the proof of what stands at a place, an entry or nothing."""
        low, high, present = 0, len(self._places), 0
        hashes: list[bytes] = []
        for depth in range(DEPTH):
            middle = self._middle(low, high, depth)
            if _turn(place, depth):
                sibling, low = self._subtree(low, middle, depth + 1), middle
            else:
                sibling, high = self._subtree(middle, high, depth + 1), middle
            if sibling != NOTHING:
                present |= 1 << depth
                hashes.append(sibling)
        return MapProof(present, tuple(reversed(hashes)))

    def _middle(self, low: int, high: int, depth: int) -> int:
        return bisect_left(
            self._places, 1, low, high, key=lambda place: _turn(place, depth)
        )

    def _subtree(self, low: int, high: int, depth: int) -> bytes:
        if high - low > 1:
            return self._hash(low, high, depth)
        return self._alone(low, depth) if high > low else NOTHING

    def _joined(self, low: int, high: int, depth: int) -> bytes:
        middle = self._middle(low, high, depth)
        left = self._subtree(low, middle, depth + 1)
        return _join(left, self._subtree(middle, high, depth + 1))

    def _alone(self, at: int, depth: int) -> bytes:
        """Hash a subtree that holds one entry only."""
        place, digest = self._places[at], self._leaves[at]
        for above in reversed(range(depth, DEPTH)):
            pair = (NOTHING, digest) if _turn(place, above) else (digest, NOTHING)
            digest = _join(*pair)
        return digest


def pack_proof(proof: MapProof) -> dict[str, object]:
    """Give a proof plain JSON values."""
    return {
        "present": f"{proof.present:064x}",
        "hashes": [digest.hex() for digest in proof.hashes],
    }


def unpack_proof(present: str, hashes: Sequence[str]) -> MapProof:
    """Read such values."""
    try:
        return MapProof(int(present, 16), tuple(bytes.fromhex(h) for h in hashes))
    except (ValueError, TypeError) as error:
        raise ProofError("map", f"The proof cannot be read: {error}.") from error
