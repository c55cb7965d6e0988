import json
import re
from datetime import date
from decimal import Decimal

import pytest

from engines.law.packs import CN, EXAMPLE, cn, example
from hufu.engines.law import (
    Bilingual,
    Book,
    NoRulingError,
    PackError,
    Ruling,
    UnknownRuleError,
    compile_pack,
)

EVERY = [
    r for b in (cn(), example()) for rule in b.rules.values() for r in rule.rulings
]


def test_a_rule_answers_for_the_day_asked():
    name = "lanes.simple_procedure.natural_person"
    assert cn().on(date(2021, 7, 14), name).value == Decimal(50)
    assert cn().on(date(2021, 7, 15), name).value == Decimal(200)


def test_a_ruling_says_from_when_to_when_and_on_what_authority():
    ruling = cn().on(date(2025, 1, 1), "penalties.trademark_infringement")
    assert (ruling.since, ruling.until) == (date(2019, 11, 1), date(2026, 12, 31))
    assert ruling.source.cite("zh-hans").endswith("第六十条第二款")
    assert ruling.source.cite("en").startswith("Trademark Law (2019 amendment)")


def test_what_nobody_read_in_the_law_says_so():
    old = cn().on(date(2020, 1, 1), "lanes.simple_procedure.entity")
    assert not old.is_confirmed
    assert old.confidence == "unconfirmed"


def test_a_number_taken_from_knowledge_is_marked_in_the_citation():
    ruling = cn().on(date(2022, 1, 1), "penalty_principles.lighter_law")
    assert "number unconfirmed" in ruling.source.cite("en")
    assert "文号待核实" in ruling.source.cite("zh-hans")


def test_a_citation_stays_in_the_language_of_its_reader():
    source = cn().on(date(2025, 1, 1), "penalties.trademark_infringement").source
    assert source.cite("en") == (
        "Trademark Law (2019 amendment) (Presidential Order No. 29 of 2019) Art. 60(2)"
    )
    assert source.cite("zh-hans") == (
        "中华人民共和国商标法（2019年修正）（主席令第29号，2019年）第六十条第二款"
    )
    for ruling in EVERY:
        assert not re.search(r"[\u4e00-\u9fff]", ruling.source.cite("en"))
        assert not re.search(r"\b(rev|amended)\b", ruling.source.cite("zh-hans"))


def test_an_unknown_rule_is_an_error_and_not_a_silence():
    with pytest.raises(UnknownRuleError):
        cn().on(date(2025, 1, 1), "penalties.no_such_thing")


def test_before_its_first_day_a_rule_says_nothing():
    with pytest.raises(NoRulingError, match="2020-12-31"):
        cn().on(date(2020, 12, 31), "hearing.entity_fine")


def test_a_stated_gap_says_why():
    with pytest.raises(NoRulingError) as caught:
        example().on(date(2015, 6, 1), "deadlines.answer")
    assert caught.value.reason == Bilingual(
        "the time limit was repealed for a year", "期限曾被废止一年"
    )


@pytest.mark.parametrize("ruling", EVERY, ids=lambda r: f"{r.rule}@{r.since}")
def test_every_ruling_survives_storage_and_cites_its_source(ruling):
    stored = json.dumps(ruling.as_json())
    assert Ruling.from_json(json.loads(stored)) == ruling
    for language in ("en", "zh-hans"):
        assert ruling.title.say(language)
        assert ruling.source.instrument.say(language)


def test_a_stored_ruling_still_speaks_after_the_law_has_changed():
    stored = cn().on(date(2026, 12, 31), "penalties.trademark_infringement").as_json()
    today = cn().on(date(2027, 1, 1), "penalties.trademark_infringement")
    old = Ruling.from_json(stored)
    assert old.source.article.en == "Art. 60(2)"
    assert today.source.article.en == "Art. 74(2)"


def test_nobody_can_change_a_ruling():
    ruling = cn().on(date(2025, 1, 1), "deadlines.penalty.decision")
    with pytest.raises(TypeError):
        ruling.value["limit"] = {"n": 9000, "unit": "day"}


def test_a_folder_without_a_pack_file_is_no_book(tmp_path):
    with pytest.raises(PackError, match=r"pack\.yaml"):
        Book.read(tmp_path)


def test_amounts_with_a_unit_are_decimal():
    assert example().on(date(2026, 1, 1), "fees.opposition").value == Decimal("12.50")
    hearing = cn().on(date(2026, 1, 1), "hearing.entity_fine").value
    assert isinstance(hearing, Decimal)


@pytest.mark.parametrize("folder", [CN, EXAMPLE], ids=lambda f: f.name)
def test_a_compiled_pack_is_the_same_book(folder):
    compiled, plain = Book.read_compiled(compile_pack(folder)), Book.read(folder)
    assert compiled.rules == plain.rules
    assert compiled.pack == plain.pack
    assert compiled.regions == plain.regions
    assert compiled.calendar.years == plain.calendar.years


def test_a_number_stored_as_plain_text_reads_in_both_languages():
    stored = cn().on(date(2025, 1, 1), "deadlines.penalty.decision").as_json()
    stored["source"]["number"] = "主席令第70号"
    read = Ruling.from_json(stored).source
    assert read.number == Bilingual("主席令第70号", "主席令第70号")
