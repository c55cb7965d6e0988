"""What differs letter by letter, and the kind of change, count beside the trick."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.apart import letters_apart
from hufu.engines.detection.index import Index
from hufu.engines.detection.native.hits import EXACT, HOMOPHONE, SOUNDS_LIKE, TYPO


def match(mark, title):
    index = Index.build([Mark("m", mark, watched=True)])
    (found,) = index.match(Offer("o", title))
    return found


def points(mark, title):
    return match(mark, title).points


@pytest.mark.parametrize(
    ("part", "mark", "trick", "apart"),
    [
        # Drawn alike, doubles once, both are "malel" but for one letter.
        ("maxell", "Malleill", TYPO, 2),
        ("Sorbet", "sorbet", EXACT, 0),
        ("S0rb3t", "Sorbet", EXACT, 0),
        ("Ѕоrbеt", "Sorbet", EXACT, 0),
        ("bumt", "Burnt", EXACT, 0),
        ("Burnt", "bumt", EXACT, 0),
        ("Savve", "Sawe", EXACT, 0),
        ("soorbet", "Sorbet", EXACT, 1),
        ("s-o-r-b-e-t", "Sorbet", EXACT, 0),
        ("kkyf1", "Kifie", SOUNDS_LIKE, 1),
        ("phands", "Fands", SOUNDS_LIKE, 0),
        ("ab", "ba", SOUNDS_LIKE, 0),
        # No more than so many are counted; other tricks are not compared.
        ("abcdefgh", "zyxwvuts", EXACT, 4),
        ("奈克", "耐克", HOMOPHONE, 0),
    ],
)
def test_letters_that_differ_beside_the_trick_are_counted(part, mark, trick, apart):
    assert letters_apart(part, mark, trick) == apart


def alignment(one, other):
    """Give the optimal string alignment distance, written down from its definition."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        alignment(one[:-1], other) + 1,
        alignment(one, other[:-1]) + 1,
        alignment(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if one[-2:] == other[-2:][::-1] and len(one[-2:]) == len(other[-2:]) == 2:
        least = min(least, alignment(one[:-2], other[:-2]) + 1)
    return least


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
@settings(deadline=None)
def test_letters_apart_are_the_distance_of_optimal_alignment(one, other):
    assert letters_apart(one, other, EXACT) == min(alignment(one, other), 4)


def test_a_reason_tells_how_far_the_letters_are_apart():
    reasons = {r.code: r for r in match("Malleilo", "new malelo pen").reasons}
    assert reasons["apart"].params["count"] == "1"
    assert reasons["apart"].weight < 0


def test_letters_that_changed_places_tell_more_than_a_replaced_one():
    replaced = points("Pemantor", "new pemastor pen")
    assert points("Pemantor", "new pemnator pen") > replaced


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        ("new shopZelvor pen", "new shopzelvor pen"),
        ("new ZELVORshop pen", "new zelvorshop pen"),
        ("new ZelvorShop pen", "new Zelvorshop pen"),
    ],
)
def test_capitals_show_where_a_name_in_a_word_begins_or_ends(shown, hidden):
    assert points("Zelvor", shown) > points("Zelvor", hidden)


@pytest.mark.parametrize("title", ["new SHOPZELVOR pen", "new Shopzelvor pen"])
def test_capitals_elsewhere_show_nothing(title):
    assert points("Zelvor", title) == points("Zelvor", "new shopzelvor pen")


def test_a_common_word_written_with_digits_is_less_of_a_word():
    plain = {r.code: r.weight for r in match("Garden", "new garden pen").reasons}
    digits = {r.code: r.weight for r in match("Garden", "new g4rden pen").reasons}
    assert plain["everyday_word"] == digits["everyday_word"] < 0
    assert "so_written" not in plain
    assert 0 < digits["so_written"] < -digits["everyday_word"]


def test_longer_names_never_tell_less():
    told = [
        points("Pelintoravus"[:size], "Pelintoravus"[:size]) for size in range(4, 12)
    ]
    assert told == sorted(told)
