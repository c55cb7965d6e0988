"""`import_offers`: the content says the format; the lines say the faults."""

import csv
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

import offices
from hufu.domain.watch import services as watch
from hufu.domain.watch.models import Feed, Sighting

pytestmark = pytest.mark.django_db
ROWS = [
    {"offer_id": "1", "platform": "bazaar", "title": "Qinglan tea tin"},
    {"offer_id": "2", "platform": "bazaar", "title": "青岚 茶叶罐"},
]


@pytest.fixture(autouse=True)
def source(now):
    office = offices.agency(now)
    clerk = offices.officer(now, office)
    facts = watch.SourceFacts("bazaar", "Bazaar", "市集")
    return watch.open_source(actor=clerk, at=now, facts=facts, agency=office)


def as_csv():
    out = io.StringIO()
    writer = csv.DictWriter(out, ROWS[0])
    writer.writeheader()
    writer.writerows(ROWS)
    return out.getvalue().encode()


def as_jsonl():
    return b"\n".join(json.dumps(row).encode() for row in ROWS)


def as_parquet():
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


def imported(path, content, *more):
    path.write_bytes(content)
    out = io.StringIO()
    call_command("import_offers", str(path), "--source", "bazaar", *more, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (as_csv(), "csv"),
        (b"\xef\xbb\xbf" + as_csv(), "csv"),
        (gzip.compress(as_csv(), mtime=0), "csv"),
        (as_jsonl(), "jsonl"),
        (b"\n" + as_jsonl(), "jsonl"),
        (gzip.compress(as_jsonl(), mtime=0), "jsonl"),
        (as_parquet(), "parquet"),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_its_name(tmp_path, content, form):
    assert "2 new" in imported(tmp_path / "offers", content)
    assert Feed.objects.get().format == form
    assert Sighting.objects.count() == 2


def test_a_format_that_is_named_counts(tmp_path):
    with pytest.raises(CommandError, match="lacks the columns"):
        imported(tmp_path / "offers", as_jsonl(), "--format", "csv")
    assert not Sighting.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (gzip.compress(as_csv(), mtime=0)[:20], "ends too early"),
        (b"PAR1 and then nothing", "not a readable Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(tmp_path, content, told):
    with pytest.raises(CommandError, match=told):
        imported(tmp_path / "offers.csv", content)
    assert not Sighting.objects.exists()


def test_a_row_that_is_bad_is_told_by_its_line(tmp_path):
    said = imported(tmp_path / "offers", as_csv() + b",bazaar,nameless\n")
    assert "2 new" in said
    assert "4 offer_id" in said
