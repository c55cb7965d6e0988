"""Error pages: what went wrong in plain words, and where to go from here."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Status = HTTPStatus


def refuse(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Show an error page; `message` (a refusal's words) stands in its lead.

    The pages touch neither session nor database, so that they also work when those
    are what failed.
    """
    context = {"status": status, "message": message}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood."""
    del exception  # may repeat what was sent
    return refuse(request, Status.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this reader."""
    del exception
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
