"""Naive twins of the tree: RFC 6962 section 2.1 written down as it stands."""

import gzip
import hashlib
import json
from pathlib import Path

DATA = Path(__file__).parents[3] / "data/proof"


def split(size):
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(leaves):
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def fold(hashes):
    """Join leaf hashes level by level; an odd last one moves up as it is."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [*(hashlib.sha256(b"\1" + a + b).digest() for a, b in pairs), *odd]
    return hashes[0]


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m, leaves):
    return subproof(m, leaves, whole=True)


def subproof(m, leaves, *, whole):
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def leaves_of(size, start=0):
    return [f"leaf {number}".encode() for number in range(start, start + size)]


def vectors():
    return json.loads(gzip.decompress((DATA / "merkle_vectors.json.gz").read_bytes()))
