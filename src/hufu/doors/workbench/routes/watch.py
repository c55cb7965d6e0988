"""Addresses of the workbench's pages about watch."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
