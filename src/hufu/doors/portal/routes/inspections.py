"""Addresses of the portal's pages about inspections."""

from django.urls import path

from hufu.doors.portal import inspections

urlpatterns = [
    path("draws/", inspections.draws, name="draws"),
    path("draws/<uuid:draw_id>/", inspections.draw, name="draw"),
    path("draws/<uuid:draw_id>/<slug:file>.json", inspections.file, name="draw-file"),
]
