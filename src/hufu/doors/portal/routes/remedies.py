"""Addresses of the portal's pages about remedies."""

from django.urls import path, re_path

from hufu.doors.portal import remedies

urlpatterns = [
    path("decisions/<uuid:decision_id>/", remedies.decision, name="decision"),
    re_path(
        r"^decisions/(?P<decision_id>[0-9a-f-]{36})/letter-(?P<language>en|zh)\.pdf$",
        remedies.letter,
        name="decision-letter",
    ),
]
