"""Addresses of the portal's pages about evidence."""

from django.urls import path

from hufu.doors.portal import evidence, prooflog

urlpatterns = [
    path("log/<path:name>", prooflog.file, name="log-file"),
    path(
        "evidence/<uuid:item_id>/download/", evidence.download, name="evidence-download"
    ),
]
