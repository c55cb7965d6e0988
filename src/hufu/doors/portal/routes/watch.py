"""Addresses of the portal's pages about watch."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
