"""Addresses of the workbench's pages about rights."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
