"""Sightings: platforms send offers in batches; officers read one with its matches."""

import hashlib
import io
import json
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from hufu.base.errors import Refusal
from hufu.base.imports import REJECTIONS, UNREADABLE
from hufu.domain.watch import queries, services
from hufu.domain.watch.models import Feed, Match, RejectedOffer, Sighting, Source
from hufu.doors.api.records import find
from hufu.doors.api.shapes import Line, refusals
from hufu.doors.identity import actor_of, now
from hufu.engines.detection.reasons import REASONS

router = Router(tags=["sightings"])

MOST = 1000
MIB = 1024 * 1024
LIMIT = 8 * MIB
Code = Annotated[Line, Query(..., description="code of the sender's source")]
WORDS = (
    "offer_id",
    "platform",
    "title",
    "description",
    "brand",
    "seller_id",
    "shop_name",
    "url",
    "class_hint",
    "currency",
)
OFFER = {
    "type": "object",
    "required": ["offer_id", "platform", "title"],
    "properties": {
        **{name: {"type": "string"} for name in WORDS},
        "price": {"type": ["string", "number", "null"]},
        "quantity": {"type": ["string", "number", "null"]},
        "seen_at": {"type": ["string", "null"], "format": "date-time"},
    },
}
BATCH = {
    "requestBody": {
        "required": True,
        "description": "At most 1,000 offers and 8 MiB: a list, or one object a line.",
        "content": {
            "application/json": {
                "schema": {"type": "array", "maxItems": MOST, "items": OFFER}
            },
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


class RejectedOut(Schema):
    """A row that did not go in: where, which field, why."""

    line: int
    field: str
    code: str = Field(alias="reason_code")
    message: str

    @staticmethod
    def resolve_message(row: RejectedOffer) -> str:
        """Say why, in the reader's language."""
        return str(_(REJECTIONS[row.reason_code]) % row.params)


class FeedOut(Schema):
    """What became of a batch. The same batch again gets the same answer."""

    id: UUID
    received_at: datetime
    rows: int = Field(alias="rows_read")
    added: int
    unchanged: int
    rejected: list[RejectedOut]

    @staticmethod
    def resolve_rejected(feed: Feed) -> list[RejectedOffer]:
        """List the rows that did not go in."""
        return list(feed.rows.all())


class ReasonOut(Schema):
    """One reason for or against, and what it weighs."""

    code: str
    words: str
    weight: float = Field(description="points; below zero it speaks against")
    where: str
    excerpt: str


class MatchOut(Schema):
    """A monitored right found in the offer."""

    right: UUID = Field(alias="right_id")
    right_name: str
    score: float
    excused: bool
    matcher: str
    lead: UUID | None = Field(alias="lead_id")
    reasons: list[ReasonOut]

    @staticmethod
    def resolve_right_name(match: Match) -> str:
        """Name the right."""
        return match.right.name

    @staticmethod
    def resolve_reasons(match: Match) -> list[dict[str, Any]]:
        """Say every reason in the reader's language."""
        return [_reason(reason) for reason in match.reasons]


class SightingOut(Schema):
    """One offer as a source showed it, with what was found in it."""

    id: UUID
    reference: str
    source: str
    platform: str
    offer_id: str
    title: str
    description: str
    brand: str
    seller: str
    shop_name: str
    url: str
    class_hint: str
    classes: list[int]
    price: Decimal | None
    currency: str
    quantity: Decimal | None
    seen_at: datetime
    received_at: datetime
    matches: list[MatchOut]

    @staticmethod
    def resolve_source(sighting: Sighting) -> str:
        """Name the source by its code."""
        return sighting.source.code

    @staticmethod
    def resolve_matches(sighting: Sighting) -> list[Match]:
        """List the matches, best first."""
        return list(sighting.matches.select_related("right"))


@router.post(
    "",
    url_name="sightings",
    response={200: FeedOut, **refusals(404, 409, 413)},
    openapi_extra=BATCH,
)
def send_sightings(
    request: HttpRequest,
    source: Code,
) -> Feed:
    """Send offers of one's own source. An offer known already is not taken twice."""
    rows, actor, at = _rows(request), actor_of(request), now()
    own = _own(request, source)
    feed = services.request_feed(actor=actor, at=at, source=own, facts=_facts(rows))
    taken = services.take_feed(
        actor=actor, at=at, feed=feed, open_file=lambda: io.BytesIO(rows)
    )
    return _readable(taken)


@router.get(
    "/{uuid:sighting_id}",
    url_name="sighting",
    response=SightingOut,
)
def read_sighting(request: HttpRequest, sighting_id: UUID) -> Sighting:
    """Read one offer with its matches and their reasons."""
    return find(queries.visible_sightings(actor_of(request)), sighting_id)


def _own(request: HttpRequest, code: str) -> Source:
    source = queries.own_sources(actor_of(request)).filter(code=code).first()
    if source is None:
        raise Refusal("not_found", _("You send for no source of this name."))
    return source


def _rows(request: HttpRequest) -> bytes:
    """Read the batch as JSON Lines, whichever of the two forms it came in."""
    content = request.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise Refusal("too_large", _("A batch has at most 8 MiB; send several."))
    if content.lstrip()[:1] == b"[":
        content = _lines(content)
    if content.count(b"\n", 0, len(content.rstrip())) >= MOST:
        raise Refusal("too_large", _("A batch has at most 1,000 offers; send several."))
    return content


def _lines(content: bytes) -> bytes:
    try:
        offers = json.loads(content)
    except (ValueError, RecursionError) as error:
        words = _("The list is not valid JSON.")
        raise Refusal("json_invalid", words) from error
    return "\n".join(json.dumps(offer, sort_keys=True) for offer in offers).encode()


def _facts(rows: bytes) -> services.FeedFacts:
    digest = hashlib.sha256(rows).hexdigest()
    return services.FeedFacts("api", Feed.Format.JSONL, digest, len(rows))


def _readable(feed: Feed) -> Feed:
    """Refuse a batch that could not be trusted as a whole."""
    if feed.refused:
        words = _(UNREADABLE[feed.refusal["code"]]) % feed.refusal["params"]
        raise Refusal("batch_invalid", words)
    return feed


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    return {**reason, "words": _(REASONS[reason["code"]]) % reason["params"]}
