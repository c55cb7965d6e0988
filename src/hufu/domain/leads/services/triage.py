"""Officers decide what becomes of a lead."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.clocks import extend_clock, pause_clock
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import periods, queries
from hufu.domain.leads.facts import LeadFacts
from hufu.domain.leads.models import Attachment, Lead, LeadClock, Reason
from hufu.domain.leads.services.answers import answer_senders, start_answer_clocks
from hufu.domain.leads.services.writing import Arrival, check_officer, write_lead
from hufu.domain.leads.workflow import LEAD
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Extension


@transaction.atomic
def accept_lead(*, actor: Actor, at: datetime, lead: Lead) -> Lead:
    """Take a lead on: somebody verifies it."""
    LEAD.take("accept", lead, actor=actor, at=at, facts={"lane": lead.lane})
    return lead


@transaction.atomic
def merge_lead(*, actor: Actor, at: datetime, lead: Lead, into: Lead) -> Lead:
    """Join a lead with another about the same matter; both receipts keep working."""
    if lead.pk == into.pk:
        raise Refusal("same_lead", _("A lead cannot be merged with itself."))
    if not queries.visible_leads(actor).filter(pk=into.pk).exists():
        raise Refusal("not_found", _("There is no such lead."))
    if into.state not in (*Lead.OPEN, Lead.State.IN_CASE):
        raise Refusal(
            "target_over", _("The other lead is no longer worked on; choose another.")
        )
    # The column comes first: a merged lead that points nowhere is refused.
    lead.merged_into = into
    lead.save(update_fields=["merged_into"])
    LEAD.take("merge", lead, actor=actor, at=at, facts={"into": str(into.pk)})
    on = timezone.localdate(at)
    lead.merged.update(merged_into=into)
    lead.decided_on = on
    lead.save(update_fields=["decided_on"])
    periods.drop(lead, on)
    record(into, "absorb", actor=actor, at=at, facts={"lead": str(lead.pk)})
    return lead


@transaction.atomic
def refer_lead(
    *, actor: Actor, at: datetime, lead: Lead, agency: Agency, note: str
) -> Lead:
    """Pass a lead to the competent agency and return the lead that opens there.

    Whoever reported keeps the receipt: it leads on to the new record.
    """
    _check_said(note, _("Say why the matter goes to another agency."))
    if agency.pk == lead.agency_id or not agency.active:
        raise Refusal("same_agency", _("Choose another agency that is at work."))
    facts = {"agency": agency.pk, "note_sha256": digest_of(note)}
    LEAD.take("refer", lead, actor=actor, at=at, facts=facts)
    lead.reason_text, lead.decided_on = note, timezone.localdate(at)
    lead.save(update_fields=["reason_text", "decided_on"])
    arrival = Arrival(
        origin=Lead.Origin.REFERRAL,
        agency=agency,
        anonymous=lead.anonymous,
        complainant=lead.complainant,
        reporter_name=lead.reporter_name,
        reporter_contact=lead.reporter_contact,
        referred_from=lead,
        score=lead.score,
        reasons=lead.reasons,
    )
    copy = write_lead(_facts_of(lead), arrival, actor=actor, at=at)
    for tie in lead.attachments.select_related("item", "item__blob", "item__working"):
        item = evidence.send_item(actor=actor, at=at, item=tie.item, agency=agency)
        Attachment.objects.create(
            lead=copy, item=item, at=tie.at, from_officer=tie.from_officer
        )
    periods.meet(lead, periods.verification_rule(lead), timezone.localdate(at))
    return copy


@transaction.atomic
def close_lead(
    *, actor: Actor, at: datetime, lead: Lead, reason: str, text: str = ""
) -> Lead:
    """End the work on a lead. Whoever sent it reads the reason, which is the answer."""
    if reason not in Reason.values or reason == Reason.TAKEN_BACK:
        raise Refusal("reason_missing", _("Choose why the lead is closed."))
    if reason == Reason.OTHER:
        _check_said(text, _("Write the reason; whoever sent the lead will read it."))
    on = timezone.localdate(at)
    lead.reason, lead.reason_text, lead.decided_on = reason, text.strip(), on
    facts = {"reason": reason, "text_sha256": digest_of(text)}
    lead.save(update_fields=["reason", "reason_text", "decided_on"])
    LEAD.take("close", lead, actor=actor, at=at, facts=facts)
    periods.meet(lead, periods.verification_rule(lead), on)
    start_answer_clocks(lead, on)
    answer_senders(lead, _closing_words(lead), actor=actor, at=at)
    return lead


@transaction.atomic
def mark_in_case(
    *, actor: Actor, at: datetime, lead: Lead, case_id: UUID, case_number: str
) -> Lead:
    """Note that a case was opened from the lead; a named sender is owed the news."""
    LEAD.take("put-in-case", lead, actor=actor, at=at, facts={"case": str(case_id)})
    on = timezone.localdate(at)
    lead.case_id, lead.case_number, lead.decided_on = case_id, case_number, on
    lead.save(update_fields=["case_id", "case_number", "decided_on"])
    periods.meet(lead, periods.verification_rule(lead), on)
    start_answer_clocks(lead, on)
    return lead


@transaction.atomic
def change_lane(
    *, actor: Actor, at: datetime, lead: Lead, lane: str, reason: str
) -> Lead:
    """Move a lead to the other lane against the rule, and say why."""
    check_officer(actor, lead, Permission.LEAD_TRIAGE)
    _check_open(lead)
    _check_said(reason, _("Say why the lead changes lanes."))
    if lane not in Lead.Lane.values or lane == lead.lane:
        raise Refusal("same_lane", _("Choose the other lane."))
    lead.lane, lead.lane_reasons = lane, [*lead.lane_reasons, {"text": reason}]
    lead.save(update_fields=["lane", "lane_reasons"])
    facts = {"lane": lane, "reason_sha256": digest_of(reason)}
    record(lead, "change-lane", actor=actor, at=at, facts=facts)
    return lead


@transaction.atomic
def extend_lead(*, actor: Actor, at: datetime, lead: Lead, reason: str) -> LeadClock:
    """Give more time to verify. The head of the agency approves, once."""
    check_officer(actor, lead, Permission.CASE_DECIDE)
    _check_said(reason, _("Say why more time is needed."))
    clock = _verification(lead)
    if clock.extensions:
        raise Refusal("extended_already", _("The law gives more time only once."))
    ground = periods.HEAD_APPROVAL
    extend_clock(clock, extension=Extension(ground, basis=reason))
    clock.save(update_fields=["due_on", "extensions"])
    periods.refresh(lead)
    facts = {"ground": ground, "reason_sha256": digest_of(reason)}
    record(lead, "extend", actor=actor, at=at, facts=facts)
    return clock


@transaction.atomic
def pause_lead(
    *,
    actor: Actor,
    at: datetime,
    lead: Lead,
    from_on: date,
    to_on: date,
    ground: str,
) -> LeadClock:
    """Leave days of appraisal or of identification by the holder uncounted."""
    check_officer(actor, lead, Permission.LEAD_TRIAGE)
    if to_on < from_on:
        raise Refusal("days_out_of_order", _("The last day lies before the first."))
    clock = _verification(lead)
    if from_on < clock.started_on:
        raise Refusal("before_start", _("The period had not begun on the first day."))
    pause_clock(clock, from_on=from_on, to_on=to_on, ground=ground)
    clock.save(update_fields=["due_on", "pauses"])
    periods.refresh(lead)
    facts = {"ground": ground, "from_on": str(from_on), "to_on": str(to_on)}
    record(lead, "pause", actor=actor, at=at, facts=facts)
    return clock


def accept_leads(*, actor: Account, at: datetime, leads: Sequence[Lead]) -> list[Lead]:
    """Accept several leads, each in a transaction of its own; return those refused."""
    return _each(leads, lambda lead: accept_lead(actor=actor, at=at, lead=lead))


def close_leads(
    *, actor: Account, at: datetime, leads: Sequence[Lead], reason: str, text: str
) -> list[Lead]:
    """Close several leads for one reason; return those that were refused."""
    return _each(
        leads,
        lambda lead: close_lead(
            actor=actor, at=at, lead=lead, reason=reason, text=text
        ),
    )


def _each(leads: Sequence[Lead], act: Callable[[Lead], Lead]) -> list[Lead]:
    refused = []
    for lead in leads:
        try:
            act(lead)
        except Refusal as refusal:
            if refusal.code not in {"wrong_state", "changed_meanwhile"}:
                raise
            refused.append(lead)
    return refused


def _facts_of(lead: Lead) -> LeadFacts:
    names = [n for n in LeadFacts.__dataclass_fields__ if n != "declarations"]
    stated = {name: getattr(lead, name) for name in names}
    return LeadFacts(**stated, declarations=tuple(lead.declarations))


def _closing_words(lead: Lead) -> str:
    words = _("Closed: %(reason)s.") % {"reason": Reason(lead.reason).label}
    return f"{words}\n{lead.reason_text}".strip()


def _verification(lead: Lead) -> LeadClock:
    clock = periods.running(lead).filter(rule=periods.verification_rule(lead)).first()
    if clock is None:
        raise Refusal("clock_stopped", _("This period no longer runs."))
    return clock


def _check_open(lead: Lead) -> None:
    if lead.state not in Lead.OPEN:
        raise Refusal("wrong_state", _("This lead is no longer worked on."))


def _check_said(text: str, message: str) -> None:
    if not text.strip():
        raise Refusal("reason_missing", message)
