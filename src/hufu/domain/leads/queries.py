"""Everything one may ask about leads. It starts from what one may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.domain.leads import competent, duplicates, flood
from hufu.domain.leads.models import Draft, Lead, Message, SavedFilter
from hufu.domain.leads.receipts import hash_of
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.engines.law import Competent

# How far a list counts. Beyond it says "more than", and costs the same at any size.
COUNTED = 1000
CANDIDATES = 50
HOPS = 10
ORDERS = {
    "newest": ("-received_at", "-id"),
    "oldest": ("received_at", "id"),
    "due": ("next_due_on", "id"),
}
# What a list shows. Who reported is not among it.
LISTED = (
    "id",
    "state",
    "agency_id",
    "origin",
    "right_kind",
    "act",
    "lane",
    "title",
    "seller",
    "respondent_name",
    "received_at",
    "next_due_on",
    "anonymous",
    "taken_back_at",
    "score",
    "demo",
    "right__name",
)
# What duplicates are found by.
COMPARED = (
    "id",
    "state",
    "title",
    "url_key",
    "seller",
    "respondent_name",
    "respondent_uscc",
    "right_id",
)


@dataclass(frozen=True)
class InboxFilter:
    """What an officer wants to see. Empty means everything that is open."""

    words: str = ""
    state: str = "open"
    origin: str = ""
    lane: str = ""
    right_kind: str = ""
    overdue: bool = False
    order: str = "newest"


@dataclass(frozen=True)
class Duplicate:
    """A lead that may be about the same matter, and why."""

    lead: Lead
    score: int
    reasons: list[str]


def visible_leads(actor: Actor) -> QuerySet[Lead]:
    """Leads of the reader's agency; for a party the complaints it made."""
    if actor.holds(Permission.LEAD_READ):
        return Lead.objects.filter(agency__in=actor.agencies)
    if isinstance(actor, Account) and actor.party_id:
        return Lead.objects.filter(complainant=actor.party_id, referred_from=None)
    return Lead.objects.none()


def inbox(actor: Actor, asked: InboxFilter, today: date) -> QuerySet[Lead]:
    """Return the leads of a list, with what a row shows and nothing about senders."""
    leads = visible_leads(actor).select_related("right").only(*LISTED)
    if asked.state == "open":
        leads = leads.filter(state__in=Lead.OPEN)
    elif asked.state != "all":
        leads = leads.filter(state=asked.state)
    for column in ("origin", "lane", "right_kind"):
        if value := getattr(asked, column):
            leads = leads.filter(**{column: value})
    if asked.overdue:
        leads = leads.filter(next_due_on__lt=today)
    # Longer words are rarer: where one is missing, the others are not looked for.
    for word in sorted(asked.words.casefold().split(), key=len, reverse=True):
        leads = leads.filter(search_text__contains=word)
    if asked.order == "due":
        leads = leads.filter(next_due_on__isnull=False)
    return leads.order_by(*ORDERS.get(asked.order, ORDERS["newest"]))


def keys_of(leads: QuerySet[Lead]) -> list[UUID]:
    """Return the keys of a list in its order: `COUNTED` and one if there are more.

    An index holds all a list is chosen by, so that no row is opened; counting and
    showing a page read it once.
    """
    return list(leads.values_list("pk", flat=True)[: COUNTED + 1])


def in_order(leads: QuerySet[Lead], keys: Sequence[UUID]) -> list[Lead]:
    """Return those of the leads that have one of the keys, in the keys' order."""
    found = leads.order_by().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def lead_by_receipt(typed: str) -> Lead:
    """Return the lead a receipt code was given for; refuse a typo and a stranger.

    Raises Refusal with `code_…` where the code was mistyped, `not_found` where it
    is well formed and unknown.
    """
    lead = Lead.objects.filter(receipt_hash=hash_of(typed)).first()
    if lead is None:
        raise Refusal(
            "not_found",
            _("No report has this code. Compare it with your receipt."),
        )
    return lead


def thread_of(lead: Lead) -> Lead:
    """Return where whoever sent `lead` is heard: the last agency it was referred to."""
    for _hop in range(HOPS):
        copy = lead.copies.first() if lead.state == Lead.State.REFERRED else None
        if copy is None:
            break
        lead = copy
    return lead


def standing_of(lead: Lead) -> Lead:
    """Return the lead that decides what becomes of `lead`: referred on or merged."""
    for _hop in range(HOPS):
        if lead.state == Lead.State.MERGED and lead.merged_into is not None:
            lead = lead.merged_into
        elif lead.state == Lead.State.REFERRED and lead.copies.exists():
            lead = thread_of(lead)
        else:
            break
    return lead


def messages_of(lead: Lead) -> QuerySet[Message]:
    """Return what was written about a lead, here and where it was referred from to."""
    return Message.objects.filter(lead__in=_chain(lead)).order_by("at", "pk")


def threads_of(leads: Sequence[Lead]) -> list[tuple[Lead, list[Message]]]:
    """Return what was written about each of several leads, read at once."""
    chains = {lead.pk: _chain(lead) for lead in leads}
    every = Message.objects.filter(lead__in=set().union(*chains.values()))
    read = list(every.order_by("at", "pk"))
    return [
        (lead, [one for one in read if one.lead_id in chains[lead.pk]])
        for lead in leads
    ]


def _chain(lead: Lead) -> set[UUID]:
    chain = {lead.pk, thread_of(lead).pk}
    origin = lead
    while origin.referred_from is not None and len(chain) < HOPS:
        origin = origin.referred_from
        chain.add(origin.pk)
    return chain


def messages_on(lead: Lead, day: date) -> int:
    """Count what a sender wrote on a day."""
    sent = Message.objects.filter(lead=lead, from_officer=False)
    return sent.filter(at__date=day).count()


def senders_of(lead: Lead) -> list[Lead]:
    """Return the leads, merged ones included, behind which somebody waits."""
    group = [lead, *lead.merged.all()]
    return [one for one in group if one.receipt_hash or one.named or one.referred_from]


def suggest_duplicates(actor: Actor, lead: Lead) -> list[Duplicate]:
    """Return likely duplicates among what the actor may see, likeliest first."""
    same = [
        Q(url_key=lead.url_key) if lead.url_key else None,
        Q(seller=lead.seller) if lead.seller else None,
        Q(right=lead.right_id) if lead.right_id else None,
    ]
    seen = visible_leads(actor).only(*COMPARED)
    live = seen.filter(state__in=(*Lead.OPEN, Lead.State.IN_CASE))
    live = live.order_by(*ORDERS["newest"])
    found: dict[object, Lead] = {}
    for condition in same:
        if condition is not None:
            near = live.filter(condition)[:CANDIDATES]
            found.update({one.pk: one for one in near})
    for one in live[:CANDIDATES]:
        found.setdefault(one.pk, one)
    return [
        Duplicate(
            found[like.id], like.score, [duplicates.WORDS[r] for r in like.reasons]
        )
        for like in duplicates.rank(lead, found.values())
    ]


def saved_filters(actor: Account) -> QuerySet[SavedFilter]:
    """Return the views of the inbox the actor keeps."""
    return SavedFilter.objects.filter(account=actor)


def draft_of(key: str, at: datetime) -> Draft | None:
    """Return the draft kept under a key, unless its time is over."""
    return Draft.objects.filter(pk=key, expires_at__gt=at).first()


def expired_drafts(at: datetime) -> list[Draft]:
    """Return drafts whose time is over."""
    return list(Draft.objects.filter(expires_at__lte=at)[:COUNTED])


def file_in_draft(sha256: str) -> bool:
    """Say whether a draft refers to a file."""
    return any(
        file["sha256"] == sha256
        for files in Draft.objects.exclude(files=[]).values_list("files", flat=True)
        for file in files
    )


def recent_reports(at: datetime) -> tuple[int, int, datetime | None]:
    """Count the reports of the last minute: how many, the limit, the first's hour."""
    window = Lead.objects.filter(
        origin=Lead.Origin.REPORT,
        received_at__gt=at - flood.WINDOW,
        received_at__lte=at,
    )
    return _counted(window, "received_at", flood.LIMITS.reports_per_minute)


def recent_drafts(at: datetime) -> tuple[int, int, datetime | None]:
    """Count the drafts begun in the last minute."""
    window = Draft.objects.filter(
        started_at__gt=at - flood.WINDOW, started_at__lte=at + timedelta(seconds=1)
    )
    return _counted(window, "started_at", flood.LIMITS.drafts_per_minute)


def _counted(
    window: "QuerySet[Lead] | QuerySet[Draft]", column: str, limit: int
) -> tuple[int, int, datetime | None]:
    count = window.count()
    first = None
    if count >= limit:
        first = window.order_by(column).values_list(column, flat=True).first()
    return count, limit, first


def competent_bodies(
    right_kind: str, act: str, region: str, on: date
) -> tuple[Competent, ...]:
    """Return the bodies that may act on such a matter; none when no rule names one."""
    return competent.competent_bodies(competent.Matter(right_kind, act, region), on)
