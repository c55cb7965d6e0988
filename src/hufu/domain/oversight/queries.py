"""What can be known about promises, figures and returns, and by whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise

from hufu.base.access import Actor
from hufu.base.law import book
from hufu.domain.oversight.commitments import Commitment, all_commitments
from hufu.domain.oversight.figures import FIGURES
from hufu.domain.oversight.indicators import Figure, Part, Period, measure
from hufu.domain.oversight.models import DailyFigures, MonthlyReturn, Progress
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

DUE = "deadlines.oversight.monthly_return"


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


@dataclass(frozen=True)
class Owed:
    """A month that has ended and whose return is not filed."""

    month: date
    due_on: date
    drawn: bool


@dataclass(frozen=True)
class Line:
    """A number of a return as people read it."""

    code: str
    name: str | Promise
    unit: str | Promise
    value: float | None
    parts: list[tuple[str, str | Promise, int]]


def commitments(search: Search) -> list[Standing]:
    """Return the commitments found, in document order. They are public."""
    latest = {p.commitment: p for p in Progress.objects.order_by("at")}
    return [
        Standing(commitment, latest.get(commitment.id))
        for commitment in all_commitments().values()
        if _fits(commitment, search)
    ]


def _fits(commitment: Commitment, search: Search) -> bool:
    said = (commitment.clause, commitment.summary, commitment.owner)
    texts = [commitment.id, *(text for words in said for text in words.values())]
    return (
        search.document in ("", commitment.document)
        and search.kind in ("", commitment.kind)
        and search.words.casefold() in " ".join(texts).casefold()
        and (commitment.served or not search.served)
    )


def progress_of(commitment: str) -> QuerySet[Progress]:
    """Return everything reported about a commitment, newest first."""
    found = Progress.objects.filter(commitment=commitment).order_by("-at")
    return found.select_related("agency")


def figures(actor: Actor, from_on: date, to_on: date) -> list[Figure]:
    """Return the figures of the actor's agencies; nothing for who has none."""
    if not (actor.agencies and actor.holds(Permission.LEAD_READ)):
        return []
    period = Period(from_on, to_on, actor.agencies)
    return [measure(indicator, period) for indicator in FIGURES.values()]


def part_of(
    actor: Actor, code: str, part: str, period: tuple[date, date]
) -> tuple[Figure, Part] | None:
    """Return one part of a figure of the actor's agencies, or None."""
    if not (actor.agencies and actor.holds(Permission.LEAD_READ)):
        return None
    if code not in FIGURES or part not in FIGURES[code].parts:
        return None
    figure = measure(FIGURES[code], Period(*period, actor.agencies))
    return figure, figure.part(part)


def last_counted_day() -> DailyFigures | None:
    """Return the public's figures of the day counted last, if any was."""
    return DailyFigures.objects.first()


def visible_returns(actor: Actor) -> QuerySet[MonthlyReturn]:
    """Return the monthly returns of the actor's agencies."""
    if not actor.holds(Permission.RETURN_FILE):
        return MonthlyReturn.objects.none()
    return MonthlyReturn.objects.filter(agency__in=actor.agencies)


def owed_return(actor: Account, today: date) -> Owed | None:
    """Return the month that ended last if its return is not filed yet."""
    if actor.agency is None or not actor.holds(Permission.RETURN_FILE):
        return None
    last = today.replace(day=1) - timedelta(days=1)
    month = last.replace(day=1)
    known = visible_returns(actor).filter(month=month).first()
    if known and known.state == MonthlyReturn.State.FILED:
        return None
    due = book().deadline(DUE, start=last).due_on
    return Owed(month, due, drawn=known is not None)


def lines_of(report: MonthlyReturn) -> list[Line]:
    """Return a return's numbers with their names."""
    lines = []
    for row in report.figures:
        indicator = FIGURES[row["code"]]
        parts = [(k, indicator.parts.get(k, k), n) for k, n in row["parts"].items()]
        lines.append(
            Line(row["code"], indicator.name, indicator.unit, row["value"], parts)
        )
    return lines
