"""Comparing rows with the journal: whose state, custody, hash or words were rewritten.

The journal holds references and digests; what a row says beside them is not covered.
"""

from collections.abc import Iterator
from datetime import date

from django.apps import apps
from django.db.models import Model

from hufu.base.journal import digest_of
from hufu.base.models import Entry, Tracked
from hufu.domain.evidence.models import Custody, Deposit
from hufu.domain.publication.listmaps import read_map
from hufu.domain.publication.models import ListDay, ListEnquiry, Notice
from hufu.domain.publication.queries import list_days
from hufu.domain.publication.services import words_digest
from hufu.engines.proof.heads import ACT

HEAD = ("name", "day", "root")
CHUNK = 2000
KEPT: dict[type[Model], str] = {ListDay: ACT, ListEnquiry: "enquire_list"}


def audit_rows() -> Iterator[str]:
    """Yield one sentence for every row that says something else than its entry."""
    for model in apps.get_models():
        if issubclass(model, Tracked):
            yield from _states(model)
    yield from _kept_rows()
    yield from _custody()
    yield from _deposits()
    yield from _notices()
    yield from _lists()


def _states(model: type[Tracked]) -> Iterator[str]:
    """Compare the state of each record with the entry behind it; miss none."""
    kind, found = model._meta.label_lower, set()  # noqa: SLF001 - Django's public _meta
    rows = model._default_manager.select_related("entry")  # noqa: SLF001 - as Django names it
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        pk, state, entry = row.pk, row.state, row.entry
        said = [entry.subject_id, entry.subject_kind, entry.after]
        found.add(str(pk))
        if said != [str(pk), kind, state]:
            yield f"{kind} {pk}: its state {state} is not the journal's"
    subjects = Entry.objects.filter(subject_kind=kind).order_by("subject_id")
    for known in subjects.values_list("subject_id", flat=True).distinct():
        if known not in found:
            yield f"{kind} {known}: the journal knows it, its row is gone"


def _kept_rows() -> Iterator[str]:
    """Compare the rows that one entry each brought about; miss none, and no entry."""
    for model, act in KEPT.items():
        kind = model._meta.label_lower  # noqa: SLF001 - Django's public _meta
        said = Entry.objects.filter(subject_kind=kind, act=act)
        entries = dict(said.values_list("pk", "subject_id"))
        rows = model._default_manager.values_list("pk", "entry")  # noqa: SLF001 - as Django names it
        for pk, entry in rows.order_by("pk"):
            if entries.pop(entry, None) != str(pk):
                yield f"{kind} {pk}: its entry is another row's"
        for gone in sorted(entries.values()):
            yield f"{kind} {gone}: the journal knows it, its row is gone"


def _custody() -> Iterator[str]:
    """Compare every link of custody with its entry."""
    links = Custody.objects.select_related("entry").order_by("pk")
    for link in links.iterator(chunk_size=CHUNK):
        entry = link.entry
        said = (link.actor, link.at, str(link.item_id), *map(_digest, _texts(link)))
        kept = (entry.actor, entry.at, entry.subject_id, *_kept(entry))
        if said != kept:
            yield f"custody {link.pk} (item {link.item_id}): not what its entry says"
    acts = [act for act in Custody.Act.values if act != Custody.Act.DESTROYED]
    bare = Entry.objects.filter(subject_kind="evidence.item", act__in=acts)
    linked = Custody.objects.values("entry")
    for entry in bare.exclude(pk__in=linked).order_by("pk"):
        yield f"entry {entry.pk} ({entry.act} of item {entry.subject_id}): no custody"


def _texts(link: Custody) -> tuple[str, str]:
    return link.place, link.reason


def _digest(text: str) -> str:
    return digest_of(text) if text else ""


def _kept(entry: Entry) -> list[str]:
    return [entry.facts.get(f"{name}_sha256", "") for name in ("place", "reason")]


def _deposits() -> Iterator[str]:
    """Compare hash and size of every deposit with the entry that made it."""
    said = Entry.objects.filter(subject_kind="evidence.deposit", act="deposit")
    facts = dict(said.values_list("subject_id", "facts"))
    rows = Deposit.objects.order_by("pk").values_list("pk", "sha256", "size")
    for pk, sha256, size in rows.iterator(chunk_size=CHUNK):
        if facts.get(str(pk)) != {"sha256": sha256, "size": size}:
            yield f"evidence.deposit {pk}: its hash or size is not the journal's"


def _notices() -> Iterator[str]:
    """Compare what the public reads with the words that were published."""
    said = Entry.objects.filter(subject_kind="publication.notice", act="publish")
    words = dict(said.values_list("subject_id", "facts__words"))
    shown = Notice.objects.filter(state=Notice.State.PUBLISHED).order_by("pk")
    for notice in shown.iterator(chunk_size=CHUNK):
        if words.get(str(notice.pk)) != words_digest(notice):
            yield f"publication.notice {notice.pk}: other words than were published"


def _lists() -> Iterator[str]:
    """Compare every list's day with the head that the journal has of it."""
    for row in list_days(date.min).defer(None).iterator(chunk_size=20):
        said = row.entry.facts
        root = read_map(bytes(row.rows)).root().hex()
        if (row.name, str(row.day), row.root) != tuple(map(said.get, HEAD)):
            yield f"list {row.pk} ({row}): another head than the journal's"
        if root != row.root:
            yield f"list {row.pk} ({row}): its rows were changed"
