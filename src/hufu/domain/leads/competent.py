"""Which agency may act on a lead: the law names the body, we find the agency."""

from dataclasses import dataclass
from datetime import date

from hufu.base.law import book
from hufu.domain.people.models import Agency
from hufu.engines import law

# What the law calls an act, by kind of right; every kind has "infringement".
ACTS = {
    ("trademark", "labels"): "labels",
    ("invention", "patent_passing_off"): "passing_off",
    ("utility_model", "patent_passing_off"): "passing_off",
    ("design", "patent_passing_off"): "passing_off",
}
# Which kinds of agency stand for a body of the law.
KINDS = {
    "amr": ("market",),
    "cnipa": ("ip_office",),
    "ip_office": ("ip_office", "market"),
    "copyright": ("copyright", "culture"),
    "culture_team": ("culture", "copyright"),
    "agriculture": ("agriculture",),
    "forestry": ("forestry",),
    "customs": ("customs",),
    "police": ("police",),
}


@dataclass(frozen=True)
class Matter:
    """What decides who is competent."""

    right_kind: str
    act: str
    region: str


@dataclass(frozen=True)
class Suggestion:
    """An agency that may act, and the body of the law it stands for."""

    agency: Agency
    body: law.Competent


def suggest_agencies(matter: Matter, on: date) -> list[Suggestion]:
    """Return the agencies that enforce in the matter, nearest to the place first."""
    found: dict[str, Suggestion] = {}
    for body in bodies(matter, on):
        agency = _agency_of(body)
        if agency and body.role == "enforce":
            found.setdefault(agency.pk, Suggestion(agency, body))
    return list(found.values())


def bodies(matter: Matter, on: date) -> tuple[law.Competent, ...]:
    """Return what the law says; nothing where the pack has no rule for the matter."""
    kind = matter.right_kind or "trademark"
    act = ACTS.get((kind, matter.act), "infringement")
    try:
        return book().competence(kind, act, matter.region, on)
    except (law.UnknownRuleError, law.NoRulingError):
        return ()


def receiving_agency(matter: Matter, on: date) -> Agency | None:
    """Return who takes in a report: the competent agency, else one near the place.

    Whoever reports cannot be expected to know the law: an agency that is not
    competent passes the report on.
    """
    suggestions = suggest_agencies(matter, on)
    if suggestions:
        return suggestions[0].agency
    return _nearest(("market", "ip_office"), matter.region)


def _agency_of(body: law.Competent) -> Agency | None:
    return _nearest(KINDS.get(body.body_code, ()), body.region)


def _nearest(kinds: tuple[str, ...], region: str) -> Agency | None:
    """Find the agency of these kinds at a place, else at the nearest place above."""
    places = (*reversed(law.lineage(region)), "000000")
    agencies = Agency.objects.filter(active=True, kind__in=kinds, region__in=places)
    order = {place: rank for rank, place in enumerate(places)}
    return min(agencies, key=lambda a: (order[a.region], a.pk), default=None)
