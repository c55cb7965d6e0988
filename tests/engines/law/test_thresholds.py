"""Every figure of every criminal threshold has golden rows just under, at and over it.

The thresholds are read from the files here, with nothing of the engine.
"""

from itertools import chain, combinations, product

import pytest
import yaml

from engines.law.packs import CN

TIERS = ("first", "second", "attempt_first", "attempt_second")
FILES = sorted((CN / "criminal/thresholds").glob("*.yaml"))


def read(path):
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


ROWS = [
    case
    for path in sorted((CN / "cases").glob("*.yaml"))
    if (table := read(path)).get("question") == "crime"
    for case in table["cases"]
    if "figures" in case["facts"]
    and not case["facts"].keys() & {"decided_on", "is_unit"}
]


def ways(condition):
    """Every list of single tests that meets a condition."""
    match condition:
        case {"any": parts}:
            return [way for part in parts for way in ways(part)]
        case {"all": parts}:
            return [list(chain(*way)) for way in product(*map(ways, parts))]
        case {"half_of_two": parts}:
            pairs = combinations(parts, 2)
            return [[half(a), half(b)] for a, b in pairs if item(a) != item(b)]
        case {"other": _}:
            return []
    return [[condition]]


def half(part):
    return {"metric": part["metric"], "gte": part["gte"] // 2}


def item(part):
    return part.get("item", part["metric"])


def asked(test):
    return test["sum"] if "sum" in test else [test["metric"]]


def total(test, figures):
    return sum(figures.get(metric, 0) for metric in asked(test))


def holds(test, figures):
    match test:
        case {"gte": need}:
            return total(test, figures) >= need
        case {"lt": most}:
            return total(test, figures) < most
    return figures.get(test["metric"]) is True


def wanted():
    for path in FILES:
        for entry in read(path)["values"]:
            value = entry["value"]
            unread = {r["if_known"] for r in value.get("review", ())}
            for tier in TIERS:
                for way in ways(value[tier]) if tier in value else ():
                    if not unread & {m for test in way for m in asked(test)}:
                        yield from measured(path.stem, entry, tier, way)


def measured(offence, entry, tier, way):
    for test in way:
        if test.get("gte", 1) > 1:
            yield pytest.param(
                offence, entry, way, test, id=f"{offence} {entry['since']} {tier} {way}"
            )


WANTED = list(wanted())


def rows_of(offence, entry):
    for row in ROWS:
        same = row["facts"]["offence"] == offence and row["day"] >= entry["since"]
        if same and ("until" not in entry or row["day"] <= entry["until"]):
            yield row["facts"]["figures"]


@pytest.mark.parametrize(("offence", "entry", "way", "test"), WANTED)
def test_a_threshold_has_rows_just_under_at_and_over(offence, entry, way, test):
    others = [t for t in way if t is not test]
    beside = [f for f in rows_of(offence, entry) if all(holds(t, f) for t in others)]
    distances = {total(test, figures) - test["gte"] for figures in beside}
    assert {-1, 0} <= distances
    assert max(distances) > 0


def test_every_file_of_thresholds_is_among_them():
    assert {p.values[0] for p in WANTED} == {path.stem for path in FILES}
