"""Addresses of the portal's pages about oversight."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
