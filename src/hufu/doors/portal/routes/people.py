"""Addresses of the portal's own pages."""

from django.urls import path

from hufu.doors.portal import people

urlpatterns = [
    path("", people.home, name="home"),
    path("my/", people.account, name="account"),
    path("my/api-keys/", people.keys, name="keys"),
    path("my/api-keys/<uuid:key_id>/close/", people.close_key, name="key-close"),
]
