"""Addresses of the workbench's pages about publication."""

from django.urls import path

from hufu.doors.workbench import publication

urlpatterns = [
    path("publications/", publication.index, name="publications"),
    path(
        "decisions/<uuid:decision_id>/notice/",
        publication.draft,
        name="notice-draft",
    ),
    path("publications/<uuid:notice_id>/", publication.notice, name="notice"),
    path(
        "publications/<uuid:notice_id>/acts/<slug:verb>/",
        publication.act,
        name="notice-act",
    ),
]
