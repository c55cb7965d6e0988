"""Where the records that entries are about can be looked at, by who may see them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hufu.base.models import Entry
from hufu.domain.cases import queries as cases
from hufu.domain.evidence import queries as evidence
from hufu.domain.inspections import queries as inspections
from hufu.domain.leads import queries as leads
from hufu.domain.people.models import Account
from hufu.domain.publication import queries as publication
from hufu.domain.remedies import queries as remedies
from hufu.domain.rights import queries as rights
from hufu.domain.watch import queries as watch
from hufu.doors.access import is_open

# A kind of record with a page of its own, and what of it the reader may see.
PLACES: dict[str, tuple[str, Callable[[Account], QuerySet[Any]]]] = {
    "cases.case": ("workbench:case", cases.visible_cases),
    "evidence.item": ("workbench:evidence-item", evidence.visible_items),
    "inspections.draw": ("workbench:draw", inspections.visible_draws),
    "leads.lead": ("workbench:lead", leads.visible_leads),
    "publication.notice": ("workbench:notice", publication.readable_notices),
    "rights.claim": ("workbench:claim", rights.visible_claims),
    "rights.import": ("workbench:import", rights.visible_imports),
    "watch.feed": ("workbench:feed", watch.visible_feeds),
    "watch.sweep": ("workbench:sweep", watch.visible_sweeps),
    "remedies.decision": ("workbench:decision", remedies.visible_decisions),
}


@dataclass(frozen=True)
class Row:
    """An entry, the address of its record if the reader may go there, and its name."""

    entry: Entry
    url: str
    reference: str


def rows_of(actor: Account, entries: Iterable[Entry]) -> list[Row]:
    """Tie entries to the pages of their records: one query for each kind."""
    entries = list(entries)
    asked: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        asked[entry.subject_kind].add(entry.subject_id)
    found = {
        (kind, str(record.pk)): (reverse(PLACES[kind][0], args=[record.pk]), record)
        for kind, keys in asked.items()
        if kind in PLACES and is_open(PLACES[kind][0], actor)
        for record in PLACES[kind][1](actor).filter(pk__in=keys)
    }
    rows = []
    for entry in entries:
        url, record = found.get((entry.subject_kind, entry.subject_id), ("", None))
        name = getattr(record, "number", "") or getattr(record, "reference", "")
        rows.append(Row(entry, url, str(name) or entry.subject_id[:8].upper()))
    return rows
