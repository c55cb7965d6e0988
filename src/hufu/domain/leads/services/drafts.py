"""A report being written: kept as it grows, found by a secret, forgotten in time."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.storage import Storage
from hufu.domain.evidence import queries as evidence_queries
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import flood, queries
from hufu.domain.leads.facts import LeadFacts, Sender
from hufu.domain.leads.models import Draft, Lead
from hufu.domain.leads.services.intake import complain_lead, report_lead
from hufu.domain.people.models import Account

# Long enough to look for a receipt at home, short enough not to become an archive.
LIFE = timedelta(days=7)
# A browser that lost the answer may ask for the receipt again, but not the next day.
SHOWN_AGAIN = timedelta(minutes=10)
WORDS_LENGTH = 40_000


def key_of(secret: str) -> str:
    """Return under what a draft is kept: never the secret itself."""
    return hashlib.sha256(f"hufu-draft-v1:{secret}".encode()).hexdigest()


@transaction.atomic
def save_draft(*, at: datetime, secret: str, words: Mapping[str, Any]) -> Draft:
    """Keep what was typed so far, whole or not, right or wrong."""
    if sum(len(str(value)) for value in words.values()) > WORDS_LENGTH:
        raise Refusal("too_long", _("This is too long. Put the rest into a file."))
    draft = queries.draft_of(key_of(secret), at)
    if draft is None:
        flood.check_rate(*queries.recent_drafts(at), at)
        Draft.objects.filter(pk=key_of(secret)).delete()
        draft = Draft(key_hash=key_of(secret), started_at=at)
    if draft.sent:
        raise Refusal("sent_already", _("This report was sent already."))
    draft.words = {**draft.words, **words}
    draft.expires_at = at + LIFE
    draft.save()
    return draft


@transaction.atomic
def add_draft_file(*, draft: Draft, kept: evidence.KeptFile) -> Draft:
    """Remember a file that lies in the store already."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if any(file["sha256"] == kept.sha256 for file in draft.files):
        return draft
    flood.check_room(len(draft.files) + 1, draft.size + kept.size)
    draft.files = [*draft.files, kept.as_json()]
    draft.save(update_fields=["files"])
    return draft


@transaction.atomic
def drop_draft_file(*, storage: Storage, draft: Draft, sha256: str) -> Draft:
    """Forget a file of a draft, and its bytes where nobody else needs them."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    gone = [file for file in draft.files if file["sha256"] == sha256]
    draft.files = [file for file in draft.files if file["sha256"] != sha256]
    draft.save(update_fields=["files"])
    transaction.on_commit(lambda: _remove(gone, storage))
    return draft


@transaction.atomic
def send_report(
    *,
    actor: Actor,
    at: datetime,
    draft: Draft,
    facts: LeadFacts,
    sender: Sender,
    receipt: str,
) -> Lead:
    """Make a report of a draft. Sent twice, it is refused the second time."""
    flood.check_pace(draft.started_at, at)
    files = kept_files(draft)
    _finish(draft, at)
    return report_lead(
        actor=actor, at=at, facts=facts, receipt=receipt, sender=sender, files=files
    )


@transaction.atomic
def send_complaint(
    *, actor: Account, at: datetime, draft: Draft, facts: LeadFacts
) -> Lead:
    """Make a holder's complaint of a draft."""
    files = kept_files(draft)
    _finish(draft, at)
    return complain_lead(actor=actor, at=at, facts=facts, files=files)


@transaction.atomic
def drop_draft(*, storage: Storage, draft: Draft) -> None:
    """Forget a draft and its files."""
    files = draft.files
    draft.delete()
    transaction.on_commit(lambda: _remove(files, storage))


def drop_expired_drafts(*, at: datetime, storage: Storage) -> int:
    """Forget every draft whose time is over; say how many."""
    expired = queries.expired_drafts(at)
    for draft in expired:
        drop_draft(storage=storage, draft=draft)
    return len(expired)


def kept_files(draft: Draft) -> list[evidence.KeptFile]:
    """Return the files of a draft as evidence takes them in."""
    return [evidence.KeptFile(**file) for file in draft.files]


def _finish(draft: Draft, at: datetime) -> None:
    """Forget the words; the files are evidence from here on."""
    unsent = Draft.objects.filter(pk=draft.pk, sent=False)
    if not unsent.update(sent=True, words={}, files=[], expires_at=at + SHOWN_AGAIN):
        raise Refusal("sent_already", _("This report was sent already."))


def _remove(files: list[dict[str, Any]], storage: Storage) -> None:
    """Remove bytes that no item and no other draft refers to."""
    for file in files:
        for sha256 in (file["sha256"], file["working_sha256"]):
            needed = evidence_queries.blob_in_use(sha256) or queries.file_in_draft(
                file["sha256"]
            )
            if sha256 and not needed:
                storage.remove(sha256)
