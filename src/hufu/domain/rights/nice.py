"""What each class of the Nice classification holds, as a table that was read once."""

import csv
from functools import cache

from django.conf import settings

# Short wording of the house; the classes are those of the Nice Classification (WIPO).
_FILE = "data/reference/nice_classes.csv"


@cache
def contents() -> dict[int, tuple[str, str]]:
    """Give what each class holds, in English and in Chinese."""
    path = settings.BASE_DIR / _FILE
    with path.open(encoding="utf-8", newline="") as file:
        return {
            int(row["class"]): (row["en"], row["zh"]) for row in csv.DictReader(file)
        }


def class_label(number: int, *, chinese: bool) -> str:
    """Name a class by its number and what it holds; by its number if unknown."""
    held = contents().get(number)
    return f"{number} · {held[chinese]}" if held else str(number)
