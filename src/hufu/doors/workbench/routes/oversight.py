"""Addresses of the workbench's pages about oversight."""

from django.urls import path

from hufu.doors.workbench import oversight, retention

urlpatterns = [
    path("oversight/", oversight.index, name="oversight"),
    path("oversight/<slug:code>/<slug:part>/", oversight.figure, name="figure"),
    path("retention/", retention.index, name="retention"),
    path("returns/", oversight.returns, name="returns"),
    path("returns/<uuid:report_id>/file/", oversight.file_return, name="return-file"),
    path(
        "returns/<uuid:report_id>/<slug:code>/<slug:part>/",
        oversight.counted,
        name="return-counted",
    ),
]
