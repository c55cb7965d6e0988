from datetime import date

import pytest
from jsonschema import Draft202012Validator

from engines.law.packs import cn
from hufu.engines.law import LawError, QuestionError, ask, questions, schema

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


def test_one_point_nought_is_a_whole_number_as_json_has_it():
    facts = {"quantity": 2.0, "is_sold": True, "sale_price": 3.0}
    assert ask(cn(), "valuation", DAY, facts)["amount"] == "6"


@pytest.mark.parametrize(
    ("question", "facts", "field", "code"),
    [
        ("deadline", {"start": "2026-03-02"}, "rule", "missing"),
        ("crime", {"offence": "theft", "figures": {}}, "offence", "choice"),
        ("crime", {"offence": "copyright"}, "facts", "shape"),
        (
            "crime",
            {"offence": "copyright", "figures": {"weight": 3}},
            "figures.weight",
            "choice",
        ),
        (
            "crime",
            {"offence": "copyright", "figures": {"illegal_gains": "-3"}},
            "figures.illegal_gains",
            "amount",
        ),
        (
            "competence",
            {"right": "copyright", "act": "counterfeiting", "region": "440300"},
            "act",
            "choice",
        ),
        ("ruling", {"rule": "deadlines.penalty.decision", "x": 1}, "x", "extra"),
        ("term", {"right": "design", "filed_on": "2020-13-01"}, "filed_on", "day"),
        (
            "crime",
            {"offence": "copyright", "figures": {}, "decided_on": "1999-01-01"},
            "decided_on",
            "silent",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_kind(question, facts, field, code):
    with pytest.raises(QuestionError) as error:
        ask(cn(), question, DAY, facts)
    assert (error.value.field, error.value.code) == (field, code)


@pytest.mark.parametrize(
    ("more", "field", "word"),
    [
        (
            {
                "pauses": [
                    {
                        "from_on": "2026-03-03",
                        "to_on": "2026-03-04",
                        "ground": "rain",
                    }
                ]
            },
            "pauses.0.ground",
            "allowed: suspension, hearing",
        ),
        (
            {
                "pauses": [
                    {
                        "from_on": "2026-03-04",
                        "to_on": "2026-03-03",
                        "ground": "appraisal",
                    }
                ]
            },
            "pauses",
            "before 2026-03-04",
        ),
        (
            {"extensions": [{"ground": "complex", "n": 31}]},
            "extensions",
            "30 day at most",
        ),
        ({"extensions": [{"ground": "collective"}]}, "extensions.0.ground", "complex"),
    ],
)
def test_a_clock_that_the_law_does_not_know_is_refused(more, field, word):
    facts = {"rule": "deadlines.penalty.decision", "start": "2026-03-02", **more}
    with pytest.raises(QuestionError, match=word) as error:
        ask(cn(), "deadline", DAY, facts)
    assert error.value.field == field


def test_several_acts_are_added_up_but_not_those_dealt_with():
    def act(volume, **more):
        figures = {"illegal_business_volume": volume}
        return {"on": "2026-01-05", "figures": figures, **more}

    facts = {"offence": "counterfeit_mark", "acts": [act(30_000), act(20_000)]}
    assert ask(cn(), "crime", DAY, facts)["tier"] == "first"
    facts["acts"][1]["is_dealt_with"] = True
    assert ask(cn(), "crime", DAY, facts)["tier"] == "none"


def test_the_compared_laws_are_told():
    facts = {
        "offence": "counterfeit_mark",
        "figures": {"illegal_business_volume": 260_000},
        "decided_on": "2025-06-01",
    }
    answer = ask(cn(), "crime", date(2020, 1, 1), facts)
    assert [c["tier"] for c in answer["compared"]] == ["second", "first"]
    assert answer["sentence"]["max_years"] == 3


@pytest.mark.parametrize(
    ("question", "facts", "expected"),
    [
        ("listing", {"acts": ["trade_secret"], "penalties": []}, ("is_listable", 0)),
        (
            "listing",
            {"acts": ["trade_secret"], "penalties": ["licence"]},
            ("is_listable", 1),
        ),
        ("repair", {"met": ["harm_removed"]}, ("is_possible", 0)),
        ("reward", {"level": "1", "fined": 200_000}, ("amount", "10000")),
        (
            "reward",
            {"level": "1", "fined": 200_000, "circumstances": ["staff"]},
            ("amount", "0"),
        ),
        (
            "term",
            {"right": "design", "filed_on": "2021-06-01"},
            ("expires_on", "2036-06-01"),
        ),
        (
            "term",
            {
                "right": "invention",
                "filed_on": "2018-01-01",
                "requested_on": "2019-01-01",
                "granted_on": "2024-02-01",
            },
            ("is_delayed", 1),
        ),
        (
            "term",
            {
                "right": "invention",
                "filed_on": "2013-02-01",
                "approved_on": "2024-02-01",
            },
            ("expires_on", "2038-02-01"),
        ),
    ],
)
def test_lists_rewards_and_terms_are_answered(question, facts, expected):
    key, value = expected
    answer = ask(cn(), question, DAY, facts)
    assert answer[key] == value
    Draft202012Validator(schema(question)["output"]).validate(answer)
    assert all(r["source"]["article"]["zh"] for r in answer["rulings"])


def test_a_clock_that_leaves_the_known_calendar_is_refused():
    calendar = cn().calendar
    with pytest.raises(LawError, match="1985"):
        calendar.before(date(1985, 1, 3), 7)
    with pytest.raises(LawError, match="2085"):
        calendar.after(date(2084, 12, 28), 7)


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"copies_count": True}, "figures.copies_count"),
        ({"illegal_gains": False}, "figures.illegal_gains"),
        ({"punished_within_2y_copyright": 1}, "figures.punished_within_2y_copyright"),
    ],
)
def test_yes_is_no_amount_and_an_amount_is_no_yes(figures, field):
    with pytest.raises(QuestionError) as refusal:
        ask(cn(), "crime", DAY, {"offence": "copyright", "figures": figures})
    assert refusal.value.field == field


def test_a_court_says_what_of_its_competence_is_not_known():
    facts = {"right": "invention", "act": "civil_suit", "region": "330300"}
    first, appeal = ask(cn(), "competence", DAY, facts)["bodies"]
    assert "capital" in first["note"]["en"]
    assert "省会" in first["note"]["zh"]
    assert appeal["note"] is None
