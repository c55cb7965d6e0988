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
        if least > most:
            return most + 1
        before, last, now = last, now, before
    return last[columns]


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
