import json
import shutil
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from engines.law.packs import CN, EXAMPLE, cn
from hufu.engines.law import Book, PackError, check, checks

ANSWER = "deadlines/answer.yaml"


@pytest.fixture
def pack(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "example")


def changed(pack, file, old, new):
    path = pack / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return [str(p) for p in check(pack)]


@pytest.mark.parametrize("folder", [CN, EXAMPLE], ids=lambda f: f.name)
def test_the_packs_are_in_order(folder):
    assert check(folder) == []


@pytest.mark.parametrize(
    "path", sorted(checks.SCHEMAS.glob("*.json")), ids=lambda p: p.stem
)
def test_the_schemas_are_schemas(path):
    Draft202012Validator.check_schema(json.loads(path.read_text()))


def test_an_unknown_key_is_refused_with_file_and_line(pack):
    found = changed(pack, ANSWER, "checked_on:", "chekked_on:")
    assert any(
        "example/deadlines/answer.yaml:1: " in p and "chekked_on" in p for p in found
    )


def test_a_value_without_a_source_is_refused_with_its_line(pack):
    line = "    source: {instrument: mark_act, article: {en: s. 3A, zh: 第三条之一}}\n"
    found = changed(pack, ANSWER, line, "")
    assert any(
        p.startswith("example/deadlines/answer.yaml:14:") and "'source'" in p
        for p in found
    )


def test_an_overlap_of_dates_is_refused(pack):
    found = changed(pack, ANSWER, "until: 2014-12-31", "until: 2016-01-01")
    assert any("answer.yaml:5: overlaps the value of 2016-01-01" in p for p in found)


def test_a_gap_must_be_stated(pack):
    gap = (
        "    gap: {en: the time limit was repealed for a year, zh: 期限曾被废止一年}\n"
    )
    found = changed(pack, ANSWER, gap, "")
    assert any("says nothing from 2015-01-01 to 2015-12-31" in p for p in found)


def test_a_gap_that_is_none_is_refused(pack):
    found = changed(pack, ANSWER, "until: 2014-12-31", "until: 2015-12-31")
    assert any("states a gap where there is none" in p for p in found)


def test_values_stand_in_the_order_of_their_dates(pack):
    found = changed(
        pack,
        ANSWER,
        "since: 2010-01-01\n    until: 2014-12-31",
        "since: 2017-01-01\n    until: 2018-12-31",
    )
    assert any("not in the order of their dates" in p for p in found)


def test_an_instrument_that_is_not_there_is_refused(pack):
    found = changed(
        pack, "fees/opposition.yaml", "instrument: mark_act", "instrument: other_act"
    )
    assert found == [
        "example/fees/opposition.yaml:8: there is no instruments.other_act"
    ]


def test_a_rule_of_counting_that_is_not_there_is_refused(pack):
    found = changed(
        pack, ANSWER, "counting: counting.plain", "counting: counting.fancy"
    )
    assert any("there is no counting.fancy" in p for p in found)


def test_a_title_needs_both_languages(pack):
    found = changed(
        pack,
        "fees/opposition.yaml",
        "title: {en: Opposition fee, zh: 异议费}",
        "title: {en: Opposition fee}",
    )
    assert any("opposition.yaml:2:" in p and "'zh'" in p for p in found)


def test_a_worked_day_must_be_a_weekend_day(pack):
    found = changed(pack, "calendar/2026.yaml", "2026-03-13", "2026-03-12")
    assert any("2026-03-12 is no weekend day" in p for p in found)


def test_broken_yaml_is_told_with_its_line(pack):
    found = changed(pack, "fees/opposition.yaml", "value: 12.50", "value: [12.50")
    assert any(p.startswith("example/fees/opposition.yaml:") for p in found)


def test_a_kind_that_nobody_knows_is_refused(pack):
    found = changed(pack, "fees/opposition.yaml", "kind: value", "kind: opinion")
    assert any("no such kind of file: 'opinion'" in p for p in found)


def test_a_pack_with_a_missing_instrument_cannot_be_read(pack):
    (pack / "instruments/mark_act.yaml").unlink()
    with pytest.raises(PackError, match="mark_act"):
        Book.read(pack)


def test_a_missing_coming_year_is_warned_of():
    warnings = [str(w) for w in cn().warnings(date(2026, 11, 22))]
    assert "calendar/2027.yaml:1: the official calendar of 2027 is missing" in warnings
    assert cn().warnings(date(2025, 6, 1)) == []


def test_rules_not_checked_for_a_year_are_named():
    stale = cn().survey(date(2028, 1, 1)).stale
    assert "deadlines.penalty.decision" in stale
    assert cn().survey(date(2026, 12, 1)).stale == ()


def test_the_survey_counts_every_ruling_once_by_its_confidence():
    found = cn().survey(date(2026, 11, 22))
    assert sum(found.by_confidence.values()) == found.rulings
    assert len(found.unconfirmed) == found.by_confidence["unconfirmed"]
    assert sum(found.by_kind.values()) == found.rules
