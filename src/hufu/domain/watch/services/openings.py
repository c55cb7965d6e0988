"""Turning the best matches of a sweep into leads, within what people can read."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hufu.base.access import Actor
from hufu.domain.leads.models import Act, Lead
from hufu.domain.leads.services import LeadFacts, detect_lead
from hufu.domain.rights.models import Right
from hufu.domain.watch import queries
from hufu.domain.watch.models import Match, Sighting, Sweep

BATCH = 50
_ACTS = {
    Right.Kind.GEOGRAPHICAL_INDICATION: Act.GI_MISUSE,
    Right.Kind.COPYRIGHT: Act.PIRACY,
}


def open_leads(
    sweep: Sweep, rights: AbstractSet[UUID], *, actor: Actor, at: datetime
) -> None:
    """Open leads for the best matches until the budget of the source is spent.

    A match becomes a lead in the transaction that opens it, so a sweep that was
    killed neither opens a lead twice nor forgets one.
    """
    left = budget(sweep) - sweep.leads_opened
    chosen: dict[UUID, UUID] = {}
    taken: set[tuple[str, str]] = set()
    for match in queries.openable(sweep).iterator():
        if len(chosen) >= left:
            break
        offer = (match.sighting.platform, match.sighting.offer_id)
        if match.right_id in rights and offer not in taken:
            taken.add(offer)
            chosen[match.pk] = match.sighting_id
    keys = list(chosen)
    for start in range(0, len(keys), BATCH):
        _open_batch(sweep, keys[start : start + BATCH], actor=actor, at=at)


def budget(sweep: Sweep) -> int:
    """Say how many leads the sweep may open: of few offers at least one."""
    return max(1, sweep.compared * sweep.source.budget // 1000)


@transaction.atomic
def _open_batch(sweep: Sweep, keys: list[UUID], *, actor: Actor, at: datetime) -> None:
    waiting = Match.objects.filter(pk__in=keys, lead=None).select_for_update(
        of=("self",)
    )
    matches = list(waiting.select_related("sighting", "right").order_by("-score", "pk"))
    for match in matches:
        match.lead = _open_lead(sweep, match, actor=actor, at=at)
        match.save(update_fields=["lead"])
    Sweep.objects.filter(pk=sweep.pk).update(
        leads_opened=F("leads_opened") + len(matches)
    )
    sweep.refresh_from_db()


def _open_lead(sweep: Sweep, match: Match, *, actor: Actor, at: datetime) -> Lead:
    return detect_lead(
        actor=actor,
        at=at,
        facts=_facts(sweep, match.sighting, match.right),
        right=match.right,
        score=match.score,
        reasons=match.reasons,
        agency=sweep.source.agency,
    )


def _facts(sweep: Sweep, sighting: Sighting, right: Right) -> LeadFacts:
    """Say of an offer what a lead wants to know."""
    known = sighting.price is not None and bool(sighting.currency)
    quantity = sighting.quantity or Decimal(1)
    return LeadFacts(
        title=sighting.title[:200],
        act=_ACTS.get(Right.Kind(right.kind), Act.SALE),
        region=sweep.source.region or sweep.source.agency.region,
        details=sighting.description,
        url=sighting.url,
        seller=(sighting.shop_name or sighting.seller)[:200],
        goods=sighting.class_hint[:300],
        quantity=int(quantity) if sighting.quantity else None,
        value=round((sighting.price or 0) * quantity, 2) if known else None,
        currency=sighting.currency if known else "CNY",
        occurred_on=timezone.localdate(sighting.seen_at),
        demo=sweep.source.demo,
    )
