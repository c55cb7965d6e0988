"""Addresses of the workbench's pages about remedies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
