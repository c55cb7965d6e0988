"""Addresses of the workbench's pages about publication."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
