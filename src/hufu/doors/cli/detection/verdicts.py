"""What people said of leads, counted: precision and recall on their verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hufu.engines.detection.evaluation import share

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True)
class Label:
    """A match that a person judged: when it was found, how it scored, what it was."""

    found_at: datetime
    score: float
    matcher: str
    confirmed: bool


def report_of(labels: Iterable[Label]) -> dict[str, Any]:
    """Count labels by month, by matcher and by threshold.

    Recall is of the confirmed labels: what became no lead was judged by nobody.
    """
    held = list(labels)
    months = sorted({_month(label) for label in held})
    matchers = sorted({label.matcher for label in held})
    return {
        "labels": len(held),
        "months": [
            {"month": month, **_counted([x for x in held if _month(x) == month])}
            for month in months
        ],
        "matchers": {
            name: _counted([x for x in held if x.matcher == name]) for name in matchers
        },
    }


def _month(label: Label) -> str:
    return f"{label.found_at:%Y-%m}"


def _counted(labels: list[Label]) -> dict[str, Any]:
    confirmed = sum(label.confirmed for label in labels)
    return {
        "precision": share(confirmed, len(labels)),
        "thresholds": {
            f"{least:g}": _at(least, labels, confirmed) for least in THRESHOLDS
        },
    }


def _at(least: float, labels: list[Label], confirmed: int) -> dict[str, Any]:
    """Say what a threshold would have kept of the labels."""
    kept = [label.confirmed for label in labels if label.score >= least]
    return {
        "precision": share(sum(kept), len(kept)),
        "recall": share(sum(kept), confirmed),
    }
