"""Offers read from feeds."""

import gzip
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hufu.base.imports import MIB, Limits, UnreadableFile
from hufu.domain.watch.feeds import READERS, OfferRow

DATA = Path(__file__).parents[3] / "data"
OFFER = {
    "offer_id": "7",
    "platform": "demo-mall",
    "title": "虎符样例 运动鞋",
    "price": "199.00",
    "currency": "cny",
    "url": "https://example.org/7",
    "seen_at": "2024-05-31T08:00:00+08:00",
    "class_hint": "25",
    "brand": "Fictionia",
    "quantity": "3",
}

HEAD = b"offer_id,platform,title\n"


def read(form, content, limits=None):
    raw = content.encode() if isinstance(content, str) else content
    return list(READERS[form](io.BytesIO(raw), limits or Limits()))


def parquet(rows):
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def test_the_public_listings_go_in_whole():
    with (DATA / "listings.csv.gz").open("rb") as file:
        rows = list(READERS["csv"](file, Limits()))
    assert len(rows) == 16178
    assert all(isinstance(row, OfferRow) for row in rows)
    assert not any(row.currency for row in rows)
    assert {row.classes for row in rows} == {(), (14,), (25,)}


def test_an_offer_is_read_in_full():
    (row,) = read("jsonl", json.dumps(OFFER))
    assert row.price == Decimal("199.00")
    assert row.currency == "CNY"
    assert row.classes == (25,)
    assert row.seen_at == datetime(2024, 5, 31, 0, 0, tzinfo=UTC)
    assert row.identity == "demo-mall:7"


def test_the_three_formats_tell_the_same():
    of_csv = read("csv", ",".join(OFFER) + "\n" + ",".join(OFFER.values()) + "\n")
    of_json = read("jsonl", json.dumps(OFFER))
    assert of_csv == of_json == read("parquet", parquet([OFFER]))


def test_parquet_keeps_its_own_types():
    typed = OFFER | {
        "price": Decimal("199.00"),
        "seen_at": datetime(2024, 5, 31, tzinfo=UTC),
        "quantity": 3,
        "unknown": [1, 2],
    }
    (row,) = read("parquet", parquet([typed]))
    assert row.price == Decimal(199)
    assert row.seen_at == datetime(2024, 5, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "", "missing"),
        ("offer_id", None, "missing"),
        ("platform", "  ", "missing"),
        ("price", "-1", "bad_number"),
        ("price", "NaN", "bad_number"),
        ("price", "1e30", "bad_number"),
        ("price", "ten", "bad_number"),
        ("currency", "yuan", "bad_currency"),
        ("url", "javascript:alert(1)", "bad_url"),
        ("url", "https://a b", "bad_url"),
        ("seen_at", "2024-05-31T08:00:00", "bad_instant"),
        ("seen_at", "yesterday", "bad_instant"),
        ("class_hint", "99", "bad_class"),
        ("title", "x" * 1001, "too_long"),
        ("title", "a\x00b", "control_character"),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_bad_offer_is_rejected_by_itself(form, field, value, code):
    rows = [OFFER, OFFER | {"offer_id": "8", field: value}, OFFER | {"offer_id": "9"}]
    content = parquet(rows) if form == "parquet" else "\n".join(map(json.dumps, rows))
    before, bad, after = read(form, content)
    assert isinstance(before, OfferRow)
    assert isinstance(after, OfferRow)
    assert (bad.line, bad.field, bad.reason_code) == (2, field, code)
    assert bad.message


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_offer_that_stands_twice_is_rejected_once(form):
    rows = [OFFER, OFFER]
    content = parquet(rows) if form == "parquet" else "\n".join(map(json.dumps, rows))
    first, second = read(form, content)
    assert isinstance(first, OfferRow)
    assert second.reason_code == "duplicate_id"


@pytest.mark.parametrize(
    ("form", "content", "code"),
    [
        ("csv", b"", "empty"),
        ("parquet", b"", "empty"),
        ("parquet", b"PAR1 but no more", "not_parquet"),
        ("parquet", parquet([OFFER])[:-9], "not_parquet"),
        ("parquet", parquet([{"title": "a"}]), "missing_columns"),
        ("csv", gzip.compress(HEAD + b"a,b,c\n" * 999, mtime=0)[:-9], "truncated"),
        ("csv", HEAD + "1,b,café\n".encode("latin-1"), "wrong_encoding"),
        ("csv", b"title\nx\n", "missing_columns"),
        ("jsonl", gzip.compress(b"x" * MIB, mtime=0), "line_too_long"),
    ],
)
def test_an_unreadable_file_is_refused_whole(form, content, code):
    with pytest.raises(UnreadableFile) as refused:
        read(form, content)
    assert refused.value.code == code


def test_a_parquet_file_beyond_the_limits_is_refused_before_it_is_read():
    content = parquet([OFFER | {"offer_id": str(n)} for n in range(30)])
    for limits, code in (
        (Limits(rows=29), "too_many_rows"),
        (Limits(expanded_bytes=100), "too_large"),
    ):
        with pytest.raises(UnreadableFile) as refused:
            read("parquet", content, limits)
        assert refused.value.code == code


@given(st.binary(max_size=300))
@pytest.mark.parametrize("form", sorted(READERS))
def test_no_bytes_at_all_break_a_reader(form, content):
    try:
        found = read(form, content)
    except UnreadableFile as refused:
        found = [refused]
    for one in found:
        assert isinstance(one, OfferRow) or one.message
