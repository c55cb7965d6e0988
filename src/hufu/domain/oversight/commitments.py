"""The commitments of the policy documents, as the pack holds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from hufu import packs

Words = dict[str, str]


@dataclass(frozen=True)
class Commitment:
    """One promise. Where its document names no owner or date, there is none here."""

    id: str
    document: str
    clause: Words
    kind: str
    summary: Words
    owner: Words
    due: Words
    outcome: Words
    note: Words
    figures: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def served(self) -> bool:
        """Say whether this system does something for the promise today."""
        return bool(self.figures or self.pages)


@cache
def all_commitments() -> dict[str, Commitment]:
    """Return every commitment of the pack in force, in document order, by id."""
    return {commitment.id: commitment for commitment in _read()}


@cache
def documents() -> dict[str, Words]:
    """Return the titles of the documents the commitments come from, by code."""
    return dict(_load("commitments.yaml")["meta"]["sources"])


def _load(name: str) -> Any:
    path = packs.folder(settings.HUFU_PACK) / name
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read() -> Iterator[Commitment]:
    served = _load("served.yaml")["served"]
    for row in _load("commitments.yaml")["measures"]:
        by = served.get(row["id"], {})
        yield Commitment(
            id=row["id"],
            document=row["document"],
            clause=_both(row, "clause"),
            kind=row["type"],
            summary=_both(row, "summary"),
            owner=_both(row, "responsible_body"),
            due=_both(row, "deadline"),
            outcome=_both(row, "known_outcome"),
            note=_both(row, "note"),
            figures=tuple(by.get("figures", ())),
            pages=tuple(by.get("pages", ())),
        )


def _both(row: dict[str, Any], key: str) -> Words:
    """Return a text in both languages; a day written in figures reads alike in both.

    What the document does not say is empty here, and nothing is put in its place.
    """
    english = row.get(key) or ""
    return {"en": english, "zh": row.get(f"{key}_zh") or english}
