"""Texts and marks that nobody meant well with."""

import pytest

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index

MARKS = [
    Mark("a", "Fictionia"),
    Mark("b", "青山溪"),
    Mark("c", "Apple"),
    Mark("d", "老干妈"),
]


@pytest.fixture(scope="module")
def index():
    return Index.build(MARKS)


@pytest.mark.parametrize(
    "title",
    [
        "\ud800",
        "Fictionia \udfff\ud800",
        "F" + "\u0301" * 10_000 + "ictionia",
        "Fictionia " * 100_000,
        "青山溪" * 300_000,
        "a" * 1_000_000,
        "a b " * 250_000,
        "0" * 1_000_000,
        "\x00\x01\x02Fictionia\x7f",
        "\u202e" * 5000,
        "\U0010ffff Fictionia",
        "\n\r\t\x0b\x0c\u2028",
    ],
    ids=range(12),
)
def test_no_title_breaks_the_matcher(index, title):
    assert isinstance(index.match(Offer("o", title, description=title)), list)


def test_what_follows_a_lone_surrogate_is_still_read(index):
    (found,) = index.match(Offer("o", "\ud800Fictionia\udc00"))
    assert found.mark_id == "a"


def test_combining_marks_within_the_letters_read_hide_nothing(index):
    (found,) = index.match(Offer("o", "F" + "\u0301" * 900 + "ictionia"))
    assert found.mark_id == "a"


def test_marks_without_letters_are_kept_and_never_found():
    odd = ["", " ", "!!!", "\u200b", "\ud800", "®"]
    index = Index.build([Mark(str(n), text) for n, text in enumerate(odd)])
    assert len(index) == len(odd)
    assert index.match(Offer("o", "!!! ® \ud800 \u200b anything")) == []


def test_a_mark_of_one_letter_or_of_digits_is_found_only_by_itself():
    index = Index.build([Mark("x", "X"), Mark("n", "361"), Mark("m", "米")])
    assert index.match(Offer("o", "cable 361 cm for x 小米")) == []
    assert [m.mark_id for m in index.match(Offer("o", "361"))] == ["n"]
    assert [m.mark_id for m in index.match(Offer("o", "X"))] == ["x"]
    assert [m.mark_id for m in index.match(Offer("o", "米"))] == ["m"]


def test_a_very_long_mark_is_compared_by_its_beginning():
    name = "fictionia " * 1000
    index = Index.build([Mark("a", name)])
    assert len(index) == 1
    index.match(Offer("o", name))


@pytest.mark.parametrize(
    ("title", "mark"),
    [("an apple a day", "c"), ("我家老干妈妈做的菜", "d")],
)
def test_a_mark_that_is_a_common_word_scores_less_in_a_sentence(index, title, mark):
    inside = {m.mark_id: m.score for m in index.match(Offer("o", title))}
    alone = {
        m.mark_id: m.score
        for m in index.match(Offer("o", "Apple" if mark == "c" else "老干妈"))
    }
    assert inside.get(mark, 0) < alone[mark]


def test_classes_that_do_not_exist_are_left_out():
    index = Index.build([Mark("a", "Fictionia", frozenset({0, 46, 99}))])
    (found,) = index.match(Offer("o", "Fictionia", classes=frozenset({99})))
    assert "class_differs" not in [reason.code for reason in found.reasons]


def test_the_later_of_two_marks_with_one_id_counts():
    index = Index.build([Mark("a", "Fictionia"), Mark("a", "Neuland")])
    assert len(index) == 1
    assert index.match(Offer("o", "Fictionia shoes")) == []


def test_ten_thousand_equal_names_are_answered():
    index = Index.build([Mark(str(n), "Fictionia") for n in range(10_000)])
    assert index.match(Offer("o", "Fictionia shoes"))
