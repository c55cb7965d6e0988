"""Which agency may act on a lead: the law names the body, we find the agency."""

from dataclasses import dataclass
from datetime import date

from hufu.base.law import book
from hufu.domain.people.models import Agency
from hufu.domain.people.queries import kinds_of_body
from hufu.engines import law

# What the law calls an act, by kind of right; every kind has "infringement".
ACTS = {
    ("trademark", "labels"): "labels",
    ("invention", "patent_passing_off"): "passing_off",
    ("utility_model", "patent_passing_off"): "passing_off",
    ("design", "patent_passing_off"): "passing_off",
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
    for body in competent_bodies(matter, on):
        agency = _agency_of(body)
        if agency:
            found.setdefault(agency.pk, Suggestion(agency, body))
    return list(found.values())


def competent_bodies(matter: Matter, on: date) -> tuple[law.Competent, ...]:
    """Return the bodies that may act, by the rule of the day; none when unruled."""
    kind = matter.right_kind or "trademark"
    act = ACTS.get((kind, matter.act), "infringement")
    try:
        found = book().competence(kind, act, matter.region, on)
    except law.LawError:
        return ()
    return tuple(body for body in found if body.role == "enforce")


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
    return _nearest(kinds_of_body(body.body_code), body.region)


def _nearest(kinds: tuple[str, ...], region: str) -> Agency | None:
    """Find the agency of these kinds at a place, else at the nearest place above."""
    places = (*reversed(law.lineage(region)), "000000")
    agencies = Agency.objects.filter(active=True, kind__in=kinds, region__in=places)
    order = {place: rank for rank, place in enumerate(places)}
    return min(agencies, key=lambda a: (order[a.region], a.pk), default=None)
