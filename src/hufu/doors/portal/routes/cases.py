"""Addresses of the portal's pages about cases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
