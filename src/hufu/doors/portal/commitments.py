"""Commitments as a reader meets them: by document and clause, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from hufu.domain.oversight.commitments import Words, documents
from hufu.domain.oversight.queries import Standing

NOBODY = "-"
SERVED, UNMEASURED = "served", "unmeasured"


@dataclass
class Clause:
    """One clause of a document with its promises; `anchor` stays the same for good."""

    anchor: str
    name: Words
    standings: list[Standing]


@dataclass
class Document:
    """One policy document with those of its clauses that were asked for."""

    code: str
    title: Words
    clauses: list[Clause] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Say how many promises are in it."""
        return sum(len(clause.standings) for clause in self.clauses)


def by_document(found: Iterable[Standing]) -> list[Document]:
    """Group promises by document and clause, in the order of the documents."""
    titles = documents()
    grouped: list[Document] = []
    for code, standings in groupby(found, lambda s: s.commitment.document):
        clauses = [
            Clause(
                f"{code}-{name}".replace(" ", "-"),
                several[0].commitment.clause,
                several,
            )
            for name, several in _clauses(standings)
        ]
        grouped.append(Document(code, titles[code], clauses))
    return grouped


def _anchor(code: str, clause: str) -> str:
    """Name a clause in an address: it hangs on the document's words alone."""
    return f"{code}-{clause}".replace(" ", "-")


def _clauses(standings: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    """Keep together what stands in one clause, where it first appears."""
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        found.setdefault(standing.commitment.clause["en"], []).append(standing)
    return list(found.items())


def status_of(standing: Standing) -> str:
    """Say how a promise stands: as last reported, else whether it is served here."""
    if standing.progress:
        return standing.progress.status
    return SERVED if standing.commitment.served else UNMEASURED


def narrowed(found: list[Standing], status: str, owner: str) -> list[Standing]:
    """Keep the promises with this status and this owner; empty means any."""
    return [
        standing
        for standing in found
        if status in ("", status_of(standing))
        and owner in ("", standing.commitment.owner["en"] or NOBODY)
    ]
