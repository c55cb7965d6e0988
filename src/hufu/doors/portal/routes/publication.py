"""Addresses of the portal's pages about publication."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
