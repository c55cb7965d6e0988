"""Hufu: evidence and cases of intellectual property, checkable by strangers."""

VERSION = "0.1.0"
