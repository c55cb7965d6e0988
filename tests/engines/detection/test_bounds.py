"""How much a disguise may take off the score of a name, in points."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index

# Points are the logarithm of the odds: 3 of them turn 0.95 into 0.5.
SAME_LETTERS, ONE_EDIT, INSIDE = 0.7, 5.5, 6.5
NAME = st.permutations("abdfkmopstuz").map(lambda letters: "".join(letters[:9]))
CYRILLIC = str.maketrans("aops", "аорѕ")

TRICKS = {
    "hidden": (SAME_LETTERS, lambda name, at: f"{name[:at]}\u200b{name[at:]}"),
    "accents": (SAME_LETTERS, lambda name, at: f"{name[:at]}\u0301{name[at:]}"),
    "homoglyph": (SAME_LETTERS, lambda name, _: name.translate(CYRILLIC)),
    "full width": (
        SAME_LETTERS,
        lambda name, _: "".join(chr(ord(c) + 0xFEE0) for c in name),
    ),
    "doubled": (SAME_LETTERS, lambda name, at: name[:at] + name[at - 1 :]),
    "split": (1.5, lambda name, at: f"{name[:at]}-{name[at:]}"),
    "spaced": (2.0, lambda name, _: " ".join(name)),
    "substituted": (ONE_EDIT, lambda name, at: f"{name[:at]}x{name[at + 1 :]}"),
    "inserted": (ONE_EDIT, lambda name, at: f"{name[:at]}x{name[at:]}"),
    "deleted": (ONE_EDIT, lambda name, at: name[:at] + name[at + 1 :]),
    "transposed": (
        ONE_EDIT,
        lambda name, at: name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
    ),
    "inside": (INSIDE, lambda name, _: f"super{name}"),
}


def points(index, title):
    (found,) = index.match(Offer("o", title))
    return math.log(found.score / (1 - found.score))


@pytest.mark.parametrize("trick", TRICKS)
@given(name=NAME, at=st.integers(2, 7))
@settings(deadline=None, max_examples=40)
def test_a_single_trick_lowers_the_score_by_at_most_its_bound(trick, name, at):
    bound, write = TRICKS[trick]
    index = Index.build([Mark("m", name)])
    plain = points(index, f"brown {name} boots")
    assert points(index, f"brown {write(name, at)} boots") >= plain - bound
