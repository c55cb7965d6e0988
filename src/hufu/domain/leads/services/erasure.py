"""Personal data of a lead is erased when its term is over, or when somebody asks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.storage import Storage
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.leads.models import Lead
from hufu.domain.leads.services.writing import check_officer
from hufu.domain.people.permissions import Permission
from hufu.domain.people.services import NOTHING_KEPT, note_erasure

EMPTIED = (
    "reporter_name",
    "reporter_contact",
    "respondent_name",
    "respondent_uscc",
    "details",
    "defence_known",
    "place",
    "url",
    "url_key",
    "seller",
    "reason_text",
)


@transaction.atomic
def erase_lead(
    *,
    actor: Actor,
    at: datetime,
    storage: Storage,
    lead: Lead,
    items: Sequence[Item],
    term: str,
) -> Lead:
    """Empty what tells who sent a lead, whom it names and what they wrote.

    The record, its states and its journal stay: digests there now match nothing.
    `items` are the sender's files that no case uses. Nothing is erased that is
    still worked on.
    """
    check_officer(actor, lead, Permission.RETENTION_RUN)
    if lead.state in Lead.OPEN:
        raise Refusal("still_open", _("This lead is still worked on."))
    for column in EMPTIED:
        setattr(lead, column, "")
    lead.title, lead.search_text = NOTHING_KEPT, lead.reference.casefold()
    # Whoever still holds the receipt learns what became of the lead, and nothing else.
    lead.save(update_fields=["title", "search_text", *EMPTIED])
    lead.messages.update(body="")
    for item in items:
        evidence.destroy_item(
            actor=actor, at=at, storage=storage, item=item, basis=term
        )
    entry = record(lead, "erase", actor=actor, at=at, facts={"term": term})
    note_erasure(entry=entry, term=term)
    return lead
