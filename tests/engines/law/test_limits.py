"""Every limit of fines, hearings, rewards and damages has golden rows at its edges.

The limits are read from the files here, with nothing of the engine.
"""

from decimal import Decimal

import pytest
import yaml

from engines.law.packs import CN

GROUNDS = {"illegal_turnover", "gains", "goods_value", "copies"}


def read(path):
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def rows_of(question):
    tables = map(read, sorted((CN / "cases").glob("*.yaml")))
    found = [c for t in tables if t.get("question") == question for c in t["cases"]]
    return [c for c in found if "expect" in c and "decided_on" not in c["facts"]]


def entries(folder, key):
    for path in sorted((CN / folder).glob("*.yaml")):
        for entry in read(path)["values"]:
            if isinstance(entry["value"], dict) and key in entry["value"]:
                yield path.stem, entry


def within(row, rule, entry):
    since, until = entry["since"], entry.get("until", row["day"])
    return row["facts"]["rule"] == rule and since <= row["day"] <= until


def number(value):
    return Decimal(str(value))


def near(edge, figures):
    """Which sides of an edge have a figure, one yuan away at most."""
    close = [f for f in figures if abs(f - edge) <= 1]
    return {"under" if f < edge else "over" if f > edge else "at" for f in close}


PENALTIES = rows_of("penalty")
FINES = [
    pytest.param(rule, entry, fine, id=f"{rule} {entry['since']} {fine['title']['en']}")
    for rule, entry in entries("penalties", "fines")
    for fine in entry["value"]["fines"]
]


def figures_of(rule, entry, metric):
    rows = [r["facts"] for r in PENALTIES if within(r, rule, entry)]
    return [number(facts[metric]) for facts in rows if metric in facts]


def limits(fine):
    for metric, test in fine.get("when", {}).items():
        if metric in GROUNDS:
            yield metric, number(next(iter(test.values())))
    for multiple in fine.get("multiples", ()) if "cap" in fine else ():
        yield multiple["of"], number(fine["cap"]) / number(multiple["high"])


@pytest.mark.parametrize(("rule", "entry", "fine"), FINES)
def test_a_limit_of_a_fine_has_rows_just_under_at_and_over(rule, entry, fine):
    for metric, limit in limits(fine):
        wanted = {"under", "at", "over"} if limit else {"at", "over"}
        assert wanted <= near(limit, figures_of(rule, entry, metric)), metric


def holds(test, metric, facts):
    if metric == "circumstance":
        return test in facts.get("circumstances", ())
    kind, need = next(iter(test.items()))
    if metric not in facts:
        return False
    found = number(facts[metric])
    return found > need if kind == "gt" else found >= need


def ranges(fine, facts):
    """Every range that the words of a fine allow for the facts of a row."""
    if "amount" in fine:
        yield number(fine["amount"]["low"]), number(fine["amount"]["high"])
    for multiple in fine.get("multiples", ()):
        if multiple["of"] in facts:
            base = number(facts[multiple["of"]])
            low, high = base * number(multiple["low"]), base * number(multiple["high"])
            yield low, min(high, number(fine.get("cap", high)))


@pytest.mark.parametrize(("rule", "entry", "fine"), FINES)
def test_every_fine_has_a_row_with_its_range(rule, entry, fine):
    found = [
        row
        for row in PENALTIES
        if within(row, rule, entry)
        if all(holds(t, m, row["facts"]) for m, t in fine.get("when", {}).items())
        for low, high in ranges(fine, row["facts"])
        if (low, high) == tuple(number(row["expect"][k]) for k in ("low", "high"))
    ]
    assert found


REWARDS = [r for r in rows_of("reward") if "circumstances" not in r["facts"]]
LEVELS = read(CN / "rewards/levels.yaml")["values"][0]["value"]


def rewarded(level, key=None, value=None):
    rows = [r for r in REWARDS if r["facts"]["level"] in (level, int(level))]
    told = [r for r in rows if key is None or r["expect"].get(key) is value]
    return [number(r["facts"]["fined"]) for r in told]


@pytest.mark.parametrize("level", sorted(LEVELS["levels"]))
def test_the_least_and_the_cap_of_a_reward_have_rows_at_their_edges(level):
    share = number(LEVELS["levels"][level]["percent"]) / 100
    least, cap = LEVELS["levels"][level]["min"] / share, LEVELS["cap_per_case"] / share
    assert near(least, rewarded(level, "is_least", value=True)) == {"under"}
    assert near(least, rewarded(level, "is_least", value=False)) == {"at", "over"}
    assert near(cap, rewarded(level, "is_capped", value=True)) == {"over"}
    beneath = {"under", "at"} if cap == int(cap) else {"under"}
    assert near(cap, rewarded(level, "is_capped", value=False)) == beneath


def test_the_approval_of_the_finance_department_has_rows_at_its_edge():
    limit = read(CN / "rewards/finance_approval_from.yaml")["values"][0]["value"]
    edge = limit / (number(LEVELS["levels"]["1"]["percent"]) / 100)
    key = "needs_finance_approval"
    assert near(edge, rewarded("1", key, value=False)) == {"under"}
    assert near(edge, rewarded("1", key, value=True)) == {"at", "over"}


DAMAGES = rows_of("damages")
STATUTORY = list(entries("damages", "statutory"))
PUNITIVE = [(rule, entry) for rule, entry in STATUTORY if "punitive" in entry["value"]]
CAPPED_FROM = read(CN / "damages/punitive_total.yaml")["values"][-1]["since"]


def told(row):
    return number(row["expect"]["low"]), number(row["expect"]["high"])


@pytest.mark.parametrize(("rule", "entry"), STATUTORY)
def test_a_statutory_range_has_rows_on_its_first_and_last_day(rule, entry):
    span = entry["value"]["statutory"]
    wanted = (number(span.get("min", 0)), number(span["max"]))
    ends = {entry["since"], entry.get("until", entry["since"])}
    rows = [r for r in DAMAGES if within(r, rule, entry) and told(r) == wanted]
    plain = [r for r in rows if r["expect"].get("method") == "statutory"]
    assert ends <= {r["day"] for r in plain}


@pytest.mark.parametrize(("rule", "entry"), PUNITIVE)
def test_the_highest_punitive_multiple_has_a_row(rule, entry):
    most = entry["value"]["punitive"]["max"]
    rows = [
        r
        for r in DAMAGES
        if within(r, rule, entry)
        if r["facts"].get("is_intentional") and r["facts"].get("is_serious")
        if "infringer_gain" in r["facts"]
    ]
    found = {told(r)[1] / r["facts"]["infringer_gain"] for r in rows}
    total = most if entry["since"] >= CAPPED_FROM else 1 + most
    assert total in found


SINGLE = [
    pytest.param(f"{folder}.{path.stem}", entry["value"], id=path.stem)
    for folder in ("hearing", "rewards")
    for path in sorted((CN / folder).glob("*.yaml"))
    for entry in read(path)["values"]
    if type(entry["value"]) is int
]
VALUES = rows_of("ruling")


@pytest.mark.parametrize(("rule", "value"), SINGLE)
def test_a_limit_that_a_person_applies_has_a_row_with_its_figure(rule, value):
    rows = [r["expect"] for r in VALUES if r["facts"]["rule"] == rule]
    found = [v for r in rows for k, v in r.items() if k in ("value", "value.$decimal")]
    assert [v for v in found if number(v) == value]
