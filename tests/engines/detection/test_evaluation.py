"""The evaluation of rows that nobody has seen before."""

import json
from itertools import count

import pytest

from hufu.engines.detection.evaluation import BadRowError, Measures, evaluate, interval

MARKS = [
    {"mark_id": "a", "wordmark": "Fictionia", "nice_classes": "25, 18"},
    {"mark_id": "b", "wordmark": "青山溪", "nice_classes": "", "owner": "Q Ltd"},
    {"mark_id": "c", "wordmark": "Qinglan", "nice_classes": "kitchen"},
]
COLUMNS = ("query_id", "text", "kind", "target_mark_id", "field", "nice_class")
ROWS = [
    ("1", "new fictlonia boots", "glyph", "a", "", ""),
    ("2", "青山溪 冲锋衣", "exact", "b", "offer", ""),
    ("3", "qing-lan-tea.shop", "domain", "c", "domain", ""),
    ("4", "nothing like it", "exact", "b", "", ""),
    ("5", "plain garden hose", "clean", "", "", "17"),
    ("6", "", "clean", "", "name", ""),
]
QUERIES = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]


@pytest.fixture
def measures():
    clock = count(1)
    return Measures(seconds=lambda: float(next(clock)), memory=lambda: 1000)


def test_the_report_tells_recall_false_leads_and_misses(measures):
    report = evaluate(MARKS, QUERIES, measures)
    kinds = report["recall"]["kinds"]
    assert kinds["glyph"]["at_1"]["value"] == 1
    assert kinds["domain"]["found"]["value"] == 1
    assert kinds["exact"]["at_10"]["value"] == 0.5
    assert report["recall"]["all"]["at_1"]["n"] == 4
    assert report["false_leads_per_1000_clean"]["0.5"]["per_1000"]["value"] == 0
    assert [miss["query_id"] for miss in report["misses"]] == ["4"]
    assert report["marks"] == 3
    assert report["build_seconds"] == 1
    assert json.loads(json.dumps(report)) == report


def test_an_evaluation_of_nothing_is_a_report(measures):
    report = evaluate([], [], measures)
    assert report["recall"]["all"]["at_1"]["value"] is None


@pytest.mark.parametrize("row", [{"query_id": "1"}, {"text": "x", "field": "picture"}])
def test_a_bad_query_is_named(measures, row):
    with pytest.raises(BadRowError, match="query 1"):
        evaluate(MARKS, [row], measures)


def test_a_mark_without_an_id_is_refused(measures):
    with pytest.raises(BadRowError, match="mark_id"):
        evaluate([{"wordmark": "Fictionia"}], [], measures)


def test_intervals_hold_the_share_and_stay_within_bounds():
    assert interval(0, 0) == (0.0, 1.0)
    for right, total in ((0, 10), (10, 10), (97, 100)):
        low, high = interval(right, total)
        assert 0 <= low <= right / total <= high <= 1
