"""How much the letters of a name tell, and the class of length that its keys carry."""

import numpy as np

from hufu.engines.detection.native.compiler import inlined
from hufu.engines.detection.tables import HAN_FROM

# A Han character tells as much as so many letters; what is longer tells no more.
HAN_LETTERS = 2.5
MOST_LETTERS = 16.0
STEPS_EACH = 2
STEPS = int(MOST_LETTERS) * STEPS_EACH + 1
# The most that the letters of each class tell; the last class has no bound.
LENGTHS = np.array([4, 5, 6, 7, 8, 10, 13, MOST_LETTERS])
LENGTHS_EACH = 8


@inlined
def told_of(letters):
    """Say how much letters tell, in letters of an alphabet."""
    told = 0.0
    for letter in letters:
        told += HAN_LETTERS if letter >= HAN_FROM else 1.0
    return told


@inlined
def step_of(told):
    """Give the step that a name's letters are weighed by: half a letter each."""
    return int(min(told, MOST_LETTERS) * STEPS_EACH)


@inlined
def length_of(letters):
    """Give the class of length of a name."""
    told = told_of(letters)
    length = 0
    while length < LENGTHS_EACH - 1 and told > LENGTHS[length]:
        length += 1
    return length
