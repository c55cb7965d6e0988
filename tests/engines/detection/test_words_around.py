"""What the words around a changed name tell: compounds, codes, letters one by one."""

import pytest

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index


def points(mark, title):
    index = Index.build([Mark("m", mark, watched=True)])
    found = index.match(Offer("o", title))
    return found[0].points if found else float("-inf")


@pytest.mark.parametrize(
    ("mark", "word", "misspelt"),
    [
        # A word of language in place of a word of the name, and what is no word.
        ("Zelvora Stone", "new Zelvora Store bag", "new Zelvora Stoxe bag"),
        ("Zelvora Nikel", "new Zelvora Nike bag", "new Zelvora Nikxl bag"),
        # Two words written as one are no misspelt name.
        ("Gardenhousa", "a gardenhouse", "a gardenhousk"),
    ],
)
def test_a_known_word_is_no_misspelling_of_another(mark, word, misspelt):
    assert points(mark, word) < points(mark, misspelt)


def test_letters_that_follow_each_other_as_in_words_tell_less():
    mark = "Pelintor"
    assert points(mark, "new peminter") < points(mark, "new pelxntoqr")


@pytest.mark.parametrize(
    ("mark", "code", "word"),
    [("Zelp", "shoe ZELP00532", "shoe ZELP 532"), ("Zelp", "358ZELP", "35 ZELP")],
)
def test_letters_of_a_code_of_goods_are_hardly_a_name(mark, code, word):
    assert points(mark, code) < points(mark, word)


def test_a_name_spelt_letter_by_letter_is_a_disguise():
    assert points("Garden", "new g-a-r-d-e-n bag") > points("Garden", "new garden bag")
    assert points("G A R D", "new g a r d bag") < points("Gard", "new g a r d bag")


@pytest.mark.parametrize("title", ["S74llb4uer boots", "boots 5ta118aver"])
def test_a_name_in_digits_is_read_although_it_looks_like_a_code(title):
    assert points("Stallbaver", title.replace("u", "v")) > 0


@pytest.mark.parametrize(
    "title",
    ["Saqnto Tomas Districpt boots", "Le yain Quotidian boots", "Outive Wopt Gedoukos"],
)
def test_two_letters_changed_are_found_in_names_of_three_words(title):
    marks = ["Santo Tomas District", "Le Pain Quotidien", "Outive Wopt Gdecoukos"]
    index = Index.build(Mark(name, name, watched=True) for name in marks)
    found = index.match(Offer("o", title))
    assert any(r.code == "two_edits" for match in found for r in match.reasons)


@pytest.mark.parametrize("mark", ["H&M", "AT&T", "Q-See", "E-mu"])
def test_initials_with_a_sign_between_them_are_a_name(mark):
    apart = f"{mark[0]} new {mark[1:]}"
    assert points(mark, f"new {mark} jacket") > points(mark, apart)
    assert points(mark, mark) > 0
