"""A refusal that no page caught becomes a page with its words and its basis."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hufu.base.errors import Refusal
from hufu.doors.look.errors import Status, refuse

# What one may not know of does not exist.
STATUSES = {
    "no_permission": Status.FORBIDDEN,
    "not_found": Status.NOT_FOUND,
    "other_agency": Status.NOT_FOUND,
}


class RefusalMiddleware:
    """Answer a Refusal with 403, 404, or 409 and the reason; say a 405 in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; views and the API's framework leave a 405 without our words."""
        answer = self.get_response(request)
        if answer.status_code != Status.METHOD_NOT_ALLOWED:
            return answer
        told = refuse(request, Status.METHOD_NOT_ALLOWED)
        told["Allow"] = answer["Allow"]
        return told

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turn a Refusal into words; leave anything else to Django."""
        if not isinstance(exception, Refusal):
            return None
        message = exception.message
        if exception.basis:
            message = f"{message} ({exception.basis})"
        status = STATUSES.get(exception.code, Status.CONFLICT)
        return refuse(request, status, message)
