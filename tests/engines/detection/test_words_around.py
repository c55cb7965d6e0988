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
    # A mark of single letters is no disguise of itself.
    told = []
    for mark, title in (("G A R D", "new g a r d bag"), ("Zelvor", "new zelvor bag")):
        (match,) = Index.build([Mark("m", mark)]).match(Offer("o", title))
        told.append(match.reasons[0].weight)
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("mark", "title"),
    [
        ("Stallbaver", "S74llb4ver boots"),
        ("Stallbaver", "boots 5ta118aver"),
        ("Stallbaver", "574llbaver boots"),
        ("Oak Stallbaver", "boots O4k 5ta118aver"),
        ("Stal Baver", "new 574l 84ver boots"),
        # A one is an "l" or an "i": "ll", "il".
        ("Stallbaver", "boots 5tal1b4v3r"),
        ("Staiverlin", "boots 5ta1v3r1in"),
        ("Bavoil", "new B4v011 boots"),
    ],
)
def test_a_name_in_digits_is_read_although_it_looks_like_a_code(mark, title):
    assert points(mark, title) > 0


@pytest.mark.parametrize(
    ("mark", "shown", "word"),
    [
        ("Garden", "gardden", "garden"),
        ("Gaarden", "gaarden", "garden"),
        ("Gaarten", "gaarden", "garden"),  # one letter off
    ],
)
def test_a_word_with_doubles_that_nobody_writes_is_hardly_that_word(mark, shown, word):
    assert points(mark, f"new {shown} bag") > points(mark, f"new {word} bag")


def test_a_word_cut_into_parts_that_are_none_is_hardly_that_word():
    cut, whole = "new choc olate bag", "new chocolate bag"
    assert points("Chocolate", cut) > points("Chocolate", whole)
    parts = points("Strawberry", "new straw berry bag")
    assert parts < points("Strawberry", "new strawb erry bag")


def test_a_sign_behind_a_name_is_no_part_of_it():
    for shown in ("Pelxintor", "Pelintorr"):
        assert points("Pelintor", f"{shown} | jar") == points(
            "Pelintor", f"{shown} jar"
        )


def test_the_second_of_two_letters_begins_a_name_where_it_is_large():
    index = Index.build([Mark("m", "Strivo", watched=True)])
    (found,) = index.match(Offer("o", "new plusStrivo bag"))
    assert found.reasons[0].excerpt == "Strivo"
    assert "capitals" in {reason.code for reason in found.reasons}


def test_a_word_with_doubles_of_its_own_stays_that_word():
    assert points("Coffee", "new coffee bag") < points("Coffee", "new cofffee bag")


def test_a_word_of_shops_beside_a_name_tells_more_than_another_word():
    words = points("Zelvor", "new zelvorgarden bag")
    for shown in ("zelvoroutlet", "officialzelvor"):
        assert points("Zelvor", f"new {shown} bag") > words


def test_a_long_name_is_found_at_the_edge_of_a_word():
    mark = "Zelvor Pelintor Quarmin"
    for shown in ("mallZelvorPelintorQuarmin", "ZelvorPelintorQuarminmall"):
        assert points(mark, f"new {shown} boots") > 0


def test_an_everyday_word_is_disguised_by_other_letters_but_not_by_an_apostrophe():
    def codes(title):
        (match,) = Index.build([Mark("m", "Womens", watched=True)]).match(
            Offer("o", title)
        )
        return {reason.code for reason in match.reasons}

    assert "so_written" in codes("new wоmens bag")  # the second letter is Cyrillic
    for title in ("new womens bag", "new women's bag", "new women’s bag"):
        assert "so_written" not in codes(title)


@pytest.mark.parametrize(
    "title",
    ["Saqnto Tomas Districpt boots", "Le yain Quotidian boots", "Outive Wopt Gedoukos"],
)
def test_two_letters_changed_are_found_in_names_of_three_words(title):
    marks = ["Santo Tomas District", "Le Pain Quotidien", "Outive Wopt Gdecoukos"]
    index = Index.build(Mark(name, name, watched=True) for name in marks)
    found = index.match(Offer("o", title))
    assert any(r.code == "two_edits" for match in found for r in match.reasons)


@pytest.mark.parametrize("mark", ["H&M", "C&A", "AT&T", "Q-See", "E-mu"])
def test_initials_with_a_sign_between_them_are_a_name(mark):
    apart = f"{mark[0]} new {mark[1:]}"
    assert points(mark, f"new {mark} jacket") > points(mark, apart)
    assert points(mark, mark) > 0
