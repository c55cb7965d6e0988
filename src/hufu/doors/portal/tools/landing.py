"""The page that leads to all tools."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hufu.doors.portal.tools.page import TOOLS


def tools(request: HttpRequest) -> HttpResponse:
    """Say what can be asked here."""
    return render(request, "portal/tools/index.html", {"tools": TOOLS})
