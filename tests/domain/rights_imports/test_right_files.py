"""Rights read from CSV, JSON Lines and the registers we ship."""

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.base.imports import Limits, Rejection, UnreadableFile
from hufu.domain.rights.imports import KINDS, READERS, RightRow

DATA = Path(__file__).parents[3] / "data"
HEAD = "kind,name,source_id,registered_on,expires_on,classes\n"
GOOD = "trademark,Fictionia,1,2020-01-02,2030-01-02,25\n"


def read(form, content, limits=None):
    raw = content.encode() if isinstance(content, str) else content
    return list(READERS[form](io.BytesIO(raw), limits or Limits()))


def shipped(form, name):
    with (DATA / name).open("rb") as file:
        return list(READERS[form](file, Limits()))


def test_the_names_in_use_go_in_whole_and_say_what_they_are():
    rows = shipped("csv", "marks.csv.gz")
    assert len(rows) == 40256
    assert all(isinstance(row, RightRow) for row in rows)
    assert {row.extra["not_a_registration"] for row in rows} == {"yes"}
    assert not any(row.number or row.registered_on for row in rows)


def test_the_register_of_geographical_indications_goes_in_whole():
    rows = shipped("gi", "gi_register.csv.gz")
    assert len(rows) == 2641
    assert {row.subtype for row in rows} == {"gi", "pdo", "pgi", "tsg"}
    row = next(row for row in rows if row.number == "PGI-IT-02305")
    assert row.name == "Vermut di Torino / Vermouth di Torino"
    assert row.registered_on == date(1991, 6, 14)
    assert row.extra["origin"] == "Italia"
    assert row.status_text == "Registered"


def test_our_own_columns_are_read():
    (row,) = read(
        "csv",
        "kind,subtype,name,source,source_id,classes,events,colour\n"
        'trademark,word,虎符样例,demo,7,"9, 25",2024-05-31 registered;'
        " 2023-01-02 filed,red\n",
    )
    assert row.name == "虎符样例"
    assert row.identity == "demo:7"
    assert row.classes == (9, 25)
    assert row.events == (
        (date(2023, 1, 2), "filed"),
        (date(2024, 5, 31), "registered"),
    )
    assert row.extra == {"colour": "red"}


def test_json_lines_say_the_same_as_csv():
    value = {
        "kind": "trademark",
        "name": "Fictionia",
        "source_id": 1,
        "registered_on": "2020-01-02",
        "expires_on": "2030-01-02",
        "classes": [25],
        "events": [{"on": "2020-01-02", "kind": "registered"}],
    }
    (of_json,) = read("jsonl", json.dumps(value))
    (of_csv,) = read(
        "csv",
        HEAD.replace("classes", "classes,events")
        + GOOD.replace("25", "25,2020-01-02 registered"),
    )
    assert of_json == of_csv


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_do_not_matter(end, mark):
    (row,) = read("csv", mark + (HEAD + GOOD).replace("\n", end))
    assert row.name == "Fictionia"
    assert row.classes == (25,)


def test_the_same_file_may_be_plain_gzipped_or_zipped():
    plain = (HEAD + GOOD).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not this")
        archive.writestr("rights.CSV", plain)
    assert (
        read("csv", plain)
        == read("csv", gzip.compress(plain, mtime=0))
        == read("csv", packed.getvalue())
    )


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ("trademark,,1,,,\n", "name", "missing"),
        ("trademark,   ,1,,,\n", "name", "missing"),
        ("trademark,Fictionia,,,,\n", "source_id", "missing"),
        ("patent,Fictionia,1,,,\n", "kind", "bad_choice"),
        ("trademark,Fictionia,1,2020-02-30,,\n", "registered_on", "bad_date"),
        ("trademark,Fictionia,1,02/01/2020,,\n", "registered_on", "bad_date"),
        ("trademark,F,1,2020-01-02,2019-01-02,\n", "expires_on", "dates_out_of_order"),
        ("trademark,Fictionia,1,,,46\n", "classes", "bad_class"),
        ("trademark,Fictionia,1,,,²\n", "classes", "bad_class"),
        ("trademark,Fictionia,1,,,nine\n", "classes", "bad_class"),
        (f"trademark,{'x' * 501},1,,,\n", "name", "too_long"),
        ("trademark,Fict\x00ionia,1,,,\n", "name", "control_character"),
        ("trademark,Fictionia,1\n", "", "column_count"),
        ('trademark,"Fict"ionia,1,,,\n', "", "broken_row"),
    ],
)
def test_a_bad_row_is_rejected_by_itself(line, field, code):
    before, bad, after = read("csv", HEAD + GOOD + line + GOOD.replace(",1,", ",2,"))
    assert isinstance(before, RightRow)
    assert isinstance(after, RightRow)
    assert (bad.line, bad.field, bad.reason_code) == (3, field, code)
    assert bad.message


def test_a_quotation_mark_never_closed_takes_only_its_own_row():
    rest = "".join(GOOD.replace(",1,", f",{n},") for n in range(2, 500))
    rows = read("csv", HEAD + 'trademark,"Fictionia,1,,,\n' + rest)
    assert isinstance(rows[0], Rejection)
    assert (rows[0].line, rows[0].reason_code) == (2, "broken_row")
    assert [row.source_id for row in rows[1:]] == [str(n) for n in range(2, 500)]


def test_a_quoted_field_may_span_lines():
    text = HEAD + 'trademark,"Fict\nionia",1,,,\n' + "trademark,,2,,,\n"
    row, bad = read("csv", text)
    assert row.name == "Fict\nionia"
    assert bad.line == 4


def test_the_second_row_of_one_identity_is_rejected():
    first, second = read("csv", HEAD + GOOD + GOOD)
    assert isinstance(first, RightRow)
    assert (second.line, second.reason_code) == (3, "duplicate_id")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("[1]", "not_an_object"),
        ("[" * 100_000, "not_json"),
        ('{"kind": "trademark", "name": ["a"], "source_id": "1"}', "bad_type"),
        (
            '{"kind": "trademark", "name": "\\ud800", "source_id": "1"}',
            "control_character",
        ),
        (
            '{"kind": "trademark", "name": "a", "source_id": "1", "events": [1]}',
            "bad_type",
        ),
        ('{"kind": "trademark", "name": "a", "source_id": true}', "bad_type"),
    ],
)
def test_a_bad_line_of_json_is_rejected_by_itself(line, code):
    good = json.dumps({"kind": "design", "name": "Fictionia", "source_id": "9"})
    bad, row = read("jsonl", f"{line}\n\n{good}\n")
    assert (bad.line, bad.reason_code) == (1, code)
    assert row.name == "Fictionia"


def test_every_kind_of_right_can_be_imported():
    lines = [
        json.dumps({"kind": kind, "name": "Fictionia", "source_id": kind})
        for kind in KINDS
    ]
    assert [row.kind for row in read("jsonl", "\n".join(lines))] == list(KINDS)


def answered(form, content):
    try:
        return read(form, content)
    except UnreadableFile as refused:
        return [refused]


@given(st.binary(max_size=400))
@pytest.mark.parametrize("form", sorted(READERS))
def test_no_bytes_at_all_break_a_reader(form, content):
    for one in answered(form, content):
        assert isinstance(one, RightRow) or one.message


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_no_text_breaks_the_csv_reader(lines):
    for one in answered("csv", HEAD + "\n".join(lines)):
        assert isinstance(one, RightRow) or one.message
