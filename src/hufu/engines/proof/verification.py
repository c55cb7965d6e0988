"""Checking inclusion and consistency, of whole trees and of their subtrees.

RFC 6962 section 2.1, RFC 9162 section 2.1.3 and 2.1.4; subtrees as in
draft-ietf-plants-merkle-tree-certs section 4. Every function returns nothing when
the proof holds and raises `ProofError` with the reason when it does not.
"""

import hmac
from collections.abc import Sequence

from hufu.engines.proof import ranges
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.merkle import EMPTY, WIDTH, node_hash

# A tree has fewer than 2**64 leaves, so no way up is longer (tlog-witness: 63).
LONGEST = 64


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at `index` in the tree of `size` leaves."""
    verify_subtree_inclusion(leaf, index, range(size), proof, root)


def verify_subtree_inclusion(
    leaf: bytes, index: int, subtree: range, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at `index` under the head of a subtree."""
    if not ranges.is_subtree(subtree):
        raise ProofError("subtree", f"{_named(subtree)} is no subtree.")
    if not subtree.start <= index < subtree.stop:
        raise ProofError("index", f"Leaf {index} lies outside {_named(subtree)}.")
    _check_widths([leaf, root, *proof])
    path = ranges.inclusion(index, subtree)
    _check_length(proof, len(path))
    digest = leaf
    for sibling, leaves in zip(proof, path, strict=True):
        left = leaves.start > index
        digest = node_hash(digest, sibling) if left else node_hash(sibling, digest)
    if not hmac.compare_digest(digest, root):
        raise ProofError("root", "The proof leads to another root.")


def verify_consistency(
    size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes
) -> None:
    """Check that the tree of `size1` leaves is the beginning of that of `size2`."""
    if not 0 < size1 <= size2:
        raise ProofError("sizes", f"Nothing ties {size1} leaves to {size2}.")
    _verify_tie(range(size1), size2, proof, root1, root2)


def verify_subtree_consistency(
    subtree: range, size: int, proof: Sequence[bytes], root1: bytes, root2: bytes
) -> None:
    """Check that a subtree with head `root1` lies in the tree with head `root2`."""
    if not 0 <= subtree.start <= subtree.stop <= size:
        raise ProofError("sizes", f"{_named(subtree)} is not within {size} leaves.")
    if subtree.start == subtree.stop:
        # The empty subtree lies in every tree; it has nothing to prove.
        _check_length(proof, 0)
        if root1 != EMPTY:
            raise ProofError("root", "The empty tree has another root.")
        return
    _verify_tie(subtree, size, proof, root1, root2)


def _verify_tie(
    subtree: range, size: int, proof: Sequence[bytes], root1: bytes, root2: bytes
) -> None:
    if not ranges.is_subtree(subtree):
        raise ProofError("subtree", f"{_named(subtree)} is no subtree.")
    _check_widths(proof)
    path = ranges.consistency(subtree, size)
    _check_length(proof, len(path))
    # Where the old tree is a node of the new one, its head begins the way up.
    first, second = (root1, root1) if _meets(path, subtree) else (proof[0], proof[0])
    steps = list(zip(proof, path, strict=True))[0 if _meets(path, subtree) else 1 :]
    for sibling, leaves in steps:
        if leaves.start >= subtree.stop:
            second = node_hash(second, sibling)
        elif leaves.stop <= subtree.start:
            second = node_hash(sibling, second)
        else:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
    if not hmac.compare_digest(first, root1):
        raise ProofError("root1", "The proof leads to another first root.")
    if not hmac.compare_digest(second, root2):
        raise ProofError("root2", "The proof leads to another second root.")


def _meets(path: Sequence[range], subtree: range) -> bool:
    """Say whether the subtree is one node; its parts are in the proof otherwise."""
    return not any(
        leaves.start >= subtree.start and leaves.stop <= subtree.stop for leaves in path
    )


def _check_widths(hashes: Sequence[bytes]) -> None:
    if any(len(digest) != WIDTH for digest in hashes):
        raise ProofError("width", f"A hash is not {WIDTH} bytes long.")


def _check_length(proof: Sequence[bytes], wanted: int) -> None:
    if len(proof) != wanted:
        message = f"The proof has {len(proof)} hashes instead of {wanted}."
        raise ProofError("length", message)


def _named(leaves: range) -> str:
    return f"[{leaves.start}, {leaves.stop})"
