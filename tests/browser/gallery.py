"""Every page that is opened, checked and photographed, by name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

WIDTHS = (1440, 390)
LANGUAGES = ("en", "zh-hans")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, and who looks at it: nobody in particular, or a user name."""

    name: str
    path: Callable[[], str]
    visitor: str = ""


PICTURES: list[Picture] = []


def hang(name: str, path: Callable[[], str], visitor: str = "") -> None:
    """Register a page; `path` is asked when records exist."""
    PICTURES.append(Picture(name, path, visitor))


for public in ("portal:home", "account_login", "account_signup"):
    hang(public.replace(":", "-"), lambda name=public: reverse(name))
hang("account-reset", lambda: reverse("account_reset_password"))
