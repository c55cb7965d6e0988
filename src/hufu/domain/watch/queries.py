"""Asking for what machines saw: sources, feeds, sightings, sweeps, matches."""

from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import pgettext_lazy

from hufu.base.access import Actor
from hufu.domain.leads.models import Lead, Reason
from hufu.domain.people.models import Account
from hufu.domain.rights import queries as rights_queries
from hufu.domain.rights.models import Right, Status
from hufu.domain.watch.models import Feed, Match, Sighting, Source, Sweep

# What somebody may meet who files, buys or uses a name: an application has its day,
# a term that is over may be renewed, and a name in use may be an earlier right.
STANDING = (
    Status.IN_FORCE,
    Status.PENDING,
    Status.RENEWABLE,
    Status.NAME_IN_USE,
)
NAMES = (Right.Kind.TRADEMARK, Right.Kind.GEOGRAPHICAL_INDICATION)


class Verdict(TextChoices):
    """What a person said of a match, through the lead it became."""

    CONFIRMED = "confirmed", pgettext_lazy("verdict", "worth a look")
    UNFOUNDED = "unfounded", pgettext_lazy("verdict", "unfounded")
    OPEN = "open", pgettext_lazy("verdict", "not judged yet")


def visible_sources(actor: Actor) -> QuerySet[Source]:
    """Return a source if, and only if, it is of one of the actor's agencies."""
    return Source.objects.filter(agency__in=actor.agencies)


def own_sources(account: Account) -> QuerySet[Source]:
    """Return the sources a platform's account may send feeds for."""
    if account.party_id is None:
        return Source.objects.none()
    return Source.objects.filter(platform=account.party_id)


def visible_feeds(actor: Actor) -> QuerySet[Feed]:
    """Return the feeds of the sources the actor may see, the latest first."""
    feeds = Feed.objects.filter(source__agency__in=actor.agencies)
    return feeds.select_related("source")


def visible_sightings(actor: Actor) -> QuerySet[Sighting]:
    """Return the sightings of the sources the actor may see, the latest first."""
    sightings = Sighting.objects.filter(source__agency__in=actor.agencies)
    return sightings.select_related("source")


def visible_sweeps(actor: Actor) -> QuerySet[Sweep]:
    """Return the sweeps of the sources the actor may see, the latest first."""
    sweeps = Sweep.objects.filter(source__agency__in=actor.agencies)
    return sweeps.select_related("source")


def visible_matches(actor: Actor) -> QuerySet[Match]:
    """Return the matches in sightings the actor may see, best first."""
    matches = Match.objects.filter(sighting__source__agency__in=actor.agencies)
    return matches.select_related("sighting", "right", "lead")


def standing_names(day: date) -> QuerySet[Right]:
    """Return what the public register holds of names that stand on a day."""
    named = rights_queries.public_rights().filter(kind__in=NAMES).exclude(name="")
    told = rights_queries.with_status(named, day)
    return told.filter(status__in=STANDING)  # type: ignore[misc]  # annotated above


def narrow_sightings(
    sightings: QuerySet[Sighting], *, text: str = "", source: str = "", only: str = ""
) -> QuerySet[Sighting]:
    """Narrow to words of title, brand or shop, to a source, to matches or leads."""
    words = text.strip()
    if words:
        sightings = sightings.filter(
            Q(title__icontains=words)
            | Q(brand__icontains=words)
            | Q(shop_name__icontains=words)
        )
    if source:
        sightings = sightings.filter(source__code=source)
    found = Match.objects.filter(sighting=OuterRef("pk"), excused=False)
    if only == "matched":
        sightings = sightings.filter(Exists(found))
    elif only == "lead":
        sightings = sightings.filter(Exists(found.filter(lead__isnull=False)))
    return sightings


def feeds_of(sweep: Sweep) -> QuerySet[Feed]:
    """Return the feeds a sweep compares: those it took, or all finished before it."""
    feeds = Feed.objects.filter(source=sweep.source_id).order_by("pk")
    if sweep.scope == Sweep.Scope.NEW:
        return feeds.filter(sweep=sweep)
    return feeds.filter(finished_at__lte=sweep.started_at)


def openable(sweep: Sweep) -> QuerySet[Match]:
    """Return the matches that may become leads, best first: one lead an offer.

    An offer that has a lead for the same right already, perhaps in other words,
    opens no second one.
    """
    led = Match.objects.filter(
        lead__isnull=False,
        right=OuterRef("right"),
        sighting__source=sweep.source_id,
        sighting__platform=OuterRef("sighting__platform"),
        sighting__offer_id=OuterRef("sighting__offer_id"),
    )
    matches = Match.objects.filter(
        sighting__feed__in=feeds_of(sweep).values("pk"),
        excused=False,
        lead=None,
        score__gte=sweep.source.threshold,
    )
    return (
        matches.exclude(Exists(led)).select_related("sighting").order_by("-score", "pk")
    )


def with_verdict(matches: QuerySet[Match]) -> QuerySet[Match]:
    """Add `verdict`: what a person made of the lead, as a label for measuring."""
    return matches.annotate(
        verdict=Case(
            When(
                lead__state__in=[Lead.State.ACCEPTED, Lead.State.IN_CASE],
                then=Value(Verdict.CONFIRMED),
            ),
            When(
                lead__state=Lead.State.CLOSED,
                lead__reason__in=[
                    Reason.NO_INFRINGEMENT,
                    Reason.AUTHORISED,
                    Reason.NOT_IN_FORCE,
                ],
                then=Value(Verdict.UNFOUNDED),
            ),
            default=Value(Verdict.OPEN),
            output_field=CharField(),
        )
    )


def labelled_matches(actor: Actor) -> QuerySet[Match]:
    """Return the matches whose lead a person has judged, with the verdict."""
    judged = with_verdict(visible_matches(actor))
    return judged.exclude(verdict=Verdict.OPEN)  # type: ignore[misc]  # annotated above


def matches_of_right(right: Right) -> QuerySet[Match]:
    """Return what was seen of one right, for its holder: the latest first."""
    matches = Match.objects.filter(right=right, excused=False)
    return matches.select_related("sighting", "lead").order_by(
        "-sighting__received_at", "-score"
    )


def seen_for(account: Account, *, day: date) -> QuerySet[Match]:
    """Return what was seen of the rights an account holds or acts for."""
    mine = rights_queries.rights_of(account, day=day).values("pk")
    matches = Match.objects.filter(right__in=mine, excused=False)
    return matches.select_related("sighting", "lead", "right").order_by(
        "-sighting__received_at", "-score"
    )
