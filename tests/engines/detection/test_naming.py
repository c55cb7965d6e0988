"""Whether the words around a mark name what goods fit, and not who made them."""

import pytest

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index


def codes(mark, title, classes=()):
    index = Index.build([Mark("m", mark, classes=frozenset(classes))])
    (found,) = index.match(Offer("o", title))
    return {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    "title",
    [
        "Fictionia 7 silicone case",
        "Fictionia X12 leather cover blue",
        "Fictionia 7 Pro Max Schutzhülle schwarz",
        "Fictionia air 3 funda de silicona",
        "Fictionia 12手机壳",
        "Fictionia12手机壳",
        "Fictionia laptop charger 90 watt",
        "Fictionia Notebook Netzteil",
        "Fictionia 手机充电器",
        "Fictionia VN20 VN30 car holder",
        "new Fictionia 7 silicone case",
    ],
)
def test_a_mark_in_front_of_its_device_names_what_an_accessory_fits(title):
    assert "accessory" in codes("Fictionia", title)


@pytest.mark.parametrize(
    "title",
    [
        "Fictionia silicone case",
        "new genuine Fictionia silicone case",
        "Fictionia 16-inch sleeve",
        "Fictionia 17 laptop sleeve",
        "Fictionia notebook backpack",
        "Fictionia 2 pack of pencils with a case",
        "Fictionia VN20 toner",
        "原装Fictionia手机壳",
    ],
)
def test_a_maker_sells_its_own_cases(title):
    assert "accessory" not in codes("Fictionia", title)


@pytest.mark.parametrize(
    "title",
    [
        "black toner, Fictionia 90",
        "Zubehör Fictionia",
        "coque Fictionia",
        "表带Fictionia",
    ],
)
def test_an_accessory_in_front_of_a_mark_is_no_use_of_it(title):
    assert "accessory" in codes("Fictionia", title)


@pytest.mark.parametrize("title", ["leather bag Fictionia", "red Fictionia wallets"])
def test_bags_of_a_mark_that_is_registered_for_bags_are_its_own_goods(title):
    assert "accessory" not in codes("Fictionia", title, classes={18, 25})
    assert "accessory" in codes("Fictionia", title, classes={9})
    assert "accessory" in codes("Fictionia", f"charger {title}", classes={18})


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Z-Mobile Fictionia camera", True),
        ("genuine new zelvoria Fictionia camera", True),
        ("V-Neck Fictionia sweater", False),
        ("leather shoes Fictionia", False),
        ("new Fictionia camera", False),
    ],
)
def test_the_name_of_another_maker_is_told_from_words(title, other):
    assert ("behind" in codes("Fictionia", title)) is other


@pytest.mark.parametrize(
    ("title", "as_word"),
    [
        ("garden of lights puzzle", True),
        ("puzzle of a garden by night", True),
        ("garden puzzle", False),
        ("garden wireless camera", False),
    ],
)
def test_a_mark_that_is_a_word_may_be_used_as_one(title, as_word):
    assert ("as_word" in codes("Garden", title)) is as_word


def test_a_name_that_is_no_word_is_never_used_as_one():
    assert "as_word" not in codes("Fictionia", "Fictionia of lights")
