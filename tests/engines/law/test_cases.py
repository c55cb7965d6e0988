import json
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
import yaml

from engines.law.packs import CN, cn
from hufu.engines.law import CrimeFacts, QuestionError, ask, schema

CASES = CN / "cases"
TEXTS = Path(__file__).parents[3] / "data/ip_crime_cases/cases.jsonl"
TABLES = sorted(p for p in CASES.glob("*.yaml") if p.stem != "real_cases")
TIERS_OF_ATTEMPT = {"attempt_first", "attempt_second"}


def table(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


GOLDEN = [
    pytest.param(data["question"], case, id=f"{path.stem}: {case['name']}")
    for path in TABLES
    for data in [table(path)]
    for case in data["cases"]
]
REAL = table(CASES / "real_cases.yaml")["cases"]


@cache
def texts():
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    return {d["case_id"]: d for d in map(json.loads, lines)}


def reach(answer, path):
    for step in path.split("."):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return answer


def same(found, expected):
    if isinstance(found, str) and isinstance(expected, str):
        try:
            return Decimal(found) == Decimal(expected)
        except InvalidOperation:
            return found == expected
    return found == expected


@pytest.mark.parametrize(("question", "case"), GOLDEN)
def test_the_engine_agrees_with_the_golden_case(question, case):
    if "refused" in case:
        with pytest.raises(QuestionError) as refusal:
            ask(cn(), question, case["day"], case["facts"])
        assert refusal.value.code == case["refused"]
        return
    answer = ask(cn(), question, case["day"], case["facts"])
    for path, expected in case["expect"].items():
        assert same(reach(answer, path), expected), path


def test_there_are_at_least_two_hundred_and_fifty_golden_cases():
    assert len(GOLDEN) >= 250


def test_no_two_golden_cases_bear_the_same_name():
    names = [(p.values[0], p.values[1]["name"]) for p in GOLDEN]
    assert len(set(names)) == len(names)


ANSWERED = [p for p in GOLDEN if "expect" in p.values[1]]


@pytest.mark.parametrize(("question", "case"), ANSWERED[::7])
def test_every_answer_fits_the_schema_of_its_question(question, case):
    answer = json.loads(json.dumps(ask(cn(), question, case["day"], case["facts"])))
    wanted = schema(question)["output"]
    assert set(wanted["required"]) <= set(answer)


@pytest.mark.parametrize("case", REAL, ids=lambda c: c["case"])
def test_offence_and_tier_agree_with_the_real_charge_or_the_file_says_why_not(case):
    figures = {k: Decimal(v) for k, v in case["figures"].items()}
    found = cn().crime(case["offence"], CrimeFacts(on=case["day"], figures=figures))
    assert found.tier == case["expect"]
    code = cn().on(case["day"], f"criminal.sentences.{case['offence']}").source.article
    agrees = found.is_reached and code.en == f"Art. {case['article']}"
    assert agrees is case["agrees"]
    assert agrees or case["why_not"]["en"]


@pytest.mark.parametrize("case", REAL, ids=lambda c: c["case"])
def test_the_coded_charge_is_the_one_in_the_text(case):
    assert case["charge"] in texts()[case["case"]]["charges"]


def test_every_real_case_is_coded():
    assert {c["case"] for c in REAL} == set(texts())
