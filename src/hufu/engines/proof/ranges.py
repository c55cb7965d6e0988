"""Which stretches of leaves a Merkle proof is made of (RFC 6962 section 2.1).

A node is written (level, index): it covers the leaves from `index << level` up to
`(index + 1) << level`. Nothing here hashes, so that a proof can be planned before
anything is read.
"""

Node = tuple[int, int]


def split(size: int) -> int:
    """Return the largest power of two smaller than `size` (at least 2 leaves)."""
    return 1 << ((size - 1).bit_length() - 1)


def is_subtree(leaves: range) -> bool:
    """Say whether such a stretch is a subtree: not empty, aligned to its size.

    draft-ietf-plants-merkle-tree-certs section 4.1.
    """
    width = leaves.stop - leaves.start
    if leaves.start < 0 or width < 1:
        return False
    return leaves.start % (1 << (width - 1).bit_length()) == 0


def nodes(leaves: range) -> list[Node]:
    """Cut a subtree's leaves into full nodes, from left to right, largest first."""
    found, at = [], leaves.start
    while at < leaves.stop:
        level = (leaves.stop - at).bit_length() - 1
        found.append((level, at >> level))
        at += 1 << level
    return found


def inclusion(index: int, leaves: range) -> list[range]:
    """Return the siblings on the way from a leaf up to the head of `leaves`."""
    path, low, high = [], leaves.start, leaves.stop
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            path.append(range(middle, high))
            high = middle
        else:
            path.append(range(low, middle))
            low = middle
    return path[::-1]


def consistency(subtree: range, size: int) -> list[range]:
    """Return the stretches that tie a subtree to the head of `size` leaves.

    The order is that of the proof: lowest first.
    """
    path, low, high, whole = [], 0, size, True
    start = subtree.start
    while (start, subtree.stop) != (low, high):
        middle = low + split(high - low)
        if subtree.stop <= middle:
            path.append(range(middle, high))
            high = middle
        else:
            path.append(range(low, middle))
            # A subtree that reaches over the middle begins where this node begins:
            # from here on only its right part has to be met.
            whole = whole and start >= middle
            start = max(start, middle)
            low = middle
    if not whole:
        path.append(range(low, high))
    return path[::-1]
