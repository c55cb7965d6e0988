"""Addresses of the portal's pages about people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
