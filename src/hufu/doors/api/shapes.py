"""Shapes that several endpoints share: plain text, pages, clocks with their why."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import AfterValidator, Field

from hufu.base.clocks import explain_clock
from hufu.base.models import Clock

T = TypeVar("T")
CONTROLS = frozenset(range(32)) - {9, 10, 13} | {127}


def _plain(text: str) -> str:
    """Refuse control characters, which no database and no reader can use."""
    if any(ord(character) in CONTROLS for character in text):
        raise ValueError(_("The text holds a control character."))
    return text


Line = Annotated[str, Field(max_length=300), AfterValidator(_plain)]
Body = Annotated[str, Field(max_length=20_000), AfterValidator(_plain)]
Region = Annotated[str, Field(pattern="^[0-9]{6}$", examples=["440300"])]
Cursor = Annotated[
    str,
    Query("", max_length=500, description="`next` of the page before; blank: first"),
    AfterValidator(_plain),
]
Limit = Annotated[int, Query(50, ge=1, le=200, description="rows of a page")]


class Page(Schema, Generic[T]):
    """Some rows of a list. `next` is the cursor of the page after, null at the end."""

    items: list[T]
    next: str | None


class RefusalOut(Schema):
    """Why the answer is no: a code for programs, words for people, the law if any."""

    code: str
    message: str
    basis: str


class FieldOut(Schema):
    """One field that was not understood."""

    field: str
    message: str


class ShapeRefusalOut(RefusalOut):
    """A request whose fields were not understood."""

    fields: list[FieldOut] = []


class Bilingual(Schema):
    """Words of the law in both languages."""

    en: str
    zh: str


class ClockOut(Schema):
    """A legal period: when it ends, and why on this day."""

    rule: str
    title: Bilingual
    started_on: date
    due_on: date
    met_on: date | None
    dropped_on: date | None
    why: list[Bilingual] = Field(description="the count of the days, in sentences")

    @staticmethod
    def resolve_why(clock: Clock) -> list[dict[str, Any]]:
        """Explain the date."""
        return [sentence.as_json() for sentence in explain_clock(clock).sentences]


class MessageOut(Schema):
    """What one side wrote to the other."""

    at: datetime
    from_officer: bool
    body: str


def labels(choices: Any, value: str) -> str:
    """Say the value of a list of choices in the reader's language."""
    return str(choices(value).label) if value else ""


def refusals(*statuses: int) -> dict[int, Any]:
    """Declare the refusals that come of what an operation does, not of its form."""
    return dict.fromkeys(statuses, RefusalOut)
