"""Addresses of the portal's pages about rights."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
