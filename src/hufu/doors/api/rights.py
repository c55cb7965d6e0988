"""Rights: search, one, its status on a day, and those watched for their holder."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from hufu.domain.rights import queries
from hufu.domain.rights.models import Right, RightEvent, Status
from hufu.doors.api.cursors import page_of, read_place, write_cursor
from hufu.doors.api.records import find, reader_of
from hufu.doors.api.shapes import Cursor, Limit, Line, Page, labels
from hufu.doors.identity import actor_of, today

router = Router(tags=["rights"])


class RightSearch(Schema):
    """What is looked for. Blank fields ask nothing."""

    text: Line = Field("", description="name; two Chinese characters suffice")
    number: Line = ""
    holder: Line = ""
    kind: Right.Kind | None = None
    nice: int | None = Field(None, ge=1, le=45, description="class of Nice")
    status: Status | None = Field(None, description="on the day `on`")
    on: date | None = Field(None, description="the day; today if left out")

    def asked(self) -> queries.Search:
        """Return the search as the register takes it."""
        return queries.Search(
            day=self.on or today(),
            text=self.text,
            number=self.number,
            holder=self.holder,
            kind=self.kind or "",
            nice=self.nice,
            status=self.status or "",
        )


class RightRow(Schema):
    """A right in a list."""

    id: UUID
    reference: str
    kind: str
    subtype: str
    name: str
    number: str
    office: str
    register_code: str
    holder_name: str
    holder_country: str
    classes: list[int]
    filed_on: date | None
    registered_on: date | None
    expires_on: date | None = Field(description="as the register states it")
    ends_on: date | None = Field(
        description="last day, renewals counted; null: none, or none that is known"
    )
    is_registration: bool = Field(description="false: a name in use, no registration")
    demo: bool
    status: str

    @staticmethod
    def resolve_register_code(right: Right) -> str:
        """Name the register it stands in."""
        return right.register_id

    @staticmethod
    def resolve_classes(right: Right) -> list[int]:
        """Name its classes of Nice."""
        return [one.number for one in right.classes.all()]


class EventOut(Schema):
    """What happened to a right on a day."""

    on: date
    kind: str
    words: str
    text: str

    @staticmethod
    def resolve_words(event: RightEvent) -> str:
        """Say the kind in the reader's language."""
        return labels(RightEvent.Kind, event.kind)


class RightOut(RightRow):
    """One right with what happened to it."""

    well_known: bool
    goods: str
    territory: str
    agent_name: str
    events: list[EventOut]

    @staticmethod
    def resolve_events(right: Right) -> list[RightEvent]:
        """List what happened to it, oldest first."""
        return list(right.events.all())


class StatusOut(Schema):
    """What can be said of a right on a day."""

    right: UUID
    on: date
    status: Status
    words: str


@router.get(
    "",
    url_name="rights",
    auth=None,
    response=Page[RightRow],
)
def search_rights(
    request: HttpRequest, asked: Query[RightSearch], cursor: Cursor, limit: Limit
) -> dict[str, Any]:
    """Search the register, nearest names first."""
    del request  # everybody finds the same
    start, search = read_place(cursor, queries.MOST), asked.asked()
    found = queries.search_rights(search)
    stop = start + limit
    following = write_cursor([stop]) if len(found.keys) > stop else None
    return {"items": found.rights(start, stop, day=search.day), "next": following}


@router.get(
    "/monitored",
    url_name="rights-monitored",
    response=Page[RightRow],
)
def monitored_rights(
    request: HttpRequest, cursor: Cursor, limit: Limit
) -> dict[str, Any]:
    """List the holder's rights that are watched today."""
    mine = queries.rights_of(actor_of(request), day=today()).values("pk")
    watched = queries.monitored_rights(today()).filter(pk__in=mine)
    rights = watched.select_related("register").prefetch_related("classes")
    return page_of(rights, ("name", "id"), cursor, limit)


@router.get(
    "/{uuid:right_id}",
    url_name="right",
    auth=None,
    response=RightOut,
)
def read_right(request: HttpRequest, right_id: UUID, on: date | None = None) -> Right:
    """Read one right, with its status on a day."""
    seen = queries.visible_rights(reader_of(request))
    return find(queries.with_status(seen, on or today()), right_id)


@router.get(
    "/{uuid:right_id}/status",
    url_name="right-status",
    auth=None,
    response=StatusOut,
)
def read_status(
    request: HttpRequest, right_id: UUID, on: date | None = None
) -> StatusOut:
    """Say the status of a right on a day: today, if none is named."""
    right = find(queries.visible_rights(reader_of(request)), right_id)
    status = queries.status_on(right, on or today())
    return StatusOut(
        right=right.pk, on=on or today(), status=status, words=str(status.label)
    )
