"""Addresses of the portal's pages about evidence."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
