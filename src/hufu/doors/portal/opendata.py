"""Figures and commitments as open data: the same as on the pages, in both languages."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from hufu.domain.oversight import daily
from hufu.domain.oversight.commitments import Commitment, documents
from hufu.domain.oversight.disclosure import SMALLEST_CELL, PublicFigure
from hufu.domain.oversight.models import DailyFigures
from hufu.domain.oversight.queries import Standing
from hufu.doors.portal.published import absolute

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


def as_json(day: DailyFigures, standings: list[Standing]) -> dict[str, Any]:
    """Return figures and commitments; what is not known or not shown is null."""
    return {
        "licence": LICENCE,
        "source": absolute(reverse("portal:oversight")),
        "from_on": day.from_on.isoformat(),
        "to_on": day.to_on.isoformat(),
        "counted_at": day.counted_at.isoformat(),
        "smallest_count_shown": SMALLEST_CELL,
        "figures": [_figure(figure) for figure in daily.shown(day)],
        "documents": documents(),
        "commitments": [_commitment(standing) for standing in standings],
    }


def _figure(figure: PublicFigure) -> dict[str, Any]:
    return {
        "code": figure.code,
        "name": _both(figure.name),
        "unit": _both(figure.unit),
        "method": _both(figure.about),
        "value": figure.value,
        "suppressed": figure.suppressed,
        "parts": [
            {"code": part.code, "name": _both(part.name), "count": part.count}
            for part in figure.parts
        ],
        "url": absolute(reverse("portal:figure", args=[figure.code])),
    }


def _commitment(standing: Standing) -> dict[str, Any]:
    promise: Commitment = standing.commitment
    return {
        "id": promise.id,
        "document": promise.document,
        "clause": promise.clause,
        "kind": promise.kind,
        "summary": promise.summary,
        "owner": _known(promise.owner),
        "due": _known(promise.due),
        "known_outcome": _known(promise.outcome),
        "note": _known(promise.note),
        "reported_status": standing.progress.status if standing.progress else None,
        "figures": list(promise.figures),
        "url": absolute(reverse("portal:commitment", args=[promise.id])),
    }


def _known(words: dict[str, str]) -> dict[str, str] | None:
    return words if words["en"] else None


def _both(words: str | Promise) -> dict[str, str]:
    said = {}
    for key, language in (("en", "en"), ("zh", "zh-hans")):
        with translation.override(language):
            said[key] = str(words)
    return said
