"""Error pages: what went wrong in plain words, and where to go from here."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

Status = HTTPStatus
# Programs get the same in JSON, as the API's own refusals come.
PROGRAMS = "/api/"
WORDS = {
    400: ("unreadable", _("The request could not be read.")),
    401: (
        "key_missing",
        _("Send a key in the header Authorization: Bearer, or sign in."),
    ),
    403: ("no_permission", _("This is not open to you.")),
    404: ("not_found", _("There is nothing here, or it is not yours to see.")),
    405: ("wrong_method", _("This address does not take such a request.")),
    413: ("too_large", _("This is more than one request may carry.")),
    429: ("busy", _("Too many requests. Wait a little.")),
    500: ("failed", _("Something failed here. Try again later.")),
}


def refuse(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Show an error page; `message` (a refusal's words) stands in its lead.

    The pages touch neither session nor database, so that they also work when those
    are what failed.
    """
    if request.path.startswith(PROGRAMS):
        code, words = WORDS.get(status, WORDS[500])
        told = {"code": code, "message": message or str(words), "basis": ""}
        return JsonResponse(told, status=status)
    context = {"status": status, "message": message}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood."""
    del exception  # may repeat what was sent
    return refuse(request, Status.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this reader; to a program that gave no key, 401."""
    del exception
    reader = getattr(request, "user", None)
    if request.path.startswith(PROGRAMS) and not (reader and reader.is_authenticated):
        answer = refuse(request, Status.UNAUTHORIZED)
        answer["WWW-Authenticate"] = 'Bearer realm="hufu"'
        return answer
    return refuse(request, Status.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or not visible to this reader."""
    del exception
    return refuse(request, Status.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return refuse(request, Status.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was sent without its token."""
    del reason
    return render(request, "403_csrf.html", status=Status.FORBIDDEN)


def locked_out(request: HttpRequest, *_args: object, **_kw: object) -> HttpResponse:
    """429: too many failed sign-ins (django-axes calls this)."""
    return refuse(request, Status.TOO_MANY_REQUESTS)
