"""Matching: one offer compared with the names on the public register."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from hufu.base.errors import Refusal
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.queries import monitored_rights
from hufu.doors.api.shapes import Body, Line, refusals
from hufu.doors.api.sightings import ReasonOut
from hufu.doors.identity import actor_of, today
from hufu.doors.storage.registerindex import Near, near, register_index
from hufu.engines.detection import REASONS, Offer

router = Router(tags=["matching"])

MOST = 50
Nice = Annotated[int, Field(ge=1, le=45)]


class OfferIn(Schema, extra="forbid"):
    """What somebody offers, in the seller's words; or a domain name by itself."""

    title: Body = ""
    description: Body = ""
    brand: Line = Field("", description="the maker that the seller names")
    shop_name: Line = ""
    seller_id: Line = ""
    domain: Line = ""
    classes: list[Nice] = Field([], max_length=45, description="Nice, where known")
    quantity: int | None = Field(None, ge=0)
    least: float = Field(0.5, ge=0, le=1, description="least score that is told")

    def offer(self) -> Offer:
        """Give the offer as the matcher reads it."""
        return Offer(
            id="",
            title=self.title,
            seller=self.seller_id,
            classes=frozenset(self.classes),
            description=self.description,
            shop_name=self.shop_name,
            brand=self.brand,
            quantity=self.quantity,
            domain=self.domain,
        )


class FoundOut(Schema):
    """A name on the public register that the offer uses, with every reason."""

    right: UUID
    name: str
    number: str
    status: str
    score: float
    excused: bool = Field(description="the holder sells it; no use without leave")
    monitored: bool | None = Field(description="null where the caller may not know")
    reasons: list[ReasonOut]


class AnswerOut(Schema):
    """What was found, best first, and with how many names the offer was compared."""

    matcher: str
    compared: int
    matches: list[FoundOut]


@router.post("", url_name="match", response={200: AnswerOut, **refusals(409)})
def match_offer(request: HttpRequest, asked: OfferIn) -> AnswerOut:
    """Compare one offer with the public register. Nothing of it is kept.

    Whether a right is monitored is told to officers who run sweeps, to nobody else.
    """
    index = register_index()
    if index is None:
        words = _("The register is being made ready for searching; ask again later.")
        raise Refusal("no_index", words)
    found = index.sweep([asked.offer()], asked.least)[0][:MOST]
    rows = near(found, today())
    watched = _watched(request, rows)
    return AnswerOut(
        matcher=index.weights.matcher,
        compared=len(index),
        matches=[_told(row, watched) for row in rows],
    )


def _watched(request: HttpRequest, rows: list[Near]) -> set[UUID] | None:
    """Give which of the rights are monitored, or None to who may not know."""
    if not actor_of(request).holds(Permission.WATCH_SWEEP):
        return None
    keys = [row.right.pk for row in rows]
    return set(
        monitored_rights(today()).filter(pk__in=keys).values_list("pk", flat=True)
    )


def _told(row: Near, watched: set[UUID] | None) -> FoundOut:
    right, match = row.right, row.match
    return FoundOut(
        right=right.pk,
        name=right.name,
        number=right.number,
        status=right.status,
        score=match.score,
        excused=match.excused,
        monitored=None if watched is None else right.pk in watched,
        reasons=[
            ReasonOut(
                code=reason.code,
                words=str(_(REASONS[reason.code]) % reason.params),
                weight=reason.weight,
                where=reason.where,
                excerpt=reason.excerpt,
            )
            for reason in match.reasons
        ],
    )
