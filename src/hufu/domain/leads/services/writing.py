"""How a new lead is written down, whatever its origin, and what every act checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record
from hufu.domain.leads import periods
from hufu.domain.leads.addresses import url_key
from hufu.domain.leads.facts import LeadFacts
from hufu.domain.leads.lanes import Signs, choose_lane
from hufu.domain.leads.models import Lead
from hufu.domain.people.models import Agency, Party
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.models import Right

SEARCH_LENGTH = 600


@dataclass(frozen=True)
class Arrival:
    """What differs between the origins."""

    origin: Lead.Origin
    agency: Agency
    anonymous: bool = False
    complainant: Party | None = None
    reporter_name: str = ""
    reporter_contact: str = ""
    receipt_hash: str | None = None
    referred_from: Lead | None = None
    score: float | None = None
    reasons: Sequence[object] = ()


def write_lead(
    facts: LeadFacts, arrival: Arrival, *, actor: Actor, at: datetime
) -> Lead:
    """Write a lead with its lane, and let its period of verification run."""
    check_facts(facts)
    on = timezone.localdate(at)
    kind = facts.right.kind if facts.right else facts.right_kind
    choice = choose_lane(_signs(facts, kind), on)
    lead = Lead(
        state=Lead.State.NEW,
        lane=choice.lane,
        lane_reasons=list(choice.reasons),
        right_kind=kind,
        url_key=url_key(facts.url),
        received_at=at,
        **_stated(facts),
        **_arrived(arrival),
    )
    lead.search_text = search_text(lead, facts.right)
    open_record(lead, "receive", actor=actor, at=at, facts=_entry(lead, facts))
    periods.start(lead, periods.verification_rule(lead), on)
    return lead


def check_facts(facts: LeadFacts) -> None:
    """Refuse a lead that says nothing."""
    if not facts.title.strip():
        raise Refusal("title_missing", _("Say in a few words what it is about."))
    if not facts.act:
        raise Refusal("act_missing", _("Choose what happened."))


def check_holds(actor: Actor, permission: Permission) -> None:
    """Refuse an act that is not the actor's."""
    if not actor.holds(permission):
        raise Refusal("no_permission", _("Your role does not include this act."))


def check_officer(actor: Actor, lead: Lead, permission: Permission) -> None:
    """Refuse whoever is not an officer of the lead's agency with this permission."""
    check_holds(actor, permission)
    if not lead.open_to(actor):
        raise Refusal("other_agency", _("This record belongs to another agency."))


def search_text(lead: Lead, right: Right | None) -> str:
    """Join what the inbox finds a lead by."""
    words = (
        lead.reference,
        lead.title,
        right.name if right else "",
        lead.respondent_name,
        lead.respondent_uscc,
        lead.seller,
        lead.goods,
        lead.place,
    )
    return " ".join(w for w in words if w).casefold()[:SEARCH_LENGTH]


def _signs(facts: LeadFacts, kind: str) -> Signs:
    return Signs(
        act=facts.act,
        right_kind=kind,
        respondent_known=bool(facts.respondent_name or facts.seller or facts.url),
        value=facts.value,
        quantity=facts.quantity,
        well_known=bool(facts.right and facts.right.well_known),
    )


def _stated(facts: LeadFacts) -> dict[str, object]:
    names = (
        "act",
        "region",
        "details",
        "right",
        "respondent_name",
        "respondent_uscc",
        "place",
        "url",
        "seller",
        "goods",
        "quantity",
        "value",
        "currency",
        "occurred_on",
        "defence_known",
        "referred_by",
        "demo",
    )
    stated = {name: getattr(facts, name) for name in names}
    title = " ".join(facts.title.split())
    return {**stated, "title": title, "declarations": list(facts.declarations)}


def _arrived(arrival: Arrival) -> dict[str, object]:
    names = [n for n in arrival.__dataclass_fields__ if n != "reasons"]
    known = {name: getattr(arrival, name) for name in names}
    return {**known, "reasons": list(arrival.reasons)}


def _entry(lead: Lead, facts: LeadFacts) -> dict[str, object]:
    return {
        "origin": lead.origin,
        "act": lead.act,
        "right_kind": lead.right_kind,
        "right": str(facts.right.pk) if facts.right else "",
        "region": lead.region,
        "lane": lead.lane,
        "anonymous": lead.anonymous,
        "details_sha256": digest_of(lead.details),
    }
