"""What every template may know: demo or not, languages, the legal day."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest

from hufu.doors.identity import today


@dataclass(frozen=True, slots=True)
class Look:
    """The facts a layout shows on every page."""

    demo: bool
    languages: tuple[tuple[str, str], ...]
    today: date


# Each language is named in itself: a reader looks for their own.
LANGUAGES = (("en", "English"), ("zh-hans", "简体中文"))


def look(_request: HttpRequest | None) -> dict[str, Look]:
    """Give templates `look`. Asks no database."""
    return {"look": Look(demo=settings.HUFU_DEMO, languages=LANGUAGES, today=today())}
