"""The office and whoever sent a lead talk to each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Capture, Item
from hufu.domain.leads import flood, periods, queries
from hufu.domain.leads.facts import Identity
from hufu.domain.leads.models import Attachment, Lead, Message, Reason
from hufu.domain.leads.services.intake import take_files
from hufu.domain.leads.services.writing import check_holds, check_officer
from hufu.domain.leads.workflow import LEAD
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@transaction.atomic
def answer_reporter(*, actor: Actor, at: datetime, lead: Lead, text: str) -> Lead:
    """Tell everybody who sent this matter what was decided."""
    check_officer(actor, lead, Permission.LEAD_TRIAGE)
    _check_said(text)
    if lead.decided_on is None:
        raise Refusal(
            "undecided", _("Decide first; until then send an ordinary message.")
        )
    answer_senders(lead, text.strip(), actor=actor, at=at)
    return lead


@transaction.atomic
def add_message(*, actor: Actor, at: datetime, lead: Lead, body: str) -> Message:
    """Write to the other side: officer to sender, or sender to office."""
    _check_said(body)
    officer = isinstance(actor, Account) and actor.is_officer
    if officer:
        check_officer(actor, lead, Permission.LEAD_TRIAGE)
    else:
        _check_sender(lead, actor)
        flood.check_messages(queries.messages_on(lead, timezone.localdate(at)))
    return _write(lead, body.strip(), actor=actor, at=at)


@transaction.atomic
def attach_item(*, actor: Actor, at: datetime, lead: Lead, item: Item) -> Attachment:
    """Tie an evidence item to a lead."""
    officer = isinstance(actor, Account) and actor.is_officer
    if officer:
        check_officer(actor, lead, Permission.LEAD_READ)
    else:
        _check_sender(lead, actor)
    tie, fresh = Attachment.objects.get_or_create(
        lead=lead, item=item, defaults={"at": at, "from_officer": officer}
    )
    if fresh:
        facts = {"item": str(item.pk)}
        record(lead, "attach", actor=actor, at=at, facts=facts)
    return tie


@transaction.atomic
def ask_capture(
    *, actor: Account, at: datetime, lead: Lead, facts: evidence.CaptureFacts
) -> Capture:
    """Ask for a web page that a lead needs; what comes is attached to it."""
    check_officer(actor, lead, Permission.LEAD_TRIAGE)
    if lead.state not in Lead.OPEN:
        raise Refusal("lead_over", _("This lead is no longer worked on."))
    facts = replace(facts, about=f"lead:{lead.pk}")
    capture = evidence.ask_capture(actor=actor, at=at, facts=facts)
    said = {"capture": str(capture.pk)}
    record(lead, "ask-capture", actor=actor, at=at, facts=said)
    return capture


@transaction.atomic
def take_capture(
    *, actor: Account, at: datetime, lead: Lead, capture: Capture
) -> list[Attachment]:
    """Attach what came of a capture to the lead."""
    return [
        attach_item(actor=actor, at=at, lead=lead, item=one) for one in capture.items
    ]


@transaction.atomic
def add_files(
    *,
    actor: Actor,
    at: datetime,
    lead: Lead,
    files: Sequence[evidence.KeptFile],
) -> Lead:
    """Let whoever sent a lead add files to it later."""
    _check_sender(lead, actor)
    there = lead.attachments.filter(from_officer=False).select_related("item__blob")
    size = sum(tie.item.blob.size for tie in there) + sum(f.size for f in files)
    flood.check_room(len(there) + len(files), size)
    take_files(lead, files, actor=actor, at=at)
    record(lead, "add-files", actor=actor, at=at, facts={"files": len(files)})
    return lead


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, lead: Lead, text: str = "") -> Lead:
    """Let whoever sent a lead take it back.

    A new lead ends with that. One that an officer works on goes on, because the
    public may have an interest of its own; the officer sees the wish.
    """
    _check_sender(lead, actor)
    if lead.taken_back_at is not None:
        raise Refusal("taken_back_already", _("This was taken back already."))
    if lead.state not in Lead.OPEN:
        raise Refusal("wrong_state", _("This can no longer be taken back."))
    on = timezone.localdate(at)
    lead.taken_back_at = at
    if lead.state == Lead.State.NEW:
        lead.reason, lead.decided_on = Reason.TAKEN_BACK, on
        lead.save(update_fields=["taken_back_at", "reason", "decided_on"])
        move = _Opened(actor, lead)
        LEAD.take("take-back", lead, actor=move, at=at, facts={})
        periods.drop(lead, on)
    else:
        lead.save(update_fields=["taken_back_at"])
        record(lead, "wish-to-take-back", actor=actor, at=at)
    if text.strip():
        _write(lead, text.strip(), actor=actor, at=at)
    return lead


@transaction.atomic
def reveal_reporter(*, actor: Actor, at: datetime, lead: Lead) -> Identity:
    """Show an officer of the agency who reported, and note that it was shown."""
    check_officer(actor, lead, Permission.LEAD_TRIAGE)
    if not lead.named:
        raise Refusal("anonymous", _("Nobody knows who sent this."))
    record(lead, "reveal-reporter", actor=actor, at=at)
    party = lead.complainant
    if party is not None:
        contact = " · ".join(c for c in (party.email, party.phone) if c)
        return Identity(party.name, contact, party.pk)
    return Identity(lead.reporter_name, lead.reporter_contact)


class _Opened:
    """A sender acting on their own lead: the lead's agency is within reach."""

    def __init__(self, actor: Actor, lead: Lead) -> None:
        self.label = actor.label
        self.agencies = frozenset({lead.agency_id})
        self.holds = actor.holds


def start_answer_clocks(lead: Lead, on: date) -> None:
    """Let the period run in which a sender who gave a name is told the decision."""
    for one in queries.senders_of(lead):
        if one.named:
            periods.start(one, periods.ANSWER, on)


def answer_senders(lead: Lead, text: str, *, actor: Actor, at: datetime) -> None:
    """Put the answer where each sender's receipt or account leads, and stop clocks."""
    on = timezone.localdate(at)
    for one in queries.senders_of(lead):
        _write(one, text, actor=actor, at=at, act="answer")
        one.answered_at = at
        one.save(update_fields=["answered_at"])
        periods.meet(one, periods.ANSWER, on)
    lead.refresh_from_db(fields=["next_due_on", "answered_at"])


def _write(
    lead: Lead, body: str, *, actor: Actor, at: datetime, act: str = "message"
) -> Message:
    officer = isinstance(actor, Account) and actor.is_officer
    message = Message.objects.create(
        lead=lead, at=at, author=actor.label, body=body, from_officer=officer
    )
    facts = {"message": str(message.pk), "sha256": digest_of(body)}
    record(lead, act, actor=actor, at=at, facts=facts)
    return message


def _check_sender(lead: Lead, actor: Actor) -> None:
    """Allow the complainant's account, or whoever holds the receipt."""
    check_holds(actor, Permission.LEAD_FOLLOW)
    if isinstance(actor, Account):
        mine = actor.party_id is not None and actor.party_id == lead.complainant_id
    else:
        mine = lead.agency_id in actor.agencies
    if not mine:
        raise Refusal("not_found", _("There is no such lead."))


def _check_said(text: str) -> None:
    if not text.strip():
        raise Refusal("text_missing", _("Write a message first."))
