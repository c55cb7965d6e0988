"""Addresses of the workbench's pages about evidence."""

from django.urls import path

from hufu.doors.workbench import captures, evidence

urlpatterns = [
    path("captures/", captures.captures, name="captures"),
    path("captures/<uuid:capture_id>/", captures.capture, name="capture"),
    path(
        "captures/<uuid:capture_id>/picture/", captures.picture, name="capture-picture"
    ),
    path("captures/<uuid:capture_id>/replay/", captures.replay, name="capture-replay"),
    path(
        "captures/<uuid:capture_id>/replay/page/",
        captures.replayed,
        name="capture-replayed",
    ),
    path("evidence/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:item_id>/", evidence.item, name="evidence-item"),
    path(
        "evidence/<uuid:item_id>/download/", evidence.download, name="evidence-download"
    ),
    path("evidence/<uuid:item_id>/unseal/", evidence.unseal, name="evidence-unseal"),
    path(
        "evidence/<uuid:item_id>/hand-over/",
        evidence.hand_over,
        name="evidence-hand-over",
    ),
    path(
        "evidence/hand-overs/<uuid:handover_id>/", evidence.sign, name="evidence-sign"
    ),
]
