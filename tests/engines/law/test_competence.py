from datetime import date

import pytest

from engines.law.packs import cn, example
from hufu.engines.law import UnknownRuleError, level_of


def bodies(right, act, region, day, book=None):
    return (book or cn()).competence(right, act, region, day)


@pytest.mark.parametrize(
    ("day", "zh"),
    [
        (date(2018, 3, 20), "广东省深圳市工商行政管理局"),
        (date(2018, 3, 21), "广东省深圳市市场监督管理局"),
    ],
)
def test_trademarks_went_from_industry_and_commerce_to_market_regulation(day, zh):
    assert bodies("trademark", "infringement", "440300", day)[0].name.zh == zh


def test_the_state_office_kept_its_chinese_name_and_changed_its_english_one():
    before = cn().body("cnipa", date(2018, 8, 27))
    after = cn().body("cnipa", date(2018, 8, 28))
    assert before.name.zh == after.name.zh == "国家知识产权局"
    assert "SIPO" in before.name.en
    assert "CNIPA" in after.name.en


def test_the_state_office_came_under_the_state_council_in_2023():
    def under(day):
        return cn().body("cnipa", day).ruling.value["position"]["zh"]

    assert "市场监督管理总局" in under(date(2022, 1, 1))
    assert under(date(2024, 1, 1)) == "国务院直属机构"


def test_a_district_acts_for_itself_and_is_named_with_its_city():
    competent = bodies("trademark", "infringement", "330110", date(2026, 1, 1))
    enforcing, guiding = competent
    assert (enforcing.role, enforcing.level, enforcing.region) == (
        "enforce",
        "county",
        "330110",
    )
    assert enforcing.name.zh == "浙江省杭州市余杭区市场监督管理局"
    assert (guiding.body_code, guiding.role, guiding.region) == (
        "cnipa",
        "guide",
        "000000",
    )


def test_technical_secrets_went_up_to_the_city_in_2026():
    county = bodies(
        "trade_secret", "technical_infringement", "330110", date(2026, 5, 31)
    )
    city = bodies("trade_secret", "technical_infringement", "330110", date(2026, 6, 1))
    assert (county[0].level, city[0].level) == ("county", "city")
    assert city[0].region == "330100"


def test_plant_varieties_went_down_to_the_county_in_2025():
    before = bodies("plant_variety", "infringement", "330110", date(2025, 5, 31))
    after = bodies("plant_variety", "infringement", "330110", date(2025, 6, 1))
    assert (before[0].level, after[0].level) == ("province", "county")


def test_a_place_that_the_table_does_not_know_keeps_its_code():
    enforcing = bodies("trademark", "infringement", "449999", date(2026, 1, 1))[0]
    assert "449999" in enforcing.name.zh


def test_an_act_without_a_rule_is_an_error():
    with pytest.raises(UnknownRuleError):
        bodies("trademark", "sorcery", "440300", date(2026, 1, 1))


def test_every_competence_names_its_bodies_in_both_languages_on_every_day():
    for name in cn().names("competence."):
        _, right, act = name.split(".")
        for ruling in cn().rule(name).rulings:
            for day in (ruling.since, ruling.until or date(2027, 6, 1)):
                for competent in bodies(right, act, "440305", day):
                    assert competent.name.en
                    assert competent.name.zh
                    assert "{" not in competent.name.en + competent.name.zh


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("000000", "national"),
        ("440000", "province"),
        ("440300", "city"),
        ("440305", "county"),
    ],
)
def test_a_code_tells_its_level(code, level):
    assert level_of(code) == level


def test_another_country_has_other_bodies():
    found = bodies("mark", "misuse", "010100", date(2026, 1, 1), example())
    assert [c.name.en for c in found] == ["Registry, North Shire"]
