"""Pages by cursor: where the last one ended, never how many rows there are."""

import base64
import binascii
import json
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal

M = TypeVar("M", bound=Model)


def page_of(
    rows: QuerySet[M], order: tuple[str, ...], cursor: str, limit: int
) -> dict[str, Any]:
    """Read the page behind `cursor`, in the order of columns that are never null.

    The last column must be unique. New rows never shift a page that is being read.
    """
    ordered = rows.order_by(*order)
    if cursor:
        ordered = ordered.filter(_behind(order, _values(rows, order, cursor)))
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    last = [getattr(found[limit - 1], name.lstrip("-")) for name in order if more]
    return {"items": found[:limit], "next": write_cursor(last) if more else None}


def write_cursor(values: list[Any]) -> str:
    """Write the place of a row as one word."""
    told = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> list[str]:
    """Read a cursor of so many values; refuse one that was not given out here."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _unknown() from error
    if not isinstance(values, list) or len(values) != length:
        raise _unknown()
    if any(not isinstance(value, str | int) or "\0" in str(value) for value in values):
        raise _unknown()
    return [str(value) for value in values]


def read_place(cursor: str, most: int) -> int:
    """Read a cursor that is a place in a list already found."""
    if not cursor:
        return 0
    (place,) = read_cursor(cursor, 1)
    if not (place.isascii() and place.isdigit() and int(place) <= most):
        raise _unknown()
    return int(place)


def _values(rows: QuerySet[M], order: tuple[str, ...], cursor: str) -> list[Any]:
    fields = [rows.model._meta.get_field(name.lstrip("-")) for name in order]  # noqa: SLF001 - Django's own API
    written = read_cursor(cursor, len(order))
    try:
        return [
            field.to_python(value)  # type: ignore[union-attr]  # columns, no relations
            for field, value in zip(fields, written, strict=True)
        ]
    except (ValidationError, ValueError, OverflowError) as error:
        raise _unknown() from error


def _behind(order: tuple[str, ...], values: list[Any]) -> Q:
    """Select what follows a row: equal in the first columns, beyond in the next."""
    behind = Q()
    same: dict[str, Any] = {}
    for name, value in zip(order, values, strict=True):
        column = name.lstrip("-")
        beyond = f"{column}__{'lt' if name.startswith('-') else 'gt'}"
        behind |= Q(**same, **{beyond: value})
        same[column] = value
    return behind


def _unknown() -> Refusal:
    return Refusal(
        "cursor_unknown", _("This cursor is not one given out here; start anew.")
    )
