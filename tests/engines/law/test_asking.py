from datetime import date

import pytest
from jsonschema import Draft202012Validator

from engines.law.packs import cn
from hufu.engines.law import QuestionError, ask, questions, schema

DAY = date(2026, 1, 5)


@pytest.mark.parametrize("question", questions())
def test_every_question_documents_input_and_output(question):
    found = schema(question)
    Draft202012Validator.check_schema(found["input"])
    Draft202012Validator.check_schema(found["output"])
    assert found["description"]


def test_an_unknown_question_names_the_known_ones():
    with pytest.raises(QuestionError, match="deadline"):
        schema("weather")


def test_facts_that_do_not_fit_are_refused_with_their_place():
    facts = {"rule": "deadlines.penalty.decision", "start": "yesterday"}
    with pytest.raises(QuestionError, match="start"):
        ask(cn(), "deadline", DAY, facts)


def test_an_unknown_key_is_refused():
    with pytest.raises(QuestionError, match="weather"):
        ask(cn(), "ruling", DAY, {"rule": "x", "weather": "fine"})


def test_an_answer_brings_its_explanation():
    facts = {"rule": "deadlines.penalty.decision", "start": "2026-03-02"}
    answer = ask(cn(), "deadline", DAY, facts)
    assert answer["due_on"] == "2026-06-01"
    assert answer["explanation"]["days"][-1]["on"] == "2026-06-01"
