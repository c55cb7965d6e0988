"""What an actor may know about accounts, agencies, and what was done by whom."""

from datetime import date

from django.db.models import Q, QuerySet

from hufu.base.access import Actor
from hufu.base.models import Entry
from hufu.domain.people.bodies import KINDS
from hufu.domain.people.keys import hash_of
from hufu.domain.people.models import Account, Agency, ApiKey
from hufu.domain.people.permissions import Permission
from hufu.domain.people.retention import Term, terms


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Return the officers of the actor's agencies, if and only if they manage them."""
    if not actor.holds(Permission.ACCOUNT_MANAGE):
        return Account.objects.none()
    return Account.objects.filter(agency__in=actor.agencies).order_by("username")


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Return the journal of the actor's agencies, newest first."""
    if not actor.holds(Permission.JOURNAL_READ):
        return Entry.objects.none()
    return Entry.objects.filter(agency__in=actor.agencies).order_by("-pk")


def agencies() -> QuerySet[Agency]:
    """Return the active agencies; that they exist is public."""
    return Agency.objects.filter(active=True)


def kinds_of_body(code: str) -> tuple[str, ...]:
    """Return the kinds of agency that stand for a body, the first choice first."""
    return KINDS.get(code, ())


def visible_keys(actor: Account) -> QuerySet[ApiKey]:
    """Return the actor's own keys and those of the officers they look after."""
    seen = Q(account=actor) | Q(account__in=visible_accounts(actor))
    return ApiKey.objects.filter(seen).select_related("account")


def key_by_token(token: str) -> ApiKey | None:
    """Return the key whose token this is, if key and account are open."""
    return (
        ApiKey.objects.filter(
            token_hash=hash_of(token), closed_at=None, account__is_active=True
        )
        .select_related("account", "account__agency", "account__party")
        .first()
    )


def retention_terms(on: date) -> dict[str, Term]:
    """Return how long personal data is kept on a day, by kind of record."""
    return terms(on)
