"""Addresses of the portal's pages about evidence."""

from django.urls import path

from hufu.doors.portal import evidence

urlpatterns = [
    path(
        "evidence/<uuid:item_id>/download/", evidence.download, name="evidence-download"
    ),
]
