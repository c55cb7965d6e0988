"""Leads come in: a report, a complaint, a detection, a referral."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import flood, queries
from hufu.domain.leads.competent import Matter, receiving_agency
from hufu.domain.leads.facts import ANONYMOUS, LeadFacts, Sender
from hufu.domain.leads.models import Attachment, Lead
from hufu.domain.leads.receipts import hash_of
from hufu.domain.leads.services.writing import Arrival, check_holds, write_lead
from hufu.domain.leads.standing import check_standing
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.models import Right


@transaction.atomic
def report_lead(
    *,
    actor: Actor,
    at: datetime,
    facts: LeadFacts,
    receipt: str,
    sender: Sender = ANONYMOUS,
    files: Sequence[evidence.KeptFile] = (),
) -> Lead:
    """Take in a citizen's report; `receipt` is the code the door made for it.

    The files of somebody unknown are sealed: their metadata may tell who it is.
    """
    check_holds(actor, Permission.LEAD_REPORT)
    flood.check_rate(*queries.recent_reports(at), at)
    arrival = Arrival(
        origin=Lead.Origin.REPORT,
        agency=_receiver(facts, at),
        anonymous=sender.anonymous,
        reporter_name=sender.name.strip(),
        reporter_contact=sender.contact.strip(),
        receipt_hash=hash_of(receipt),
    )
    lead = write_lead(facts, arrival, actor=actor, at=at)
    take_files(lead, files, actor=actor, at=at)
    return lead


@transaction.atomic
def complain_lead(
    *,
    actor: Account,
    at: datetime,
    facts: LeadFacts,
    files: Sequence[evidence.KeptFile],
) -> Lead:
    """Take in a holder's complaint about a right of theirs, after a first look."""
    check_holds(actor, Permission.LEAD_COMPLAIN)
    if facts.right is None or actor.party is None:
        raise Refusal("right_missing", _("Choose the right that is concerned."))
    on = timezone.localdate(at)
    happened = facts.occurred_on or on
    if happened > on:
        raise Refusal("day_to_come", _("The day lies in the future; check it."))
    checks = check_standing(actor, facts.right, happened, len(files))
    for check in checks:
        if not check.holds:
            raise Refusal(f"standing_{check.code}", check.remedy)
    arrival = Arrival(
        origin=Lead.Origin.COMPLAINT,
        agency=_receiver(facts, at),
        complainant=actor.party,
        reasons=[{"code": check.code} for check in checks],
    )
    lead = write_lead(facts, arrival, actor=actor, at=at)
    take_files(lead, files, actor=actor, at=at)
    return lead


@transaction.atomic
def detect_lead(
    *,
    actor: Actor,
    at: datetime,
    facts: LeadFacts,
    right: Right,
    score: float,
    reasons: Sequence[object],
    agency: Agency,
) -> Lead:
    """Take in what a sweep found; a person decides what comes of it."""
    check_holds(actor, Permission.WATCH_SWEEP)
    if not reasons:
        raise Refusal("reasons_missing", _("A score never comes without reasons."))
    arrival = Arrival(
        origin=Lead.Origin.DETECTION, agency=agency, score=score, reasons=reasons
    )
    stated = replace(facts, right=right, right_kind=right.kind)
    return write_lead(stated, arrival, actor=actor, at=at)


@transaction.atomic
def refer_in_lead(
    *,
    actor: Account,
    at: datetime,
    facts: LeadFacts,
    files: Sequence[evidence.KeptFile] = (),
) -> Lead:
    """Write down what another body sent on paper; `facts.referred_by` says which."""
    check_holds(actor, Permission.LEAD_TRIAGE)
    if not facts.referred_by.strip():
        raise Refusal("referrer_missing", _("Say which body sent the matter."))
    if actor.agency is None:
        raise Refusal("no_permission", _("Your role does not include this act."))
    arrival = Arrival(origin=Lead.Origin.REFERRAL, agency=actor.agency)
    lead = write_lead(facts, arrival, actor=actor, at=at)
    take_files(lead, files, actor=actor, at=at)
    return lead


def take_files(
    lead: Lead, files: Sequence[evidence.KeptFile], *, actor: Actor, at: datetime
) -> None:
    """Make evidence items of files that lie in the store, and tie them to a lead."""
    flood.check_room(len(files), sum(file.size for file in files))
    for file in files:
        facts = evidence.ItemFacts(
            name=file.name, source=lead.reference, sealed=lead.anonymous
        )
        item = evidence.deposit_kept(
            actor=actor, at=at, kept=file, facts=facts, agency=lead.agency
        )
        officer = isinstance(actor, Account) and actor.is_officer
        Attachment.objects.create(lead=lead, item=item, at=at, from_officer=officer)


def _receiver(facts: LeadFacts, at: datetime) -> Agency:
    kind = facts.right.kind if facts.right else facts.right_kind
    matter = Matter(kind, facts.act, facts.region)
    agency = receiving_agency(matter, timezone.localdate(at))
    if agency is None:
        raise Refusal(
            "no_agency",
            _("No agency here takes reports for this place; choose another."),
        )
    return agency
