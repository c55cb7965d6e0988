"""The matcher names_v1, through what rooms call."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import REASONS, Mark, Offer, normalise
from hufu.engines.detection.index import Index
from hufu.engines.detection.marks import score_of
from hufu.engines.detection.weights import TRICKS, names_v1

WORD = st.permutations("abcdefghjkmop").map(lambda letters: "".join(letters[:6]))


def only(mark, offer):
    (found,) = Index.build([mark]).match(offer)
    return found


def codes(match):
    return [reason.code for reason in match.reasons]


@pytest.mark.parametrize(
    ("mark", "title", "trick"),
    [
        ("Nike", "NIKE Air Max 90", "title_contains"),
        ("Nike", "new Niké shoes", "accents"),
        ("Nike", "new Ni\u200bke shoes", "invisible"),
        ("Nike", "new Nіkе shoes", "drawn_alike"),
        ("Nike", "new n1ke shoes", "drawn_alike"),
        ("Nike", "ＮＩＫＥ shoes", "drawn_alike"),
        ("Nike", "a N.i.k.e shoe", "joined"),
        ("Buffalo Bills", "b u f f a l o b i l l s shirt", "joined"),
        ("Coca-Cola", "CocaCola 330 ml", "joined"),
        ("Coca-Cola", "Coka Cola 330 ml", "sounds_like"),
        ("Samsung", "Samsnug galaxy", "typo"),
        ("Samsung", "new \u202egnusmaS\u202c phone", "invisible"),
        ("Samsung", "supersamsungphone", "inside_word"),
        ("Philips", "filips shaver", "sounds_like"),
        ("Phorbex", "forbeks shaver", "sounds_like"),
        ("Fictionia", "new fctiona boots", "two_edits"),
        ("Brenty", "new bernty boots", "typo"),
        ("Tatgez", "new ttgez lamp", "typo"),
        ("El Corral", "el cormral jeans", "typo"),
        ("华为", "正品華為手机壳", "variants"),
        ("华为", "huawei p40", "spelling"),
        ("华为", "华wei 手机", "spelling"),
        ("老干妈", "正宗老干吗辣椒", "homophone"),
        ("茅台", "贵州茅臺酒53度", "variants"),
        ("贵州茅台", "高仿贵州矛台酒", "homophone"),
        ("ヤマハ", "yamaha piano", "spelling"),
        ("TCL王牌", "tcl王牌电视", "title_contains"),
        ("大众银行", "da zhong yin hang", "spelling"),
        ("McDonald's", "mcdonalds toy", "title_contains"),
    ],
)
def test_each_trick_is_found_and_named(mark, title, trick):
    found = only(Mark("m", mark, watched=True), Offer("o", title))
    assert trick in codes(found), [(r.code, r.excerpt) for r in found.reasons]


def test_a_reason_shows_the_part_of_the_offer_that_is_read_as_the_mark():
    found = only(Mark("m", "Samsung"), Offer("o", "case, S a m s u n g galaxy"))
    assert found.reasons[0].excerpt == "S a m s u n g"
    assert found.reasons[0].where == "title"


@pytest.mark.parametrize(
    ("mark", "title"),
    [
        ("Nike", "a nice kite"),
        ("Air Max", "air conditioner max"),
        ("米", "小米手机"),
        ("X", "x ray of x"),
        ("!!!", "!!!"),
        ("", "anything"),
        ("Nike", ""),
        ("Nike", "\ud800\udfff"),
    ],
)
def test_strangers_are_not_found(mark, title):
    assert Index.build([Mark("m", mark)]).match(Offer("o", title)) == []


def test_a_known_pair_finds_the_name_in_the_other_script():
    pairs = [("Starbucks", "星巴克")]
    index = Index.build([Mark("m", "STARBUCKS")], pairs)
    (found,) = index.match(Offer("o", "正品星巴克咖啡杯"))
    assert "known_name" in codes(found)


@given(st.lists(WORD, max_size=4), st.lists(WORD, min_size=1, max_size=3), st.data())
@settings(deadline=None, max_examples=50)
def test_a_name_of_words_is_found_wherever_it_stands(around, name, data):
    place = data.draw(st.integers(0, len(around)))
    title = " ".join([*around[:place], *name, *around[place:]])
    assert Index.build([Mark("m", " ".join(name))]).match(Offer("o", title))


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_text_is_answered_with_scores_made_of_reasons(title, names):
    index = Index.build([Mark(str(i), name) for i, name in enumerate(names)])
    found = index.match(Offer("o", title, brand=title[:5], description=title))
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    for match in found:
        assert 0 < match.score < 1
        assert match.matcher == "names_v1"
        for reason in match.reasons:
            assert REASONS[reason.code] % reason.params


def test_every_trick_and_every_piece_of_evidence_has_its_words():
    assert set(TRICKS) - {"exact"} <= set(REASONS)
    # Told by where the mark stands, or no evidence but what it is weighed against.
    places = {"brand", "shop", "description", "used", "outside"}
    assert set(names_v1().evidence) - places <= set(REASONS)


def test_the_score_does_not_saturate():
    mark = Mark("m", "Fictionia", frozenset({25}))
    strong = Offer("o", "Fictionia", classes=frozenset({25}), brand="Fictionia")
    stronger = Offer(
        "o",
        "Fictionia",
        classes=frozenset({25}),
        brand="Fictionia",
        shop_name="Fictionia outlet",
        description="Fictionia 高仿",
    )
    assert only(mark, strong).score < only(mark, stronger).score < 1


def test_the_best_match_comes_first():
    index = Index.build([Mark("short", "Aire"), Mark("long", "Fictionia Aire")])
    found = index.match(Offer("o", "Fictionia Aire 90"))
    assert [m.mark_id for m in found] == ["long", "short"]


def test_two_marks_with_the_same_letters_are_both_found():
    index = Index.build([Mark("a", "Fictionia"), Mark("b", "FICTIONIA")])
    found = index.match(Offer("o", "fictionia shoes"))
    assert [m.mark_id for m in found] == ["a", "b"]


def test_the_class_of_the_goods_counts():
    offer = Offer("o", "Fictionia shoes", classes=frozenset({25}))
    same = only(Mark("m", "Fictionia", frozenset({18, 25})), offer)
    other = only(Mark("m", "Fictionia", frozenset({9})), offer)
    unknown = only(Mark("m", "Fictionia"), offer)
    assert other.score < unknown.score <= same.score
    assert "class_differs" in codes(other)


@pytest.mark.parametrize("word", ["高仿", "A货", "1:1 quality", "AAA", "replica"])
def test_words_of_imitators_raise_the_score(word):
    plain = only(Mark("m", "Fictionia"), Offer("o", "new Fictionia shoes"))
    telling = only(Mark("m", "Fictionia"), Offer("o", f"new Fictionia shoes {word}"))
    assert telling.score > plain.score
    assert "betrays" in codes(telling)


def test_a_price_far_below_the_usual_one_raises_the_score():
    mark = Mark("m", "Fictionia", usual_price=Decimal(900), currency="CNY")
    cheap = Offer("o", "Fictionia shoes", price=Decimal(90), currency="CNY")
    dear = Offer("o", "Fictionia shoes", price=Decimal(890), currency="CNY")
    foreign = Offer("o", "Fictionia shoes", price=Decimal(90), currency="EUR")
    assert "cheap" in codes(only(mark, cheap))
    assert only(mark, cheap).score > only(mark, dear).score == only(mark, foreign).score


def test_a_large_quantity_is_told():
    offer = Offer("o", "Fictionia shoes", quantity=300)
    assert "bulk" in codes(only(Mark("m", "Fictionia"), offer))


@pytest.mark.parametrize(
    "title",
    [
        "leather strap for Fictionia",
        "toner compatible with Fictionia 90",
        "适用于Fictionia手机壳",
        "兼容 Fictionia 充电器",
    ],
)
def test_naming_what_the_goods_fit_is_evidence_against(title):
    found = only(Mark("m", "Fictionia"), Offer("o", title))
    assert found.score < 0.5
    assert "refers" in codes(found)


def test_no_certainty_of_the_name_outweighs_a_lawful_naming():
    mark = Mark("m", "Fictionia Bartholomew", frozenset({9}))
    offer = Offer("o", "case for Fictionia Bartholomew", classes=frozenset({9}))
    assert only(mark, offer).score < 0.5


def test_the_accessory_of_a_maker_is_not_excused_by_its_own_name():
    own = only(Mark("m", "Fictionia"), Offer("o", "Fictionia leather case"))
    other = only(Mark("m", "Fictionia"), Offer("o", "new leather case Fictionia"))
    assert "accessory" not in codes(own)
    assert other.score < 0.5 < own.score


def test_another_name_in_front_says_whose_goods_they_are():
    mark = Mark("m", "Fictionia")
    behind = only(mark, Offer("o", "zelvoria wireless tower, Fictionia"))
    assert "behind" in codes(behind)
    assert behind.score < 0.5
    disguised = only(mark, Offer("o", "zelvoria wireless tower, Fict1onia"))
    assert "behind" not in codes(disguised)


def test_what_a_lawful_naming_takes_off_is_shared_out_among_its_reasons():
    offer = Offer("o", "zelvoria leather case for Fictionia", brand="zelvoria")
    found = only(Mark("m", "Fictionia"), offer)
    lawful = [r for r in found.reasons if r.code in ("refers", "accessory", "behind")]
    assert len(lawful) == 3
    assert all(reason.weight < 0 for reason in lawful)
    assert found.score == pytest.approx(1 / (1 + math.exp(-found.points)))


@pytest.mark.parametrize("title", ["二手 Fictionia 手表", "Fictionia watch review"])
def test_resale_and_talk_are_evidence_against(title):
    plain = only(Mark("m", "Fictionia"), Offer("o", "new Fictionia watch"))
    assert only(Mark("m", "Fictionia"), Offer("o", title)).score < plain.score


def test_a_reference_does_not_help_who_names_the_mark_as_the_brand():
    offer = Offer("o", "case for Fictionia phones", brand="Fictionia")
    found = only(Mark("m", "Fictionia"), offer)
    assert "refers" not in codes(found)
    assert found.score > 0.5


def test_an_authorised_seller_is_excused_with_a_reason():
    mark = Mark("m", "Fictionia", authorised=frozenset({normalise("Shop-No.7")}))
    found = only(mark, Offer("o", "Fictionia shoes 高仿", seller="shop no 7"))
    assert found.excused
    assert found.score == 0
    assert codes(found) == ["authorised_seller"]


def test_the_holder_is_excused():
    mark = Mark("m", "Fictionia", owner="Fictionia Ltd.")
    assert only(mark, Offer("o", "Fictionia shoes", seller="FICTIONIA LTD")).excused


def test_a_borrowed_shop_name_does_not_excuse_another_seller():
    mark = Mark("m", "Fictionia", authorised=frozenset({"honest shop"}))
    offer = Offer("o", "Fictionia shoes", seller="x99", shop_name="Honest Shop")
    assert not only(mark, offer).excused


@pytest.mark.parametrize(
    "domain",
    [
        "fictionia.shop",
        "www.fictionia-outlet.co.uk",
        "buyfictioniashoes.com",
        "fictlonia.net",
        "fictionnia-login.ru.com",
        "fict-ionia.com",
        "fictionia.com.evil.example",
        "xn--fctionia-s0a.com",
        "https://login.fictionia.example/path",
    ],
)
def test_a_domain_that_plays_on_a_mark_is_found(domain):
    found = Index.build([Mark("m", "Fictionia")]).match(Offer("o", "", domain=domain))
    assert [m.mark_id for m in found] == ["m"]


@pytest.mark.parametrize(
    ("mark", "domain"),
    [
        ("The Fiction Face", "fictionfaceoutlet.com"),
        ("Veuve Fictionia", "champagnefictionia.com"),
        ("Partners Group", "agpartners-group.com"),
        ("Scout Design Studio", "scoutdesignus.com"),
        ("Realtor", "realtors.biz"),
        ("Fictionia", "ficttonla-login.com"),
    ],
)
def test_a_watched_mark_is_found_by_what_tells_it(mark, domain):
    index = Index.build([Mark("m", mark, watched=True)])
    assert index.match(Offer("o", "", domain=domain))


def test_the_suffix_of_a_domain_is_no_name():
    index = Index.build([Mark("m", "Shop"), Mark("n", "com")])
    assert index.match(Offer("o", "", domain="mountain.shop")) == []


def test_the_surest_name_on_other_goods_stays_in_doubt():
    mark = Mark("m", "Fictionia", frozenset({25}), watched=True)
    jacket = Offer("o", "Fictionia jacket", classes=frozenset({25}))
    kettle = Offer("o", "Fictionia kettle", classes=frozenset({21}))
    index = Index.build([mark])
    (same,), (other,) = index.match(jacket), index.match(kettle)
    assert same.score > 0.95
    assert 0.3 < other.score < 0.7
    (told,) = [r for r in other.reasons if r.code == "class_differs"]
    assert math.isclose(score_of(sum(r.weight for r in other.reasons)), other.score)
    assert told.weight < 0


def test_a_word_inside_the_mark_is_no_accessory():
    index = Index.build([Mark("m", "fbukstpad")])
    (whole,) = index.match(Offer("o", "brown fbukst-pad boots"))
    assert "accessory" not in codes(whole)


def test_a_set_of_goods_is_no_accessory_but_a_case_is():
    mark = Mark("m", "青山溪", frozenset({25}))
    suit, case = "青山溪套装", "新款 青山溪手机壳"
    assert "accessory" not in codes(only(mark, Offer("o", suit)))
    assert "accessory" in codes(only(mark, Offer("o", case)))


@pytest.mark.parametrize(
    ("name", "honest", "disguised"),
    [
        ("Fictionia", "new Fictionia boots", "new Fictіonia boots"),
        ("Fictionia", "new Fictionia boots", "new Ficti\u200bonia boots"),
        ("Fictionia", "new Fictionia boots", "new Ｆｉｃｔｉｏｎｉａ boots"),
        ("Fictionia", "new Fictionia boots", "new \u202eainoitciF\u202c boots"),
    ],
)
def test_a_disguise_is_evidence_by_itself(name, honest, disguised):
    mark = Mark("m", name)
    seen, hidden = (only(mark, Offer("o", title)) for title in (honest, disguised))
    assert hidden.points > seen.points


def test_a_text_in_another_script_is_no_disguise():
    mark = Mark("m", "Cocona")
    russian = "новая сосопа для всех кто любит"
    latin = "new сосопа boots for all who walk"
    assert only(mark, Offer("o", russian)).points < only(mark, Offer("o", latin)).points


def test_words_written_apart_tell_less_of_a_name_in_one_word():
    together, apart = Mark("m", "Pelinortavix"), Mark("m", "Pelinor Tavix")
    offer = Offer("o", "shoes pelinor/tovix")
    assert only(together, offer).points < only(apart, offer).points
