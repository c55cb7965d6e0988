"""Which body is competent: names on the day, in both languages."""

import pytest

pytestmark = pytest.mark.django_db
WORKED = [
    ("trademark", "infringement", "440305", "2026-11-22",
     ["Administration for Market Regulation of Nanshan District, Shenzhen, Guangdong",
      "广东省深圳市南山区市场监督管理局", "12315", "广东省深圳市中级人民法院"]),
    # Before the reform of March 2018.
    ("trademark", "infringement", "440305", "2017-05-01",
     ["Administration for Industry and Commerce of Nanshan District",
      "广东省深圳市南山区工商行政管理局"]),
    ("invention", "infringement", "110105", "2026-11-22",
     ["Intellectual Property Office of Beijing", "北京知识产权法院",
      "Intellectual Property Court of the Supreme People's Court"]),
    ("copyright", "border", "310115", "2026-11-22", ["12360"]),
    ("trade_secret", "crime", "330106", "2026-11-22", ["浙江省杭州市西湖区公安局"]),
]  # fmt: skip


@pytest.mark.parametrize("worked", WORKED)
def test_the_bodies_are_named_as_they_were_on_the_day(ask, worked):
    right, act, place, day, names = worked
    facts = {"right": right, "province": f"{place[:2]}0000", "act": act}
    facts |= {"place": place, "on": day}
    for language in ("en", "zh-hans"):
        page = ask("competence", language, **facts)
        for name in names:
            assert name in page


def test_a_technical_case_is_pointed_to_the_specialised_court_once_it_was_open(ask):
    facts = {"right": "invention", "province": "460000", "act": "civil_suit"}
    facts |= {"place": "460105", "on": "2026-11-22"}
    assert "Hainan Free Trade Port Intellectual Property Court" in ask(
        "competence", **facts
    )
    trademark = {**facts, "right": "trademark"}
    assert "A specialised court" not in ask("competence", **trademark)


def test_only_places_of_the_province_can_be_chosen(ask):
    facts = {"right": "trademark", "province": "440000", "act": "infringement"}
    page = ask("competence", **facts, place="110105", on="2026-11-22")
    assert "Choose one from the list." in page


def test_before_the_rules_begin_the_page_says_so(ask):
    facts = {"right": "trademark", "province": "440000", "act": "civil_suit"}
    page = ask("competence", **facts, place="440305", on="2010-01-01")
    assert "they begin on 1 May 2022" in page
