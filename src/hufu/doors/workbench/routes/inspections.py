"""Addresses of the workbench's pages about inspections."""

from django.urls import path

from hufu.doors.workbench import inspections

urlpatterns = [
    path("draws/", inspections.draws, name="draws"),
    path("draws/plan/", inspections.plan, name="draw-plan"),
    path("draws/<uuid:draw_id>/", inspections.draw, name="draw"),
    path("draws/<uuid:draw_id>/settle/", inspections.settle, name="draw-settle"),
    path("draws/<uuid:draw_id>/publish/", inspections.publish, name="draw-publish"),
    path("draws/<uuid:draw_id>/<slug:file>.json", inspections.file, name="draw-file"),
]
