"""`./hufu detection evaluate` on files nobody has seen, and on what people said."""

import gzip
import hashlib
import io
import json
import re
from datetime import UTC, datetime

import pytest

import offices
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import services as rights
from hufu.domain.watch import services as watch
from hufu.doors.cli.detection.__main__ import main
from hufu.doors.cli.detection.verdicts import Label, report_of

MARKS = """mark_id,wordmark,nice_classes,owner
1,Fictionia,25,F Ltd
2,青山溪,kitchen,
3,,,
4,X,99,
"""
QUERIES = """query_id,text,kind,target_mark_id,nice_class,field
1,new fictlonia boots,glyph,1,25,offer
2,青山溪 冲锋衣,exact,2,,
3,fictionia-shop.com,domain,1,,domain
4,plain garden hose,clean,,17,name
5,,clean,,,
6,whatever,lost,77,,
"""


@pytest.fixture
def write(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


@pytest.fixture
def evaluated(write, tmp_path, capsys):
    def run(marks=MARKS, queries=QUERIES, *more):
        files = write("marks.csv", marks), write("queries.csv", queries)
        out = tmp_path / "report.json"
        words = ["--marks", files[0], "--queries", files[1], "--out", out, *more]
        code = main(["evaluate", *map(str, words)])
        said = capsys.readouterr()
        report = json.loads(out.read_text()) if out.exists() else None
        return code, report, said

    return run


def test_files_nobody_has_seen_give_a_report_and_its_pictures(evaluated, tmp_path):
    code, report, said = evaluated(MARKS, QUERIES, "--pictures", tmp_path / "drawn")
    assert code == 0
    kinds = report["recall"]["kinds"]
    assert [kinds[k]["at_1"]["value"] for k in ("glyph", "exact", "domain")] == [1] * 3
    assert [miss["query_id"] for miss in report["misses"]] == ["6"]
    assert report["targets_in_no_row"] == ["77"]
    assert (
        report["files"]["marks"]["sha256"] == hashlib.sha256(MARKS.encode()).hexdigest()
    )
    assert report["false_leads_per_1000_clean"]["0.5"]["n"] == 2
    assert "glyph: 1.000" in said.out
    drawn = sorted(path.name for path in (tmp_path / "drawn").iterdir())
    assert drawn == ["false-leads.svg", "kinds.svg", "reliability.svg"]
    assert "glyph" in (tmp_path / "drawn/kinds.svg").read_text()


@pytest.mark.parametrize(
    ("marks", "queries", "told"),
    [
        ("mark_id,name\n1,x\n", QUERIES, "marks.csv: .*lacks the columns: wordmark"),
        (MARKS + ",Lost,,\n", QUERIES, "marks.csv, line 6, mark_id: is empty"),
        (MARKS + '5,"a\nb",,\n1,Again,,\n', QUERIES, "line 8, mark_id: .*line 2"),
        (MARKS, QUERIES + "7,x,k,,,picture\n", "queries.csv, line 8, field: 'picture'"),
        (MARKS, QUERIES + "7,x\n", "queries.csv, line 8: .*has 2 fields"),
        (MARKS, QUERIES + '7,"x,k,,,\n', "queries.csv, line 8: .*quotation marks"),
        (MARKS, QUERIES.encode("utf-16"), "queries.csv: .*not UTF-8"),
        ("", QUERIES, "marks.csv: The file is empty"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(evaluated, marks, queries, told):
    code, report, said = evaluated(marks, queries)
    assert (code, report) == (2, None)
    assert "Traceback" not in said.err
    assert re.search(told, said.err)


def test_texts_that_would_break_a_careless_reader_are_measured(evaluated):
    rows = [
        b"7," + b"long " * 200_000 + b",clean,,,",
        b"8,\xed\xa0\x80 half,clean,,,",
        b"9,a" + "\u0301".encode() * 10_000 + b",clean,,,",
        b"10,Apple \x00 pie,clean,,,",
    ]
    code, report, _ = evaluated(MARKS, QUERIES.encode() + b"\n".join(rows) + b"\n")
    assert (code, report["queries"]) == (0, 10)


def test_a_packed_file_is_read_and_a_missing_one_is_named(write, capsys):
    marks = write("marks.csv.gz", gzip.compress(MARKS.encode()))
    queries = write("queries.csv", QUERIES)
    files = ["--marks", str(marks), "--queries", str(queries)]
    assert main(["evaluate", *files, "--out", "-"]) == 0
    assert '"targets_in_no_row"' in capsys.readouterr().out
    queries.unlink()
    assert main(["evaluate", *files]) == 2
    assert "queries.csv: no such file" in capsys.readouterr().err
    assert main(["evaluate", *files[:2]]) == 2
    assert "belong together" in capsys.readouterr().err


def test_verdicts_are_counted_by_month_and_by_threshold():
    told = [
        (datetime(2026, 1, 5, tzinfo=UTC), 0.99, True),
        (datetime(2026, 1, 6, tzinfo=UTC), 0.7, False),
        (datetime(2026, 2, 1, tzinfo=UTC), 0.7, True),
    ]
    report = report_of(Label(at, score, "names_v1", good) for at, score, good in told)
    months = {month["month"]: month["precision"] for month in report["months"]}
    assert (months["2026-01"]["value"], months["2026-02"]["value"]) == (0.5, 1)
    high = report["matchers"]["names_v1"]["thresholds"]["0.9"]
    assert (high["precision"]["value"], high["recall"]["value"]) == (1, 0.5)


@pytest.mark.django_db
def test_what_people_said_of_leads_is_shown(now, storage, tmp_path, capsys):
    judged(now, storage)
    out, drawn = tmp_path / "verdicts.json", tmp_path / "drawn"
    assert main(["evaluate", "--out", str(out), "--pictures", str(drawn)]) == 0
    report = json.loads(out.read_text())
    assert report["labels"] == 2
    assert report["months"][0]["month"] == "2026-03"
    assert report["months"][0]["precision"]["value"] == 0.5
    assert "2026-03: worth a look 0.500" in capsys.readouterr().out
    assert (drawn / "verdicts.svg").exists()


def judged(now, storage):
    """Let a sweep open two leads, of which a person believes one."""
    office = offices.agency(now)
    officer = offices.officer(now, office)
    holder = offices.holder(now)
    right = offices.right_of(holder, now, storage, classes=(30,))
    rights.ask_monitoring(actor=holder, at=now, right=right)
    about = watch.SourceFacts("fair", "Fair", "集市", office.region, budget=1000)
    source = watch.open_source(actor=officer, at=now, facts=about, agency=office)
    data = b"offer_id,platform,title,class_hint\n"
    data += b"1,Fair,QINGLAN tea tin AAA copy,30\n2,Fair,QINGLAN tea tin replica,30\n"
    facts = watch.FeedFacts("o.csv", "csv", "0" * 64, len(data))
    feed = watch.request_feed(actor=officer, at=now, source=source, facts=facts)
    watch.take_feed(
        actor=officer, at=now, feed=feed, open_file=lambda: io.BytesIO(data)
    )
    watch.run_sweep(actor=Clockwork(), at=now, source=source)
    good, bad = Lead.objects.order_by("pk")
    leads.accept_lead(actor=officer, at=now, lead=good)
    leads.close_lead(actor=officer, at=now, lead=bad, reason="no_infringement")
