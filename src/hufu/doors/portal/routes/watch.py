"""Addresses of the portal's pages for platforms that send offers."""

from django.urls import path

from hufu.doors.portal import watch

urlpatterns = [path("my/feeds/", watch.feeds, name="feeds")]
