"""The rule pack asked over HTTP, without any key."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from hufu import packs
from hufu.engines import law

DECIDE = {"rule": "deadlines.penalty.decision", "start": "2026-03-02"}


def test_a_stranger_lists_the_questions_and_reads_their_schemas(stranger):
    names = [row["name"] for row in stranger.get("/law").json()]
    assert names == list(law.questions())
    for name in names:
        told = stranger.get(f"/law/{name}/schema").json()
        Draft202012Validator.check_schema(told["input"])
        assert told["description"]
    offences = stranger.get("/law/crime/schema").json()["input"]["properties"][
        "offence"
    ]
    assert "copyright" in offences["enum"]


def test_no_such_question(stranger):
    assert stranger.get("/law/weather/schema").status_code == 404
    assert stranger.post("/law/weather?on=2026-01-05", {}).status_code == 404


def golden():
    for path in sorted((packs.folder("cn") / "cases").glob("*.yaml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "question" in table:
            case = table["cases"][0]
            yield pytest.param(table["question"], case, id=table["question"])


@pytest.mark.parametrize(("question", "case"), list(golden()))
def test_a_golden_case_is_answered_as_its_schema_says(stranger, question, case):
    answer = stranger.post(f"/law/{question}?on={case['day']}", case["facts"])
    assert answer.status_code == 200
    schema = law.schema(question)["output"]
    Draft202012Validator(schema).validate(answer.json())


def test_an_answer_cites_its_articles_in_both_languages(stranger):
    answer = stranger.post("/law/deadline?on=2026-03-02", DECIDE).json()
    assert answer["due_on"] == "2026-06-01"
    assert answer["explanation"]["sentences"]
    article = answer["rulings"][0]["source"]["article"]
    assert article["en"]
    assert article["zh"]


WRONG = [
    ("/law/deadline?on=2026-03-02", {"start": "2026-03-02"}, "rule", "missing"),
    ("/law/deadline?on=2026-03-02", DECIDE | {"end": "x"}, "end", "no such field"),
    ("/law/deadline?on=2026-03-02", DECIDE | {"start": "soon"}, "start", "YYYY-MM-DD"),
    ("/law/deadline?on=soon", DECIDE, "on", "YYYY-MM-DD"),
    ("/law/deadline", DECIDE, "on", "missing"),
    ("/law/deadline?on=2026-03-02", [], "facts", "not understood"),
    (
        "/law/deadline?on=2026-03-02",
        DECIDE | {"pauses": [{"from_on": "2026-03-03", "to_on": "2026-03-04"}]},
        "pauses.0.ground",
        "missing",
    ),
    (
        "/law/crime?on=2026-01-05",
        {"offence": "theft", "figures": {}},
        "offence",
        "values allowed: copyright, counterfeit_mark",
    ),
    (
        "/law/crime?on=2026-01-05",
        {"offence": "copyright", "figures": {"illegal_gains": "much"}},
        "figures.illegal_gains",
        "not a number",
    ),
    (
        "/law/crime?on=1999-01-05",
        {"offence": "copyright", "figures": {}},
        "on",
        "does not answer for this day",
    ),
]


@pytest.mark.parametrize(("path", "facts", "field", "word"), WRONG)
def test_what_is_wrong_is_named_with_its_field(stranger, path, facts, field, word):
    answer = stranger.post(path, json.dumps(facts))
    assert answer.status_code == 422
    told = answer.json()
    assert (told["code"], told["basis"]) == ("not_understood", "")
    assert told["fields"][0]["field"] == field
    assert word in told["fields"][0]["message"]


def test_a_refusal_is_in_the_language_of_the_reader(program):
    answer = program(language="zh-hans").post("/law/deadline?on=2026-03-02", {})
    assert answer.json()["fields"][0]["message"] == "缺少该字段。"
