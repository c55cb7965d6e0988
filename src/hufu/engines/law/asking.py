"""Questions in JSON, answers in JSON: what the command line and the API ask."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from hufu.engines.law.book import Book
from hufu.engines.law.clocks import Extension, Pause
from hufu.engines.law.crimes import CrimeFacts
from hufu.engines.law.damages import DamagesFacts
from hufu.engines.law.penalties import PenaltyFacts

FOLDER = Path(__file__).parent / "questions"
Facts = Mapping[str, Any]
Answer = dict[str, Any]


class QuestionError(ValueError):
    """The question is unknown, or its facts do not fit; says where."""


def questions() -> tuple[str, ...]:
    """Return the names of the questions that can be asked."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.json")))


@cache
def schema(question: str) -> dict[str, Any]:
    """Return the JSON Schemas of a question's `input` and `output`."""
    if question not in questions():
        known = ", ".join(questions())
        raise QuestionError(f"no such question: {question!r}; known: {known}")
    found: dict[str, Any] = json.loads((FOLDER / f"{question}.json").read_text("utf-8"))
    return found


def ask(book: Book, question: str, day: date, facts: Facts) -> Answer:
    """Answer a question for a day from facts in JSON, as its schema describes."""
    validator = Draft202012Validator(schema(question)["input"])
    errors = sorted(validator.iter_errors(facts), key=lambda e: list(e.absolute_path))
    if errors:
        where = ".".join(str(p) for p in errors[0].absolute_path) or "facts"
        raise QuestionError(f"{where}: {errors[0].message}")
    return ANSWERS[question](book, day, facts)


def _ruling(book: Book, day: date, facts: Facts) -> Answer:
    return book.on(day, facts["rule"]).as_json()


def _deadline(book: Book, _day: date, facts: Facts) -> Answer:
    deadline = book.deadline(
        facts["rule"],
        date.fromisoformat(facts["start"]),
        [
            Pause(_day_of(p, "from_on"), _day_of(p, "to_on"), p["ground"])
            for p in facts.get("pauses", ())
        ],
        [Extension(**e) for e in facts.get("extensions", ())],
    )
    return {**deadline.as_json(), "explanation": deadline.explain().as_json()}


def _crime(book: Book, day: date, facts: Facts) -> Answer:
    figures = {
        k: v if isinstance(v, bool) else Decimal(v) for k, v in facts["figures"].items()
    }
    return book.crime(
        facts["offence"],
        CrimeFacts(
            on=day,
            figures=figures,
            decided_on=_decided_on(facts),
            is_unit=facts.get("is_unit", False),
            is_reasonably_suspected=facts.get("is_reasonably_suspected", False),
        ),
    ).as_json()


def _penalty(book: Book, day: date, facts: Facts) -> Answer:
    return book.penalty(
        facts["rule"],
        PenaltyFacts(
            on=day,
            decided_on=_decided_on(facts),
            illegal_turnover=_amount(facts, "illegal_turnover"),
            gains=_amount(facts, "gains"),
            goods_value=_amount(facts, "goods_value"),
            copies=facts.get("copies"),
            circumstances=tuple(facts.get("circumstances", ())),
        ),
    ).as_json()


def _damages(book: Book, day: date, facts: Facts) -> Answer:
    return book.damages(
        facts["rule"],
        DamagesFacts(
            on=day,
            decided_on=_decided_on(facts),
            right_holder_loss=_amount(facts, "right_holder_loss"),
            infringer_gain=_amount(facts, "infringer_gain"),
            licence_fee=_amount(facts, "licence_fee"),
            licence_multiple=_amount(facts, "licence_multiple") or Decimal(1),
            royalty=_amount(facts, "royalty"),
            costs=_amount(facts, "costs") or Decimal(0),
            is_intentional=facts.get("is_intentional", False),
            is_serious=facts.get("is_serious", False),
            kind=facts.get("kind", ""),
        ),
    ).as_json()


def _competence(book: Book, day: date, facts: Facts) -> Answer:
    found = book.competence(facts["right"], facts["act"], facts["region"], day)
    return {
        "bodies": [
            {
                "body_code": c.body_code,
                "name": c.name.as_json(),
                "level": c.level,
                "region": c.region,
                "role": c.role,
            }
            for c in found
        ],
        "rulings": [r.as_json() for r in dict.fromkeys(c.ruling for c in found)],
    }


def _evidence(book: Book, day: date, facts: Facts) -> Answer:
    present, traits = set(facts.get("present", ())), set(facts.get("traits", ()))
    return book.evidence(facts["channel"], day, present, traits).as_json()


def _day_of(data: Facts, key: str) -> date:
    return date.fromisoformat(data[key])


def _decided_on(facts: Facts) -> date | None:
    return _day_of(facts, "decided_on") if "decided_on" in facts else None


def _amount(facts: Facts, key: str) -> Decimal | None:
    return Decimal(facts[key]) if key in facts else None


ANSWERS: Mapping[str, Callable[[Book, date, Facts], Answer]] = {
    "competence": _competence,
    "crime": _crime,
    "damages": _damages,
    "deadline": _deadline,
    "evidence": _evidence,
    "penalty": _penalty,
    "ruling": _ruling,
}
