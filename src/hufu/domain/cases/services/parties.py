"""The parties of a case: respondents, holders, third parties, and their agents."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, record
from hufu.domain.cases.guards import Duty, enter
from hufu.domain.cases.models import Case, CaseParty
from hufu.domain.cases.services.access import bearer_labels
from hufu.domain.cases.services.papers import check_said
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.people.models import Account, Party
from hufu.domain.people.permissions import Permission
from hufu.domain.people.services import PartyFacts, register_party


@dataclass(frozen=True)
class Authority:
    """Whom an agent represents, proved by what, and until when."""

    represents: CaseParty
    proof: Item
    until_on: date | None = None


def write_party(
    case: Case, party: Party, role: CaseParty.Role, at: datetime
) -> CaseParty:
    """Add a party in a role, or return it where it has that role already."""
    known = case.parties.filter(party=party, role=role, removed_at=None).first()
    return known or CaseParty.objects.create(
        case=case, party=party, role=role, added_at=at
    )


@transaction.atomic
def add_party(
    *, actor: Account, at: datetime, case: Case, role: CaseParty.Role, facts: PartyFacts
) -> CaseParty:
    """Bring a party into the case; its credit code is checked."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if role == CaseParty.Role.AGENT:
        raise Refusal("authority_missing", _("An agent needs a proof of authority."))
    party = write_party(case, register_party(actor=actor, at=at, facts=facts), role, at)
    facts_kept = {"party": str(party.party_id), "role": role.value}
    record(case, "add-party", actor=actor, at=at, facts=facts_kept)
    return party


@transaction.atomic
def add_agent(
    *, actor: Account, at: datetime, case: Case, facts: PartyFacts, authority: Authority
) -> CaseParty:
    """Bring in an agent with a proof that they may speak for a party."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if authority.represents.case_id != case.pk:
        raise Refusal("other_case", _("This party belongs to another case."))
    if authority.represents.removed_at is not None:
        raise Refusal("already_left", _("This party has left the case already."))
    ended = authority.until_on and authority.until_on < timezone.localdate(at)
    if ended:
        raise Refusal("authority_ended", _("This authority has ended."))
    party = register_party(actor=actor, at=at, facts=facts)
    known = case.parties.filter(role=CaseParty.Role.AGENT, removed_at=None)
    if known.filter(party=party).exists():
        raise Refusal("already_joined", _("This agent belongs to the case already."))
    agent = CaseParty.objects.create(
        case=case,
        party=party,
        role=CaseParty.Role.AGENT,
        represents=authority.represents,
        authority=authority.proof,
        authority_until_on=authority.until_on,
        added_at=at,
    )
    kept = {"party": str(agent.party_id), "proof": str(authority.proof.pk)}
    record(case, "add-agent", actor=actor, at=at, facts=kept)
    return agent


@transaction.atomic
def remove_party(
    *, actor: Account, at: datetime, party: CaseParty, reason: str
) -> CaseParty:
    """Take a party out of the case, and its agents; a served respondent stays.

    Their accounts lose sight of what was disclosed to the respondents.
    """
    case = party.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    check_said(reason)
    if party.removed_at is not None:
        raise Refusal("already_left", _("This party has left the case already."))
    if party.services.exists():
        raise Refusal(
            "already_served", _("A party on whom a document was served stays.")
        )
    gone = [party, *party.agents.filter(removed_at=None)]
    for one in gone:
        one.removed_at, one.removal_reason = at, reason
        one.save(update_fields=["removed_at", "removal_reason"])
        kept = {"party": str(one.party_id), "reason_sha256": digest_of(reason)}
        record(case, "remove-party", actor=actor, at=at, facts=kept)
    _end_sight(case, gone, actor, at)
    return party


def _end_sight(case: Case, gone: list[CaseParty], actor: Account, at: datetime) -> None:
    accounts = Account.objects.filter(party__in=[one.party_id for one in gone])
    labels = {one.label for one in accounts} - set(bearer_labels(case))
    for exhibit in case.exhibits.filter(disclosed=True).select_related("item"):
        for label in sorted(labels):
            evidence.revoke_item(actor=actor, at=at, item=exhibit.item, grantee=label)
