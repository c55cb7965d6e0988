"""How many letters two names differ by."""

from hufu.engines.detection.native.compiler import inlined, native

_A, _Z = ord("a"), ord("z")
_R, _N, _M, _V, _W = (ord(c) for c in "rnmvw")


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


@native
def edits(one, other, drawn, rows):
    """Count edits like `edits_at_most_two`, however many; `rows` is room for three.

    A sign or digit is the letter that it is drawn like, "rn" is "m" and "vv" is "w".
    """
    last, here, before = rows[0], rows[1], rows[2]
    for column in range(other.size + 1):
        here[column] = column
    for row in range(1, one.size + 1):
        before, last, here = last, here, before
        here[0] = row
        for column in range(1, other.size + 1):
            seen, meant = one[row - 1], other[column - 1]
            differs = not _stands_for(seen, meant, drawn)
            least = min(last[column], here[column - 1]) + 1
            least = min(least, last[column - 1] + differs)
            if row > 1:
                if column > 1 and seen == other[column - 2] and one[row - 2] == meant:
                    least = min(least, before[column - 2] + 1)
                if _is_merged(one[row - 2], seen, meant):
                    least = min(least, before[column - 1])
            if column > 1 and _is_merged(other[column - 2], meant, seen):
                least = min(least, last[column - 2])
            here[column] = least
    return here[other.size]


@inlined
def _stands_for(seen, meant, drawn):
    """Say whether a letter is another, or a sign or digit drawn like it."""
    if seen == meant:
        return True
    letters = _A <= seen <= _Z and _A <= meant <= _Z
    return not letters and drawn[seen] == drawn[meant]


@inlined
def _is_merged(first, second, meant):
    """Say whether two letters are drawn like one."""
    if meant == _M:
        return first == _R and second == _N
    return meant == _W and first == _V and second == _V
