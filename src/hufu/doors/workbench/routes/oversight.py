"""Addresses of the workbench's pages about oversight."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
