"""Saying that a recorded right is one's own, and an officer's answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record, record
from hufu.base.storage import Storage
from hufu.domain.evidence.services import Upload, deposit_item
from hufu.domain.people.models import Account, Party
from hufu.domain.people.permissions import Permission
from hufu.domain.people.services import PartyFacts, register_party
from hufu.domain.rights import queries
from hufu.domain.rights.models import Authority, Claim, Right
from hufu.domain.rights.workflow import CLAIM


@dataclass(frozen=True)
class ClaimFacts:
    """What a claimant says. An agent names the principal it acts for."""

    statement: str = ""
    principal_name: str = ""
    principal_country: str = "CN"


@transaction.atomic
def claim_right(
    *,
    actor: Account,
    at: datetime,
    storage: Storage,
    right: Right,
    facts: ClaimFacts,
    upload: Upload,
) -> Claim:
    """Say that a right is one's own, stated ones too, with a document that shows it."""
    party = _claimant(actor)
    own = queries.rights_of(actor, day=timezone.localdate(at))
    if own.filter(pk=right.pk, is_stated=False):
        raise Refusal("already_yours", _("This right is recorded as yours already."))
    if Claim.objects.filter(right=right, party=party, state="submitted").exists():
        raise Refusal(
            "claim_open", _("You have claimed this right; the answer is under way.")
        )
    agency = queries.claims_office(right)
    if agency is None:
        raise Refusal("no_office", _("No office here can verify claims yet."))
    proof = deposit_item(
        actor=actor, at=at, storage=storage, upload=upload, agency=agency
    )
    claim = Claim(
        state=Claim.State.SUBMITTED,
        agency=agency,
        right=right,
        party=party,
        account=actor,
        proof=proof,
        principal_name=facts.principal_name.strip(),
        principal_country=facts.principal_country,
        statement=facts.statement,
        submitted_at=at,
    )
    told = {"right": str(right.pk), "proof": str(proof.pk), "party": str(party.pk)}
    return open_record(claim, "submit", actor=actor, at=at, facts=told)


def _claimant(actor: Account) -> Party:
    if not actor.holds(Permission.RIGHT_CLAIM):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if actor.party is None:
        raise Refusal("party_missing", _("Your account does not act for anybody yet."))
    return actor.party


@transaction.atomic
def verify_claim(*, actor: Account, at: datetime, claim: Claim) -> Claim:
    """Accept the proof: the right now has this holder, and the agent its authority."""
    right = Right.objects.select_for_update().get(pk=claim.right_id)
    facts = {"right": str(right.pk), "before": str(right.holder_id or "")}
    CLAIM.take("verify", claim, actor=actor, at=at, facts=facts)
    holder = _holder(claim, actor, at)
    if right.holder_id != holder.pk:
        right.monitors.filter(until_on=None).update(until_on=timezone.localdate(at))
    right.holder, right.is_stated = holder, False
    right.save(update_fields=["holder", "is_stated"])
    _decide(claim, actor, at)
    return claim


def _holder(claim: Claim, actor: Account, at: datetime) -> Party:
    """Return whom the claim makes the holder; an agent's principal is written down."""
    if not claim.principal_name:
        return claim.party
    principal = register_party(
        actor=actor,
        at=at,
        facts=PartyFacts(
            kind=Party.Kind.COMPANY,
            name=claim.principal_name,
            country=claim.principal_country,
            demo=claim.party.demo,
        ),
    )
    authority = Authority.objects.create(
        principal=principal,
        agent=claim.party,
        proof=claim.proof,
        from_on=timezone.localdate(at),
    )
    facts = {"principal": str(principal.pk), "agent": str(claim.party_id)}
    record(authority, "grant", actor=actor, at=at, facts=facts)
    return principal


@transaction.atomic
def refuse_claim(
    *, actor: Account, at: datetime, claim: Claim, reason_en: str, reason_zh: str
) -> Claim:
    """Say no, with a reason the claimant reads in either language."""
    if not (reason_en.strip() and reason_zh.strip()):
        raise Refusal("reason_missing", _("Give the reason in both languages."))
    facts = {"reason_en": digest_of(reason_en), "reason_zh": digest_of(reason_zh)}
    CLAIM.take("refuse", claim, actor=actor, at=at, facts=facts)
    claim.reason_en, claim.reason_zh = reason_en.strip(), reason_zh.strip()
    claim.save(update_fields=["reason_en", "reason_zh"])
    _decide(claim, actor, at)
    return claim


@transaction.atomic
def withdraw_claim(*, actor: Account, at: datetime, claim: Claim) -> Claim:
    """Take a claim back before it is answered."""
    if claim.account_id != actor.pk:
        raise Refusal("not_yours", _("Only whoever made the claim may take it back."))
    CLAIM.take("withdraw", claim, actor=actor, at=at)
    _decide(claim, actor, at)
    return claim


def _decide(claim: Claim, actor: Account, at: datetime) -> None:
    claim.decided_at, claim.decided_by = at, actor.label
    claim.save(update_fields=["decided_at", "decided_by"])
