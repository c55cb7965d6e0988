"""Addresses of the portal's pages about leads."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
