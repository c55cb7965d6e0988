"""The headings of the Nice classification, as a table that was read once."""

import csv
from functools import cache

from django.conf import settings

# Edition 10-2015, of the World Intellectual Property Organization.
_FILE = "data/reference/nice_headings.csv"


@cache
def headings() -> dict[int, str]:
    """Give the heading of each class, in English as published."""
    path = settings.BASE_DIR / _FILE
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["class"]): row["heading"] for row in csv.DictReader(file)}
