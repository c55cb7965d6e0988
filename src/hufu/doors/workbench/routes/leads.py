"""Addresses of the workbench's pages about leads."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
