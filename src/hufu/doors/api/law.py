"""The questions of the rule pack over HTTP: the same as `./hufu law ask`, no key."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Body, Router, Schema

from hufu.base.law import book
from hufu.engines import law

router = Router(tags=["law"], auth=None)


class QuestionRow(Schema):
    """A question that can be asked."""

    name: str
    description: str


class QuestionOut(QuestionRow):
    """A question with the JSON Schemas of its facts and of its answer."""

    input: dict[str, Any]
    output: dict[str, Any]


@router.get("", url_name="law-questions", response=list[QuestionRow])
def list_questions(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja passes it
    """List what the rule pack can be asked."""
    return [_row(name) for name in law.questions()]


@router.get(
    "/{question}/schema",
    url_name="law-schema",
    response=QuestionOut,
)
def read_question(request: HttpRequest, question: str) -> dict[str, Any]:  # noqa: ARG001 - ninja passes it
    """Read the schemas of a question, with every name that the rule pack knows."""
    if question not in law.questions():
        raise Http404
    return law.schema_in(book(), question) | _row(question)


def _row(question: str) -> dict[str, str]:
    return {"name": question, "description": law.schema(question)["description"]}


def _offer(question: str) -> None:
    """Add the operation that answers one question, documented by its own schemas."""
    told = law.schema(question)

    def answer(
        request: HttpRequest,  # noqa: ARG001 - ninja passes it
        on: date,
        facts: Body[dict[str, Any]],
    ) -> law.Answer:
        return law.ask(book(), question, on, facts)

    answer.__name__ = f"ask_{question}"
    answer.__doc__ = f"{told['description']} `on` is the day asked."
    router.post(
        f"/{question}",
        url_name="law-ask",
        response=dict[str, Any],
        openapi_extra={
            "requestBody": {"content": {"application/json": {"schema": told["input"]}}},
            "responses": {
                200: {"content": {"application/json": {"schema": told["output"]}}}
            },
        },
    )(answer)


for name in law.questions():
    _offer(name)
