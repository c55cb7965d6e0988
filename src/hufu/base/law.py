"""The rule pack in force here."""

from functools import cache

from django.conf import settings

from hufu import packs
from hufu.engines import law


@cache
def book() -> law.Book:
    """Return the rule pack in force here, read once."""
    return law.Book.read(packs.folder(settings.HUFU_PACK))
