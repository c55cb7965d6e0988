"""The page that leads to all tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hufu.doors.portal.tools.page import TOOLS


@require_safe
def tools(request: HttpRequest) -> HttpResponse:
    """Say what can be asked here."""
    return render(request, "portal/tools/index.html", {"tools": TOOLS})
