"""Addresses of the workbench's pages about evidence."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
