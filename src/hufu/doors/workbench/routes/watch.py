"""Addresses of the workbench's pages about what machines see."""

from django.urls import path

from hufu.doors.workbench import watch

urlpatterns = [
    path("watch/", watch.watch, name="watch"),
    path("watch/sources/<slug:code>/", watch.source, name="source"),
    path("watch/feeds/<uuid:feed_id>/", watch.feed, name="feed"),
    path("watch/feeds/<uuid:feed_id>/report/", watch.feed_report, name="feed-report"),
    path("watch/sweeps/<uuid:sweep_id>/", watch.sweep, name="sweep"),
    path("watch/sightings/", watch.sightings, name="sightings"),
    path("watch/sightings/<uuid:sighting_id>/", watch.sighting, name="sighting"),
]
