"""Trademarks in ST.66 and ST.96, against the values published beside the files."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from hufu.base.imports import Limits, Rejection, UnreadableFile
from hufu.domain.rights.imports import READERS

FILES = Path(__file__).parents[3] / "data/uspto_tm_xml"
ALL = sorted(p for p in FILES.iterdir() if p.suffix in {".xml", ".zip"})


def form_of(path):
    return "st96" if "ST96" in path.name or "ST-96" in path.name else "st66"


def one(name):
    path = FILES / name
    with path.open("rb") as file:
        (row,) = READERS[form_of(path)](file, Limits())
    return row


def expected(name):
    """Read `Key,"value"` lines."""
    with (FILES / "expected" / f"{name}.txt").open(encoding="utf-8") as file:
        return dict(csv.reader(file))


def test_all_files_are_there():
    assert len(ALL) == 11


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.name)
def test_each_file_gives_one_mark(path):
    row = one(path.name)
    assert row.kind == "trademark"
    assert row.office == row.territory == "US"
    assert row.number.isdigit()
    assert row.holder_name
    assert row.agent
    assert row.goods
    assert len(row.events) > 20
    assert row.expires_on is None


@pytest.mark.parametrize("mark", ["rn2178784", "rn2713476"])
@pytest.mark.parametrize("form", ["ST66", "ST96"])
def test_numbers_dates_and_register_are_as_published(mark, form):
    row = one(f"{mark}-{form}.xml")
    filed = expected(f"appdates-{mark}")["ApplicationDateTruncated"]
    registered = expected(f"regdatesonly-{mark}")["RegistrationDateTruncated"]
    assert row.source_id == expected(f"appno-{mark}")["ApplicationNumber"]
    assert row.number == expected(f"regno-{mark}")["RegistrationNumber"]
    assert row.filed_on == date.fromisoformat(filed)
    assert row.registered_on == date.fromisoformat(registered)
    category = expected(f"register-cat-{mark}")["RegisterCategory"]
    assert row.extra["register_category"] == category
    renewed = expected(f"renewal-date-{mark}")["RenewalDateTruncated"]
    assert row.extra["renewed_on"] == renewed


@pytest.mark.parametrize("form", ["ST66", "ST96"])
def test_goods_and_classes_are_as_published(form):
    row = one(f"rn2713476-{form}.xml")
    values = expected("international-classes-rn2713476")
    assert row.goods == values["GoodsServicesDescription"]
    assert row.classes == (int(values["InternationalClassNumber"]),)


@pytest.mark.parametrize("mark", ["rn2178784", "rn2713476", "sn77478018", "sn85334015"])
def test_both_standards_tell_the_same(mark):
    old, new = one(f"{mark}-ST66.xml"), one(f"{mark}-ST96.xml")
    for field in (
        "name",
        "subtype",
        "number",
        "source",
        "source_id",
        "holder_name",
        "classes",
        "filed_on",
        "registered_on",
    ):
        assert getattr(old, field) == getattr(new, field)


def test_the_archive_and_the_file_tell_the_same():
    assert one("sn76044902.zip") == one("sn76044902.xml")
    assert one("sn76044902.zip").classes == (9, 42)


def test_the_latest_owner_is_the_holder():
    assert one("rn2178784-ST66.xml").holder_name == "Oracle America, Inc."


def test_a_picture_without_words_is_figurative_and_has_no_name():
    row = one("sn77478018-ST66.xml")
    assert (row.subtype, row.name) == ("figurative", "")


def read(form, text):
    return list(READERS[form](io.BytesIO(text.encode()), Limits()))


def st96(*marks):
    inner = "".join(f"<Trademark>{mark}</Trademark>" for mark in marks)
    return f"<TrademarkBag>{inner}</TrademarkBag>"


def mark(number="1", name="Fictionia", day="2020-01-02"):
    return (
        "<RegistrationOfficeCode>US</RegistrationOfficeCode><ApplicationNumber>"
        f"<ApplicationNumberText>{number}</ApplicationNumberText></ApplicationNumber>"
        f"<ApplicationDate>{day}</ApplicationDate>"
        f"<MarkVerbalElementText>{name}</MarkVerbalElementText>"
    )


def test_a_bad_mark_is_rejected_by_itself():
    text = st96(mark("1"), mark("2", day="20-20"), mark("3", name=""), mark("4"))
    good, bad_day, nameless, last = read(
        "st96", text.replace("<Trademark>", "\n<Trademark>")
    )
    assert (good.source_id, last.source_id) == ("1", "4")
    assert isinstance(bad_day, Rejection)
    assert (bad_day.line, bad_day.field) == (3, "ApplicationDate")
    assert (nameless.line, nameless.reason_code) == (4, "missing")


def test_a_mark_that_stands_twice_is_rejected_once():
    first, second = read("st96", st96(mark("1"), mark("1")))
    assert first.source_id == "1"
    assert second.reason_code == "duplicate_id"


LAUGHS = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + st96(
    mark(name="&b;")
)
STRANGER = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + st96(
    mark(name="&x;")
)
FAR = '<!DOCTYPE t SYSTEM "http://127.0.0.1:9/t.dtd">' + st96(mark())


@pytest.mark.parametrize("form", ["st66", "st96"])
@pytest.mark.parametrize("text", [LAUGHS, STRANGER, FAR], ids=["laughs", "xxe", "dtd"])
def test_entities_and_document_types_are_refused(form, text):
    with pytest.raises(UnreadableFile) as refused:
        read(form, text)
    assert refused.value.code == "dtd_forbidden"
    assert "DOCTYPE" in refused.value.message


def test_a_document_type_in_another_encoding_is_refused_too():
    text = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS
    with pytest.raises(UnreadableFile) as refused:
        list(READERS["st96"](io.BytesIO(text.encode("utf-16")), Limits()))
    assert refused.value.code == "dtd_forbidden"


def test_a_document_type_far_behind_is_refused_too():
    padding = f"<!--{'x' * 300_000}-->"
    with pytest.raises(UnreadableFile) as refused:
        read("st96", padding + LAUGHS)
    assert refused.value.code == "dtd_forbidden"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<TrademarkBag><Trademark>", "not_xml"),
        ("no xml at all", "not_xml"),
        ("<html/>", "other_format"),
    ],
)
def test_what_is_no_trademark_file_is_refused(text, code):
    with pytest.raises(UnreadableFile) as refused:
        read("st96", text)
    assert refused.value.code == code
