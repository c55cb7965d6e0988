"""How many letters two names differ by."""

import numpy as np
from numba import njit

from hufu.engines.detection.tables import LONGEST


@njit(cache=True, nogil=True)
def edits(one, other, most):
    """Count substitutions, insertions, deletions and swaps of neighbours.

    The optimal string alignment distance, or `most` + 1 when it is greater.
    """
    rows, columns = one.size, other.size
    if abs(rows - columns) > most:
        return most + 1
    before = np.empty(2 * LONGEST + 2, np.int64)
    last = np.arange(2 * LONGEST + 2)
    now = np.empty(2 * LONGEST + 2, np.int64)
    least_before = 0
    for row in range(1, rows + 1):
        now[0] = row
        least = row
        for column in range(1, columns + 1):
            same = one[row - 1] == other[column - 1]
            cost = min(last[column], now[column - 1]) + 1
            cost = min(cost, last[column - 1] + (0 if same else 1))
            if (
                row > 1
                and column > 1
                and one[row - 1] == other[column - 2]
                and one[row - 2] == other[column - 1]
            ):
                cost = min(cost, before[column - 2] + 1)
            now[column] = cost
            least = min(least, cost)
        # A swap reaches over one row.
        if least > most and least_before >= most:
            return most + 1
        least_before = least
        before, last, now = last, now, before
    return min(last[columns], most + 1)


@njit(cache=True, nogil=True)
def edits_at_most_one(one, other):
    """Count edits like `edits` with at most one, from both ends and without a table."""
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


@njit(cache=True, nogil=True)
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
