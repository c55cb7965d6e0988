"""The OpenAPI file: each refusal is told once, and named wherever it may come."""

from collections.abc import Iterator
from typing import Any

from ninja.openapi.schema import BODY_CONTENT_TYPES, REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from pydantic.json_schema import models_json_schema

from hufu.doors.api.shapes import RefusalOut, ShapeRefusalOut

TOLD = {
    400: ("Unreadable", "The body could not be read at all."),
    401: ("KeyMissing", "No key was sent, or none that is known."),
    403: ("NotPermitted", "The key's account may not do this."),
    404: ("NotFound", "There is no such record, or it is not the caller's to see."),
    409: ("Refused", "The hour or the record does not allow it."),
    413: ("TooLarge", "More than one request may carry."),
    422: ("NotUnderstood", "The body was read, but not every field understood."),
    429: ("Busy", "Too many requests; wait a little."),
}
SHAPES = {422: ShapeRefusalOut}
CHALLENGE = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
HEADERS = {401: CHALLENGE}


class Contract(OpenAPISchema):
    """The operations as they are declared, with every refusal they may answer.

    What follows from the form of an operation is not left to whoever writes it: only
    refusals that come of what it does (`shapes.refusals`) stand beside it.
    """

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        """Name the answers of an operation."""
        answers = super().responses(operation)
        refused = {status for status in answers if status in TOLD}
        for status in refused | set(_implied(operation)):
            answers[status] = {"$ref": f"#/components/responses/{TOLD[status][0]}"}
        return dict(sorted(answers.items()))

    def get_components(self) -> dict[str, Any]:
        """Tell every refusal, once."""
        shapes = models_json_schema(
            [(RefusalOut, "serialization"), (ShapeRefusalOut, "serialization")],
            ref_template=REF_TEMPLATE,
        )[1]
        self.add_schema_definitions(shapes["$defs"])
        told = {name: _response(status) for status, (name, _) in TOLD.items()}
        return {"responses": told, **super().get_components()}


def _implied(operation: Operation) -> Iterator[int]:
    """List the refusals that follow from what an operation asks for."""
    places = {model.__ninja_param_source__ for model in operation.models}
    if operation.auth_callbacks:
        yield from (401, 403)
    if places & BODY_CONTENT_TYPES.keys():
        yield from (400, 413)
    # Identifiers are read by the address itself: a bad one is no address of ours.
    if "path" in places:
        yield 404
    if places - {"path"}:
        yield 422


def _response(status: int) -> dict[str, Any]:
    shape = SHAPES.get(status, RefusalOut).__name__
    content = {"schema": {"$ref": REF_TEMPLATE.format(model=shape)}}
    told = {
        "description": TOLD[status][1],
        "content": {"application/json": content},
    }
    return told | ({"headers": HEADERS[status]} if status in HEADERS else {})
