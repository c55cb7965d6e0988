"""Addresses of the portal's pages about oversight."""

from django.urls import path

from hufu.doors.portal import oversight

urlpatterns = [
    path("oversight/", oversight.index, name="oversight"),
    path("oversight/data.json", oversight.data, name="oversight-data"),
    path("oversight/figures/<slug:code>/", oversight.figure, name="figure"),
    path(
        "oversight/commitments/<str:commitment_id>/",
        oversight.commitment,
        name="commitment",
    ),
]
