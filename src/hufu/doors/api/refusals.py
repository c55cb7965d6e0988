"""How the API says no: always `code`, `message`, `basis`, in the reader's language."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hufu.base.errors import Refusal
from hufu.doors.look.refusals import STATUSES
from hufu.engines.law import QuestionError

Status = HTTPStatus

# What is wrong with what was sent, rather than with the hour or the record.
SHAPE_ENDINGS = ("_missing", "_length", "_typo", "_unknown", "_empty", "_invalid")
BUSY = {"busy": Status.TOO_MANY_REQUESTS, "too_large": 413, "file_too_large": 413}

WORDS = {
    "missing": gettext_lazy("This field is missing."),
    "enum": gettext_lazy("This is not one of the values allowed: %(expected)s."),
    "uuid_parsing": gettext_lazy("This is not an identifier (UUID)."),
    "uuid_type": gettext_lazy("This is not an identifier (UUID)."),
    "int_parsing": gettext_lazy("This is not a whole number."),
    "int_type": gettext_lazy("This is not a whole number."),
    "int_from_float": gettext_lazy("This is not a whole number."),
    "bool_parsing": gettext_lazy("Write true or false."),
    "bool_type": gettext_lazy("Write true or false."),
    "date_from_datetime_parsing": gettext_lazy("Write the day as YYYY-MM-DD."),
    "date_from_datetime_inexact": gettext_lazy("Write the day as YYYY-MM-DD."),
    "date_parsing": gettext_lazy("Write the day as YYYY-MM-DD."),
    "date_type": gettext_lazy("Write the day as YYYY-MM-DD."),
    "decimal_parsing": gettext_lazy("This is not a number."),
    "decimal_type": gettext_lazy("This is not a number."),
    "string_type": gettext_lazy("This is not a text."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "too_long": gettext_lazy("At most %(max_length)s items."),
    "extra_forbidden": gettext_lazy("There is no such field."),
}
NOT_UNDERSTOOD = gettext_lazy("This value was not understood.")
LAW_WORDS = {
    "missing": WORDS["missing"],
    "extra": WORDS["extra_forbidden"],
    "choice": WORDS["enum"],
    "day": WORDS["date_parsing"],
    "amount": WORDS["decimal_parsing"],
    "silent": gettext_lazy("The rule pack does not answer for this day."),
}


def install(api: NinjaAPI) -> None:
    """Teach the API its refusals."""
    api.add_exception_handler(Refusal, _handler(api, _refusal))
    api.add_exception_handler(ValidationError, _handler(api, _shape))
    api.add_exception_handler(QuestionError, _handler(api, _question))
    api.add_exception_handler(Http404, _handler(api, _absent))
    api.add_exception_handler(AuthenticationError, _handler(api, _stranger))
    api.add_exception_handler(HttpError, _handler(api, _unreadable))
    for excess in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(excess, _handler(api, _too_big))


def _handler(api: NinjaAPI, tell: Any) -> Any:
    """Make a handler of a function from an exception to status and words."""

    def handle(request: HttpRequest, exception: Any) -> HttpResponse:
        status, words = tell(exception)
        return api.create_response(request, {"basis": "", **words}, status=status)

    return handle


def _refusal(refusal: Refusal) -> tuple[int, dict[str, Any]]:
    words = {"code": refusal.code, "message": refusal.message, "basis": refusal.basis}
    return _status(refusal.code), words


def _status(code: str) -> int:
    """Give the status of a refusal: what one may not know of does not exist."""
    if code.endswith(SHAPE_ENDINGS):
        return Status.UNPROCESSABLE_ENTITY
    return {**STATUSES, **BUSY}.get(code, Status.CONFLICT)


def _shape(error: ValidationError) -> tuple[int, dict[str, Any]]:
    """Name each field that was not understood, and say what it should be."""
    return _fields([_field(one) for one in error.errors])


def _question(error: QuestionError) -> tuple[int, dict[str, Any]]:
    """Name the fact that the rule pack could not use, in the reader's language."""
    words = LAW_WORDS.get(error.code)
    context = {"expected": ", ".join(error.allowed)}
    said = words % context if words else f"{NOT_UNDERSTOOD} {error.message}"
    return _fields([{"field": error.field, "message": said}])


def _fields(fields: list[dict[str, str]]) -> tuple[int, dict[str, Any]]:
    message = _("Some fields were not understood; see which and why.")
    words = {"code": "not_understood", "message": message, "fields": fields}
    return Status.UNPROCESSABLE_ENTITY, words


def _field(error: dict[str, Any]) -> dict[str, str]:
    # `loc` begins with where the field stands and the argument's name in our code.
    place = [str(part) for part in error["loc"]]
    inner = place[2:] if place[:1] in (["body"], ["form"]) and place[2:] else place[1:]
    words = WORDS.get(error["type"], NOT_UNDERSTOOD)
    context = error.get("ctx") or {}
    message = words % context
    if error["type"] == "value_error":
        message = str(context["error"])
    return {"field": ".".join(inner), "message": message}


def _absent(_error: Http404) -> tuple[int, dict[str, Any]]:
    message = _("There is no such record, or it is not yours to see.")
    return Status.NOT_FOUND, {"code": "not_found", "message": message}


def _stranger(_error: AuthenticationError) -> tuple[int, dict[str, Any]]:
    message = _("Send a key in the header Authorization: Bearer, or sign in.")
    return Status.UNAUTHORIZED, {"code": "key_missing", "message": message}


def _unreadable(error: HttpError) -> tuple[int, dict[str, Any]]:
    if error.status_code == Status.FORBIDDEN:
        message = _("With a session, send its CSRF token in the header X-CSRFToken.")
        return Status.FORBIDDEN, {"code": "token_missing", "message": message}
    message = _("The request could not be read; send JSON in UTF-8.")
    return error.status_code, {"code": "unreadable", "message": message}


def _too_big(_error: SuspiciousOperation) -> tuple[int, dict[str, Any]]:
    message = _("This is more than one request may carry; send it in parts.")
    return 413, {"code": "too_large", "message": message}
