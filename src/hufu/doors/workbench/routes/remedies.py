"""Addresses of the workbench's pages about decisions."""

from django.urls import path, re_path

from hufu.doors.workbench import remedies

ONE = r"^decisions/(?P<decision_id>[0-9a-f-]{36})/letter-(?P<language>en|zh)"
urlpatterns = [
    path("decisions/", remedies.index, name="decisions"),
    path("cases/<uuid:case_id>/decision/", remedies.draft, name="decision-draft"),
    path("decisions/<uuid:decision_id>/", remedies.decision, name="decision"),
    path("decisions/<uuid:decision_id>/edit/", remedies.edit, name="decision-edit"),
    path(
        "decisions/<uuid:decision_id>/acts/<slug:verb>/",
        remedies.act,
        name="decision-act",
    ),
    re_path(rf"{ONE}/$", remedies.letter, name="decision-letter"),
    re_path(rf"{ONE}\.pdf$", remedies.pdf, name="decision-pdf"),
]
