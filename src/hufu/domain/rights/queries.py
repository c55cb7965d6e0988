"""Asking for rights: their status on a day, by name, and what an account may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from hufu.base.access import Actor
from hufu.base.text import names, query_terms
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import ROLES, Permission
from hufu.domain.rights.keys import holder_term, key_of
from hufu.domain.rights.models import (
    Authority,
    Claim,
    Import,
    Licence,
    Monitor,
    Register,
    Right,
    RightEvent,
    Status,
)
from hufu.domain.rights.protection import OPEN_ENDED, Protection, protection_of
from hufu.domain.rights.registers import STATED
from hufu.domain.rights.status import ARISING, BEARING, ENDINGS, status_of
from hufu.engines.detection import normalise

# What one search reads at most; who gets more is asked to say more.
MOST = 2000


def status_on(right: Right, day: date) -> Status:
    """Say the status of a right on a day."""
    return status_of(right, right.events.all(), day)


def protection_on_record(right: Right) -> Protection:
    """Say how long a right lasts, with the rules that set its last day."""
    renewals = right.events.filter(kind=RightEvent.Kind.RENEWED)
    return protection_of(right, renewals.values_list("on", flat=True))


def with_status(rights: QuerySet[Right], day: date) -> QuerySet[Right]:
    """Add `status`, as `status_on` would say it, to every right of a query."""
    told = RightEvent.objects.filter(right=OuterRef("pk"))
    bearing = told.filter(kind__in=BEARING, on__lte=day).order_by("-on", "-pk")
    last = Subquery(bearing.values("kind")[:1])
    void = told.filter(kind=RightEvent.Kind.INVALIDATED)
    started = Q(kind__in=ARISING) & (
        Q(arose_on__lte=day) | Q(arose_on=None, filed_on__lte=day)
    )
    begun = Q(registered_on__lte=day) | started
    undated = Q(arose_on=None, filed_on=None, registered_on=None)
    lasting = Q(ends_on__isnull=False) | Q(kind__in=OPEN_ENDED)
    return rights.annotate(  # type: ignore[no-redef]  # the model only declares it
        last_told=last,
        status=Case(
            When(is_registration=False, then=Value(Status.NAME_IN_USE)),
            When(Exists(void), then=Value(Status.INVALIDATED)),
            When(last_told__in=ENDINGS, then=F("last_told")),
            When(
                ends_on__lt=day,
                renewable_until_on__gte=day,
                then=Value(Status.RENEWABLE),
            ),
            When(ends_on__lt=day, then=Value(Status.EXPIRED)),
            When(begun & lasting, then=Value(Status.IN_FORCE)),
            When(begun, then=Value(Status.UNKNOWN)),
            When(undated & Q(kind__in=ARISING), then=Value(Status.IN_FORCE)),
            When(undated, then=Value(Status.UNKNOWN)),
            When(filed_on__lte=day, then=Value(Status.PENDING)),
            default=Value(Status.NOT_YET),
        ),
    )


def in_force_on(day: date) -> QuerySet[Right]:
    """Return the rights in force on a day, names in use left out."""
    every = with_status(Right.objects.all(), day)
    return every.filter(status=Status.IN_FORCE)  # type: ignore[misc]  # annotated above


def monitored_rights(day: date) -> QuerySet[Right]:
    """Return the rights in force on a day whose holder has them watched that day."""
    watched = Monitor.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day), right=OuterRef("pk"), since_on__lte=day
    )
    return in_force_on(day).filter(Exists(watched))


def licences_on(day: date) -> QuerySet[Licence]:
    """Return the licences and authorisations that run on a day."""
    return Licence.objects.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


def public_rights() -> QuerySet[Right]:
    """Return what everybody may look up.

    Trade secrets are never among it, nor what a holder wrote down and does not list.
    """
    return Right.objects.filter(is_listed=True).exclude(kind=Right.Kind.TRADE_SECRET)


def visible_rights(actor: Actor) -> QuerySet[Right]:
    """Return a right if, and only if, it is public, the actor's, or claimed there."""
    rights = Right.objects.all()
    if actor.holds(Permission.IMPORT_RUN):
        return rights
    own = Q(claims__agency__in=actor.agencies)
    if isinstance(actor, Account) and actor.party_id:
        own |= Q(holder=actor.party_id)
    mine = Right.objects.filter(own).values("pk")
    listed = Q(is_listed=True) & ~Q(kind=Right.Kind.TRADE_SECRET)
    return rights.filter(listed | Q(pk__in=mine))


def rights_of(account: Account, *, day: date) -> QuerySet[Right]:
    """Return the rights the account's party holds, or may act for as agent on a day."""
    if account.party_id is None:
        return Right.objects.none()
    principals = Authority.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day),
        agent=account.party_id,
        from_on__lte=day,
    ).values("principal")
    return Right.objects.filter(Q(holder=account.party_id) | Q(holder__in=principals))


def stated_by(account: Account) -> QuerySet[Right]:
    """Return what the account's party wrote down itself without a register."""
    if account.party_id is None:
        return Right.objects.none()
    return Right.objects.filter(register=STATED, holder=account.party_id)


def claims_of(account: Account) -> QuerySet[Claim]:
    """Return the claims an account made, the latest first."""
    return Claim.objects.filter(account=account).order_by("-submitted_at")


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """Return a claim if, and only if, it was made to one of the actor's agencies."""
    claims = Claim.objects.filter(agency__in=actor.agencies)
    return claims.select_related("right", "party", "proof", "account")


def claims_office(right: Right) -> Agency | None:
    """Return the office that looks at claims on a right: one whose officers may.

    An intellectual property office before others, the higher before the lower.
    """
    roles = [r for r, acts in ROLES.items() if Permission.RIGHT_VERIFY in acts]
    able = Agency.objects.filter(
        active=True, officers__role__in=roles, officers__is_active=True
    )
    first = {Right.Kind.COPYRIGHT: Agency.Kind.COPYRIGHT}.get(
        Right.Kind(right.kind), Agency.Kind.IP_OFFICE
    )
    rank = Case(When(kind=first, then=0), default=1)
    return able.distinct().order_by(rank, "level", "code").first()


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """Return the imports of an agency's officers and those the operator ran."""
    if not actor.holds(Permission.IMPORT_RUN):
        return Import.objects.none()
    return Import.objects.filter(Q(agency__in=actor.agencies) | Q(agency=None))


def registers() -> QuerySet[Register]:
    """Return the registers that hold rights here."""
    return Register.objects.all()


@dataclass(frozen=True)
class Search:
    """What somebody looks for. Blank fields ask nothing."""

    day: date
    text: str = ""
    number: str = ""
    holder: str = ""
    kind: str = ""
    nice: int | None = None
    register: str = ""
    status: str = ""

    @property
    def blank(self) -> bool:
        """Say whether nothing was asked."""
        words = (self.text, self.number, self.holder)
        return not any((*words, self.kind, self.nice, self.register, self.status))


@dataclass(frozen=True)
class Found:
    """The rights found, best first, by their keys; `more` if there were too many."""

    keys: list[Any]
    more: bool

    def rights(self, start: int, stop: int, *, day: date) -> list[Right]:
        """Read a stretch of what was found, with the status on a day."""
        wanted = self.keys[start:stop]
        rights = with_status(Right.objects.filter(pk__in=wanted), day)
        read = rights.select_related("register").prefetch_related("classes").in_bulk()
        return [read[key] for key in wanted if key in read]


def search_rights(search: Search, *, among: QuerySet[Right] | None = None) -> Found:
    """Find rights by whole words, beginnings of words or Chinese characters.

    A name that is the text itself comes first, then names with its words in full.
    """
    rights = _narrowed(public_rights() if among is None else among, search)
    texts = [t for t in (search.text, search.holder) if t.strip()]
    if not texts:
        ordered = rights.order_by("name", "pk").values_list("pk", flat=True)
        keys = list(ordered[: MOST + 1])
        return Found(keys[:MOST], len(keys) > MOST)
    asked = query_terms(search.text)
    held = {holder_term(term) for term in query_terms(search.holder)}
    if (search.text.strip() and not asked) or (search.holder.strip() and not held):
        return Found([], more=False)
    candidates = rights
    for term in sorted(asked | held, key=len, reverse=True):
        candidates = candidates.filter(terms__term=term)
    whole = rights.filter(name_key=key_of(search.text)) if asked else rights.none()
    columns = ("pk", "name", "holder_name", "name_key")
    rows = list(candidates.order_by().values_list(*columns)[: MOST + 1])
    exact = list(whole.order_by().values_list(*columns)[:MOST])
    return Found(_ranked(exact + rows[:MOST], search), more=len(rows) > MOST)


def _narrowed(rights: QuerySet[Right], search: Search) -> QuerySet[Right]:
    """Apply everything that is asked besides words."""
    if search.number.strip():
        rights = rights.filter(number=search.number.strip())
    if search.kind:
        rights = rights.filter(kind=search.kind)
    if search.register:
        rights = rights.filter(register=search.register)
    if search.nice:
        rights = rights.filter(classes__number=search.nice)
    if search.status:
        told = with_status(rights, search.day)
        rights = told.filter(status=search.status)  # type: ignore[misc]  # annotated above
    return rights


def _ranked(rows: list[tuple[Any, str, str, str]], search: Search) -> list[Any]:
    """Drop what shares the terms and not the words; put the nearest names first."""
    key, words = key_of(search.text), f" {normalise(search.text)} "
    fitting: dict[Any, tuple[bool, bool, bool, int, str]] = {}
    for pk, name, holder, name_key in rows:
        said = name_key == key or names(search.text, name)
        if (not search.text.strip() or said) and (
            not search.holder.strip() or names(search.holder, holder)
        ):
            whole, begins = words in f" {normalise(name)} ", name_key.startswith(key)
            fitting[pk] = (name_key != key, not whole, not begins, len(name), name)
    return sorted(fitting, key=lambda pk: (fitting[pk], str(pk)))
