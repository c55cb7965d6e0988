"""Addresses of the portal's pages about remedies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
