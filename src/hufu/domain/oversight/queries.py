"""What can be known about promises, figures and returns, and by whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hufu.base.access import Actor
from hufu.domain.oversight.commitments import Commitment, all_commitments
from hufu.domain.oversight.disclosure import PublicFigure, for_the_public
from hufu.domain.oversight.figures import FIGURES, Figure, Period
from hufu.domain.oversight.models import MonthlyReturn, Progress
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class Standing:
    """A commitment and the last thing reported about it, if anything was."""

    commitment: Commitment
    progress: Progress | None


@dataclass(frozen=True)
class Search:
    """Which commitments are asked for; empty means any."""

    document: str = ""
    kind: str = ""
    words: str = ""
    served: bool = False


def commitments(search: Search) -> list[Standing]:
    """Return the commitments found, in document order. They are public."""
    latest = {p.commitment: p for p in Progress.objects.order_by("at")}
    return [
        Standing(commitment, latest.get(commitment.id))
        for commitment in all_commitments().values()
        if _fits(commitment, search)
    ]


def _fits(commitment: Commitment, search: Search) -> bool:
    words = f"{commitment.id} {commitment.clause} {commitment.summary}".lower()
    return (
        search.document in ("", commitment.document)
        and search.kind in ("", commitment.kind)
        and search.words.lower() in words
        and (commitment.served or not search.served)
    )


def progress_of(commitment: str) -> QuerySet[Progress]:
    """Return everything reported about a commitment, newest first."""
    return Progress.objects.filter(commitment=commitment).order_by("-at")


def figures(actor: Actor, from_on: date, to_on: date) -> list[Figure]:
    """Return the figures of the actor's agencies; nothing for who has none."""
    if not (actor.agencies and actor.holds(Permission.LEAD_READ)):
        return []
    period = Period(from_on, to_on, actor.agencies)
    return [measure(period) for measure in FIGURES.values()]


def figure(actor: Actor, code: str, from_on: date, to_on: date) -> Figure | None:
    """Return one figure of the actor's agencies, or None."""
    found = (f for f in figures(actor, from_on, to_on) if f.code == code)
    return next(found, None)


def public_figures(from_on: date, to_on: date) -> list[PublicFigure]:
    """Return the figures of all agencies together, small cells left out."""
    period = Period(from_on, to_on)
    return [for_the_public(measure(period)) for measure in FIGURES.values()]


def visible_returns(actor: Actor) -> QuerySet[MonthlyReturn]:
    """Return the monthly returns of the actor's agencies."""
    if not actor.holds(Permission.RETURN_FILE):
        return MonthlyReturn.objects.none()
    return MonthlyReturn.objects.filter(agency__in=actor.agencies)
