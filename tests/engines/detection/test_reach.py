"""What is left out before a name is looked at never had enough points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import Mark
from hufu.engines.detection.index import LIKELY, Index
from hufu.engines.detection.offers import Field

LETTERS = "abcdefghijk nmorw1华为耐克运动茅台"
NAMES = st.text(alphabet=LETTERS, min_size=1, max_size=9) | st.sampled_from(
    [
        "huawei",
        "华为",
        "华为运动茅台",
        "nikemor 耐克",
        "bonita",
        "jinghua",
        "abcde 华为",
    ]
)
MARKS = st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=8)
# Letters of a name changed, left out or joined to others.
CHANGED = st.tuples(
    st.integers(0, 7), st.integers(0, 8), st.sampled_from(["", "x", "华", " "])
)
PAIRS = [("huawei", "华为"), ("abcdef", "耐克")]
# Their other names, what sounds and what looks like them, both scripts together.
TITLES = [
    "华为 huawei 耐克",
    "化为运东毛台 奈克",
    "华为运动矛台",
    "华abcxde为 jinghwa",
    "bonnitta",
]


def offered(marks, changes):
    """Write titles with the names in them, changed."""
    for number, place, letter in changes:
        name = marks[number % len(marks)][0]
        changed = name[:place] + letter + name[place + 1 :]
        yield from (changed, f"new {changed} shoes", f"super{changed} 运动 {name}")
        yield from (f"{changed}shop {letter}{name}", " ".join(changed), 2 * changed)


def enough(index, titles, where, floors):
    """Give who has enough points, looked for with a lower floor or with this one."""
    asked, floor = floors
    classes = np.zeros(len(titles), np.uint64)
    found = index.candidates(titles, classes, where, asked)
    added = index.weights.evidence["monitored"] * index.segments[0].watched[found.mark]
    own = found.points - added
    rows = zip(found.text, found.mark, own.round(6), strict=True)
    return [row for row in rows if row[2] >= floor]


@pytest.mark.parametrize(
    ("where", "low"),
    [(Field.TITLE, -200.0), (Field.TITLE, LIKELY), (Field.DOMAIN, -200.0)],
)
@given(marks=MARKS, changes=st.lists(CHANGED, min_size=1, max_size=3))
@settings(deadline=None, max_examples=100)
def test_a_floor_leaves_out_nothing_above_it(where, low, marks, changes):
    index = Index.build(
        (Mark(str(at), name, watched=seen) for at, (name, seen) in enumerate(marks)),
        PAIRS,
    )
    titles = [*offered(marks, changes), *TITLES]
    rows = enough(index, titles, where, (low, low))
    # The floors that most nearly leave out what was found, where as deep is searched.
    told = {points for _, _, points in rows if (points < LIKELY) == (low < LIKELY)}
    for floor in [points - 1e-5 for points in sorted(told)][:20]:
        expected = [row for row in rows if row[2] >= floor]
        assert enough(index, titles, where, (floor, floor)) == expected
