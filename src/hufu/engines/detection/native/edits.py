"""How many letters two names differ by."""

from hufu.engines.detection.native.compiler import native


@native
def edits_at_most_two(one, other):
    """Count substitutions, insertions, deletions and swaps of neighbours, 3 for more.

    The optimal string alignment distance: the first edit is where names first differ.
    """
    few = edits_at_most_one(one, other)
    if few <= 1:
        return few
    head, least = 0, min(one.size, other.size)
    while head < least and one[head] == other[head]:
        head += 1
    for left, right in ((1, 1), (1, 0), (0, 1), (2, 2)):
        if head + left > one.size or head + right > other.size:
            continue
        if left == 2 and not (
            one[head] == other[head + 1] and one[head + 1] == other[head]
        ):
            continue
        if edits_at_most_one(one[head + left :], other[head + right :]) <= 1:
            return 2
    return 3


@native
def edits_at_most_one(one, other):
    """Count edits like `edits_at_most_two`, with 2 for more than one."""
    rows, columns = one.size, other.size
    if abs(rows - columns) > 1:
        return 2
    least = min(rows, columns)
    head = 0
    while head < least and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < least - head and one[rows - 1 - tail] == other[columns - 1 - tail]:
        tail += 1
    left, right = rows - head - tail, columns - head - tail
    if left <= 1 and right <= 1:
        return max(left, right)
    swapped = left == 2 and right == 2
    if swapped and one[head] == other[head + 1] and one[head + 1] == other[head]:
        return 1
    return 2


@native
def replaced(one, other):
    """Give the only place where two names of one length differ, or -1."""
    if one.size != other.size:
        return -1
    place = -1
    for at in range(one.size):
        if one[at] != other[at]:
            if place >= 0:
                return -1
            place = at
    return place
