"""Which records' terms are over: only the uppermost room sees all that hold them."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hufu.base.access import Actor
from hufu.domain.cases.models import CaseParty
from hufu.domain.evidence.models import Item
from hufu.domain.leads import queries as lead_queries
from hufu.domain.leads.models import Lead
from hufu.domain.oversight.subjects import SubjectId
from hufu.domain.people.models import Erasure, Party
from hufu.domain.people.permissions import Permission
from hufu.domain.people.queries import retention_terms

UUID_FIGURES, SHORTEST = 32, 8
LEAD = "leads.lead"
S = Lead.State


def leads_over(actor: Actor, on: date) -> QuerySet[Lead]:
    """Return the leads of the actor's agencies whose personal data is to be erased.

    A lead that a case holds goes by the case's term; one merged into another by the
    other's end.
    """
    if not actor.holds(Permission.RETENTION_RUN):
        return Lead.objects.none()
    known = retention_terms(on)
    lead_on, case_on = known["lead"].over_for(on), known["case"].over_for(on)
    alone = Q(state__in=[S.CLOSED, S.REFERRED], decided_on__lte=lead_on)
    merged = Q(
        state=S.MERGED,
        merged_into__state__in=[S.CLOSED, S.REFERRED],
        merged_into__decided_on__lte=lead_on,
    )
    held = Q(state=S.IN_CASE, case_link__case__closed_on__lte=case_on)
    found = Lead.objects.filter(agency__in=actor.agencies).filter(alone | merged | held)
    return _unerased(found).order_by("received_at")


def _unerased(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    done = Erasure.objects.filter(subject_kind=LEAD).values("subject_id")
    return leads.annotate(subject=SubjectId("pk")).exclude(subject__in=done)


def sender_items(lead: Lead) -> QuerySet[Item]:
    """Return the files that came with a lead and that no case uses."""
    return Item.objects.filter(
        attachment__lead=lead,
        attachment__from_officer=False,
        state=Item.State.HELD,
        agency=lead.agency_id,
        exhibits=None,
    ).distinct()


def parties_over(actor: Actor, on: date) -> QuerySet[Party]:
    """Return natural persons all of whose cases were closed longer ago than the term.

    A company's name and code are no personal data; an account that is open still
    needs its person.
    """
    if not actor.holds(Permission.RETENTION_RUN):
        return Party.objects.none()
    roles = CaseParty.objects.filter(party=OuterRef("pk"))
    day = retention_terms(on)["case"].over_for(on)
    over = Q(case__closed_on__lte=day)
    return (
        Party.objects.filter(
            kind__in=[Party.Kind.PERSON, Party.Kind.SOLE_TRADER], erased_at=None
        )
        .filter(Exists(roles.filter(over)), ~Exists(roles.exclude(over)))
        .exclude(accounts__is_active=True)
    )


def party_to_erase(actor: Actor, number: str, name: str) -> Party | None:
    """Return the party of a case who may ask to be erased: no file still needs it.

    All its cases are the actor's agencies' and have ended; nobody signs in for it.
    """
    if not actor.holds(Permission.RETENTION_RUN):
        return None
    roles = CaseParty.objects.filter(party=OuterRef("pk"))
    ended = Q(case__closed_on__isnull=False, case__agency__in=actor.agencies)
    parties = Party.objects.filter(erased_at=None, name=name.strip()).filter(
        Exists(roles.filter(ended, case__number=number.strip())),
        ~Exists(roles.exclude(ended)),
    )
    return parties.exclude(accounts__is_active=True).first()


def lead_to_erase(actor: Actor, named: str) -> Lead | None:
    """Return the one lead in sight that a reference (L-1A2B3C4D) or key names."""
    figures = named.strip().upper().removeprefix("L-").replace("-", "")
    if not SHORTEST <= len(figures) <= UUID_FIGURES:
        return None
    try:
        lowest = UUID(figures.ljust(UUID_FIGURES, "0"))
        highest = UUID(figures.ljust(UUID_FIGURES, "F"))
    except ValueError:
        return None
    found = lead_queries.visible_leads(actor).filter(pk__range=(lowest, highest))
    first_two = list(_unerased(found)[:2])
    return first_two[0] if len(first_two) == 1 else None
