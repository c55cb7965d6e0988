"""Addresses of the respondent's door."""

from django.urls import path

from hufu.doors.portal import cases

urlpatterns = [
    path("respond/", cases.door, name="case-door"),
    path("respond/leave/", cases.leave, name="case-leave"),
    path("respond/<uuid:party_id>/", cases.file, name="case-file"),
    path("respond/<uuid:party_id>/send/", cases.send, name="case-send"),
    path("respond/<uuid:party_id>/recusal/", cases.recusal, name="case-recusal"),
    path(
        "respond/<uuid:party_id>/exhibits/<uuid:exhibit_id>/",
        cases.exhibit,
        name="case-exhibit",
    ),
    path("respond/<uuid:party_id>/why/<uuid:clock_id>/", cases.why, name="case-why"),
]
