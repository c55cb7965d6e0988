"""Names near a name: what somebody wants to know before filing or buying one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import REASONS, Mark
from hufu.engines.detection.index import Index
from hufu.engines.detection.near import check_name, known_pairs

MARKS = [
    Mark("1", "Fictionia", frozenset({25}), owner="Fictionia", watched=True),
    Mark("2", "Fictionia Aire", frozenset({9})),
    Mark("3", "青山溪"),
    Mark("4", "Lucidora"),
]
PAIRS = known_pairs([{"latin": "Lucidora", "han": "露西多拉"}])


@pytest.fixture(scope="module")
def index():
    return Index.build(MARKS, PAIRS)


def ids(found):
    return [match.mark_id for match in found]


@pytest.mark.parametrize(
    ("name", "first", "reason"),
    [
        ("Fictionia", "1", "name_equals"),
        ("fictlonia", "1", "drawn_alike"),
        ("Fictiona", "1", "typo"),
        ("new fictionia", "1", "name_contains"),
        ("露西多拉", "4", "known_name"),
        ("qing shan xi", "3", "spelling"),
        ("Fictionia Aire Max", "2", "name_contains"),
    ],
)
def test_the_nearest_name_comes_first_with_the_trick(index, name, first, reason):
    found = check_name(index, name)
    assert ids(found)[0] == first
    assert reason in [told.code for told in found[0].reasons]
    for match in found:
        assert all(REASONS[told.code] % told.params for told in match.reasons)


def test_a_name_is_no_offer_and_no_seller(index):
    """Words that excuse an offer excuse no name, nor does the name of the holder."""
    (plain,) = ids(check_name(index, "Fictionia", most=1))
    (fits,) = check_name(index, "fit for fictionia", most=1)
    assert plain == fits.mark_id == "1"
    assert not fits.excused
    assert "refers" not in [told.code for told in fits.reasons]


def test_the_same_goods_are_nearer_than_others(index):
    same = check_name(index, "Fictionia", frozenset({25}))[0]
    other = check_name(index, "Fictionia", frozenset({12}), most=1)[0]
    assert same.score > other.score


def test_pairs_are_told_once_and_halves_left_out():
    rows = [
        {"latin": "Lucidora ", "han": "露西多拉"},
        {"latin": "Lucidora", "han": "露西多拉"},
        {"latin": "", "han": "露"},
    ]
    assert known_pairs(rows) == [("Lucidora", "露西多拉")]


@given(st.text(max_size=120))
@settings(deadline=None, max_examples=100)
def test_any_name_is_answered_best_first(index, name):
    scores = [match.score for match in check_name(index, name)]
    assert scores == sorted(scores, reverse=True)
