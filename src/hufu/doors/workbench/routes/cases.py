"""Addresses of the workbench's pages about cases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
