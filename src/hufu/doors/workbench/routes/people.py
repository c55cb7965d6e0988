"""Addresses of the workbench's pages about people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
