"""The evidence of a case leaves the house, for a court or another office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.models import Entry
from hufu.base.storage import Storage
from hufu.domain.cases.guards import enter
from hufu.domain.cases.models import Case, Exhibit
from hufu.domain.evidence import queries as evidence_queries
from hufu.domain.evidence.models import Blob, Custody, Item
from hufu.domain.evidence.services import exports as evidence
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.proof.acts import chain_digest

UNSEEN = "not open to whoever made this bundle"
GONE = "no longer kept here"
SEALED = "sealed, and of a kind that allows no copy without metadata"


@dataclass(frozen=True)
class Outgoing:
    """An exhibit, its custody as strangers are told it, and its bytes or why not."""

    exhibit: Exhibit
    custody: Sequence[tuple[Custody, dict[str, str]]]
    blob: Blob | None
    kept_back: str = ""

    @property
    def title(self) -> str:
        """Name it by its number; a file's name may tell who sent it."""
        if evidence.is_protected(self.exhibit.item) or not self.custody:
            return f"Exhibit {self.exhibit.number}"
        return f"Exhibit {self.exhibit.number}: {self.exhibit.item.name}"

    @property
    def links(self) -> list[dict[str, str]]:
        """The links of custody in the words of the bundle."""
        name = f"Exhibit {self.exhibit.number}"
        return [{"exhibit": name, **told} for _link, told in self.custody]


@dataclass(frozen=True)
class Export:
    """What leaves, and the entry about it; that entry binds the whole custody."""

    entry: Entry
    outgoing: Sequence[Outgoing]


@transaction.atomic
def export_evidence(
    *, actor: Account | Clockwork, at: datetime, storage: Storage, case: Case
) -> Export:
    """Let the exhibits leave that strangers may have; every file must be whole.

    The system exports for the agency when somebody asks at its console.
    """
    if isinstance(actor, Account):
        enter(case, actor, Permission.CASE_READ)
    elif case.agency_id not in actor.agencies:
        raise Refusal("other_agency", _("This record belongs to another agency."))
    exhibits = list(case.exhibits.select_related("item__blob", "item__working"))
    outgoing = [_let_go(one, actor, at, storage) for one in exhibits]
    if not any(one.blob for one in outgoing):
        raise Refusal(
            "nothing_to_export", _("This case has no exhibit that may be handed out.")
        )
    # By hand one begins with the first, so let it be one that is there.
    outgoing.sort(key=lambda one: one.blob is None)
    links = [link for one in outgoing for link in one.links]
    facts = {
        "exhibits": [one.exhibit.number for one in outgoing if one.blob],
        "custody_sha256": chain_digest(links),
    }
    entry = record(case, "export-evidence", actor=actor, at=at, facts=facts)
    return Export(entry, outgoing)


def _let_go(
    exhibit: Exhibit, actor: Account | Clockwork, at: datetime, storage: Storage
) -> Outgoing:
    item, blob = exhibit.item, None
    kept_back = _kept_back(item, actor, at)
    if kept_back == UNSEEN:
        return Outgoing(exhibit, (), None, kept_back)
    if not kept_back:
        purpose = f"export of the evidence of case {exhibit.case.number}"
        blob = evidence.export_item(
            actor=actor, at=at, storage=storage, item=item, purpose=purpose
        )
    return Outgoing(exhibit, evidence.tell_custody(item), blob, kept_back)


def _kept_back(item: Item, actor: Account | Clockwork, at: datetime) -> str:
    if isinstance(actor, Account):
        seen = evidence_queries.visible_items(actor, at=at).filter(pk=item.pk).exists()
    else:
        seen = item.agency_id in actor.agencies
    if not seen:
        return UNSEEN
    if item.state != Item.State.HELD:
        return GONE
    return "" if evidence.leaving_blob(item) else SEALED
