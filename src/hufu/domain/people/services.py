"""Writing down agencies, accounts and parties."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.base.models import Entry
from hufu.domain.people import queries, uscc
from hufu.domain.people.keys import hash_of
from hufu.domain.people.models import Account, Agency, ApiKey, Erasure, Party
from hufu.domain.people.permissions import OFFICER_ROLES, Permission

MOST_KEYS = 20
TOKEN_LENGTH = 32
NOTHING_KEPT = "—"


@dataclass(frozen=True)
class PartyFacts:
    """What is known about a person or organisation when it is first written down."""

    kind: str
    name: str
    name_other: str = ""
    country: str = "CN"
    region: str = ""
    uscc: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    demo: bool = False


@dataclass(frozen=True)
class AccountFacts:
    """Who an account is for. A party's account has no agency, an officer's has one."""

    username: str
    role: str
    password: str | None = None
    agency: Agency | None = None
    party: Party | None = None
    email: str = ""
    full_name: str = ""
    language: str = "en"


@transaction.atomic
def register_party(*, actor: Actor, at: datetime, facts: PartyFacts) -> Party:
    """Write down a party, or return the one that already has this credit code."""
    code = facts.uscc.strip().upper()
    if not facts.name.strip():
        raise Refusal("name_missing", _("Give the party's name."))
    if code and not uscc.is_valid(code):
        raise Refusal(
            "uscc_invalid",
            _("This is not a valid unified social credit code; check each character."),
            basis="GB 32100-2015",
        )
    if code and (known := Party.objects.filter(uscc=code, erased_at=None).first()):
        return known
    party = Party.objects.create(**{**asdict(facts), "uscc": code})
    record(party, "register", actor=actor, at=at, facts={"kind": party.kind})
    return party


@transaction.atomic
def open_account(*, actor: Actor, at: datetime, facts: AccountFacts) -> Account:
    """Open an account for an officer or a party's representative."""
    if (facts.role in OFFICER_ROLES) != (facts.agency is not None):
        raise Refusal("agency_missing", _("An officer's account names an agency."))
    if facts.agency:
        _may_staff(actor, facts.agency)
    if Account.objects.filter(username=facts.username).exists():
        raise Refusal("username_taken", _("This user name is taken; choose another."))
    account = Account.objects.create_user(
        facts.username,
        email=facts.email,
        password=facts.password,
        role=facts.role,
        agency=facts.agency,
        party=facts.party,
        first_name=facts.full_name,
        language=facts.language,
    )
    record(account, "open", actor=actor, at=at, facts={"role": account.role})
    return account


def _may_staff(actor: Actor, agency: Agency) -> None:
    """Refuse whoever does not look after the accounts of `agency`."""
    own = agency.pk in actor.agencies or actor.holds(Permission.AGENCY_FOUND)
    if not (own and actor.holds(Permission.ACCOUNT_MANAGE)):
        raise Refusal("no_permission", _("Your role does not include this act."))


@transaction.atomic
def close_account(*, actor: Actor, at: datetime, account: Account) -> Account:
    """Lock an account for good; what it did stays in the journal."""
    if account.agency:
        _may_staff(actor, account.agency)
    if account.label == actor.label:
        # Otherwise an agency could lose its last administrator by one click.
        text = _("Your own account is closed by another administrator.")
        raise Refusal("own_account", text)
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(account, "close", actor=actor, at=at)
    return account


@transaction.atomic
def choose_language(*, actor: Account, at: datetime, language: str) -> Account:
    """Remember the language an account reads."""
    actor.language = language
    actor.save(update_fields=["language"])
    record(actor, "choose-language", actor=actor, at=at, facts={"language": language})
    return actor


@transaction.atomic
def found_agency(*, actor: Actor, at: datetime, agency: Agency) -> Agency:
    """Add an agency, or bring its names up to date; its code never changes."""
    if not actor.holds(Permission.AGENCY_FOUND):
        raise Refusal("no_permission", _("Your role does not include this act."))
    before = Agency.objects.filter(pk=agency.pk).values().first()
    agency.save()
    if before != Agency.objects.filter(pk=agency.pk).values().get():
        _record_agency(agency, actor, at)
    return agency


def _record_agency(agency: Agency, actor: Actor, at: datetime) -> None:
    record(agency, "found", actor=actor, at=at, facts={"region": agency.region})


@transaction.atomic
def represent_party(*, actor: Account, at: datetime, facts: PartyFacts) -> Party:
    """Say whom a signed-up account stands for. Said once; an officer corrects it.

    A party with this credit code that others already stand for is not handed over
    to whoever knows its code.
    """
    if actor.agency_id or actor.party_id:
        raise Refusal("already_known", _("It is already recorded whom you act for."))
    party = register_party(actor=actor, at=at, facts=facts)
    if party.accounts.exists():
        raise Refusal(
            "party_taken",
            _("Another account acts for this organisation. Ask it to let you in."),
        )
    actor.party = party
    actor.save(update_fields=["party"])
    record(party, "represent", actor=actor, at=at, facts={"account": str(actor.pk)})
    return party


@transaction.atomic
def open_key(*, actor: Account, at: datetime, name: str, token: str) -> ApiKey:
    """Let programs act for the actor; `token` was made by the door and is not kept."""
    if not name.strip():
        raise Refusal("name_missing", _("Say what the key is for."))
    if len(token) < TOKEN_LENGTH:
        raise ValueError("a token needs at least 32 characters")
    if actor.api_keys.filter(closed_at=None).count() >= MOST_KEYS:
        raise Refusal("too_many_keys", _("Close a key before you open another."))
    key = ApiKey.objects.create(
        account=actor, name=name.strip()[:100], token_hash=hash_of(token), opened_at=at
    )
    record(key, "open", actor=actor, at=at, facts={"account": str(actor.pk)})
    return key


@transaction.atomic
def close_key(*, actor: Account, at: datetime, key: ApiKey) -> ApiKey:
    """Close a key for good: one's own, or that of an officer one looks after."""
    if not queries.visible_keys(actor).filter(pk=key.pk).exists():
        raise Refusal("not_found", _("There is no such key."))
    if key.closed_at is not None:
        raise Refusal("closed_already", _("This key is closed already."))
    key.closed_at = at
    key.save(update_fields=["closed_at"])
    record(key, "close", actor=actor, at=at, facts={"account": str(key.account_id)})
    return key


def note_use(*, at: datetime, key: ApiKey) -> None:
    """Remember the day a key was last used, so that idle keys can be found.

    No act of anybody, so no entry; written once a day, so that reading stays cheap.
    """
    day = timezone.localdate(at)
    older = Q(last_used_on=None) | Q(last_used_on__lt=day)
    if key.last_used_on != day:
        ApiKey.objects.filter(older, pk=key.pk).update(last_used_on=day)


@transaction.atomic
def erase_party(*, actor: Actor, at: datetime, party: Party, term: str) -> Party:
    """Empty what a party is known by. What it did stays, under its key."""
    if not actor.holds(Permission.RETENTION_RUN):
        raise Refusal("no_permission", _("Your role does not include this act."))
    if party.erased_at is not None:
        raise Refusal("erased_already", _("This was erased already."))
    party.name, party.erased_at = NOTHING_KEPT, at
    emptied = ["name_other", "uscc", "address", "email", "phone"]
    for column in emptied:
        setattr(party, column, "")
    party.save(update_fields=["name", "erased_at", *emptied])
    entry = record(party, "erase", actor=actor, at=at, facts={"term": term})
    note_erasure(entry=entry, term=term)
    return party


def note_erasure(*, entry: Entry, term: str) -> Erasure:
    """Remember that personal data was erased, by the entry of the act it is part of."""
    return Erasure.objects.create(
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        term=term,
        at=entry.at,
    )
