"""Everything one may ask about notices: the public's view, and the officers'."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from hufu.base.access import Actor
from hufu.base.journal import leaf_of
from hufu.base.law import book
from hufu.base.models import Entry
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.publication.models import ListDay, Notice
from hufu.domain.publication.patterns import Kind
from hufu.domain.publication.redaction import Piece, Span, pieces, propose
from hufu.domain.publication.services import PUBLISH_RULE
from hufu.domain.publication.sources import HEADING, LANGUAGES, known_of, source_of
from hufu.domain.publication.workflow import NOTICE
from hufu.domain.remedies import queries as remedies
from hufu.domain.remedies.models import Decision
from hufu.domain.rights.models import Claim
from hufu.engines.law import Deadline

TAKE_DOWN = "deadlines.publication.withdrawal"
LIVE = (Notice.State.DRAFTED, Notice.State.CONFIRMED, Notice.State.PUBLISHED)


def public_notices(day: date) -> QuerySet[Notice]:
    """Return what the public may read on a day: published, and its term not over.

    The term counts here and not only in the job that ends notices, so that none
    stays visible because a job was late.
    """
    return Notice.objects.filter(
        state=Notice.State.PUBLISHED, published_on__lte=day, until_on__gte=day
    ).select_related("agency")


def search_notices(notices: QuerySet[Notice], words: str) -> QuerySet[Notice]:
    """Keep the notices that hold every word in what the public reads."""
    for word in words.split():
        notices = notices.filter(
            Q(title_en__icontains=word)
            | Q(title_zh__icontains=word)
            | Q(body_en__icontains=word)
            | Q(body_zh__icontains=word)
            | Q(respondent__icontains=word)
            | Q(uscc__iexact=word)
        )
    return notices


def is_gone(notice_id: UUID, day: date) -> bool:
    """Say whether a notice was public once and no longer is."""
    return (
        Notice.objects.filter(pk=notice_id)
        .exclude(published_on=None)
        .exclude(pk__in=public_notices(day))
        .exists()
    )


@dataclass(frozen=True)
class Reference:
    """An entry of the journal, as an outsider may quote and check it."""

    act: str
    on: date
    digest: str
    batch: int | None


def references_of(notice: Notice) -> list[Reference]:
    """Return the journal entries behind a notice: the decision's, then its own."""
    entries = Entry.objects.filter(
        Q(subject_kind="remedies.decision", subject_id=str(notice.decision_id))
        | Q(subject_kind="publication.notice", subject_id=str(notice.pk)),
        act__in=("approve", "issue", "serve", "confirm", "publish"),
    ).select_related("place")
    return [
        Reference(
            act=entry.act,
            on=entry.at.date(),
            digest=hashlib.sha256(leaf_of(entry)).hexdigest(),
            batch=entry.place.batch_id if hasattr(entry, "place") else None,
        )
        for entry in entries.order_by("pk")
    ]


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """Notices of the actor's agencies."""
    return Notice.objects.filter(agency__in=actor.agencies).select_related(
        "agency", "decision__case", "decision__agency", "drafted_by", "confirmed_by"
    )


def readable_notices(actor: Account) -> QuerySet[Notice]:
    """Notices whose file the officer may read: their page holds its words."""
    return visible_notices(actor).filter(decision__in=remedies.visible_decisions(actor))


@dataclass(frozen=True)
class Due:
    """A decision that waits to be published, and the last day for it."""

    decision: Decision
    notice: Notice | None
    deadline: Deadline

    @property
    def due_on(self) -> date:
        """The last day on which publishing is in time."""
        return self.deadline.due_on


def publications_due(actor: Actor) -> list[Due]:
    """Return the decisions of the actor's agencies not yet published, first due first.

    A decision whose notice was withdrawn or has expired is no longer due.
    """
    waiting = remedies.decisions_to_publish(actor).exclude(
        notices__state__in=(
            Notice.State.PUBLISHED,
            Notice.State.WITHDRAWN,
            Notice.State.EXPIRED,
        )
    )
    found = [
        Due(d, d.notices.filter(state__in=LIVE).first(), deadline)
        for d in waiting
        if d.decided_on is not None
        and (deadline := book().deadline(PUBLISH_RULE, start=d.decided_on))
    ]
    return sorted(found, key=lambda due: due.due_on)


def takedowns_due(actor: Actor) -> list[tuple[Notice, Deadline]]:
    """Return notices still shown although their decision was revoked."""
    stale = visible_notices(actor).filter(
        state=Notice.State.PUBLISHED, decision__state=Decision.State.REVOKED
    )
    return [
        (notice, book().deadline(TAKE_DOWN, start=notice.decision.revoked_on))
        for notice in stale
        if notice.decision.revoked_on is not None
    ]


@dataclass(frozen=True)
class Passage:
    """One proposed passage with the words around it, for a person to judge."""

    language: str
    span: Span
    piece: Piece

    @property
    def place(self) -> str:
        """Name the passage in a form: language, start, end."""
        return f"{self.language}:{self.span.start}:{self.span.end}"


def proposal_for(decision: Decision, language: str) -> tuple[str, tuple[Span, ...]]:
    """Return a decision's words and the passages that should go."""
    source = source_of(decision, language)
    return source, propose(source, known_of(decision))


def live_notice(decision: Decision) -> Notice | None:
    """Return the notice of a decision that is drafted, confirmed or shown."""
    return decision.notices.filter(state__in=LIVE).first()


def proposed_pieces(decision: Decision, language: str) -> tuple[Piece, ...]:
    """Return a decision's words with the proposal marked, for officers of the file."""
    source, spans = proposal_for(decision, language)
    return _readable(pieces(source, spans, language))


def passages_of(decision: Decision) -> list[Passage]:
    """Return every proposed passage of both languages, to be judged one by one."""
    found = []
    for language in LANGUAGES:
        source, spans = proposal_for(decision, language)
        marked = (p for p in pieces(source, spans, language) if p.mark)
        found += [Passage(language, s, p) for s, p in zip(spans, marked, strict=True)]
    return found


def open_acts(notice: Notice, actor: Account) -> list[str]:
    """Return the acts the actor may do now; the drafter never confirms."""
    verbs = NOTICE.open_verbs(notice, actor=actor)
    if actor.pk == notice.drafted_by_id:
        verbs = [verb for verb in verbs if verb != "confirm"]
    if notice.decision.served_on is None:
        verbs = [verb for verb in verbs if verb != "publish"]
    return verbs


def difference(notice: Notice, language: str) -> tuple[Piece, ...]:
    """Return the decision's words with what the notice leaves out marked.

    For officers of the file only: it holds the unredacted words.
    """
    spans = [
        Span(s["start"], s["end"], Kind(s["kind"])) for s in notice.redactions[language]
    ]
    return _readable(pieces(source_of(notice.decision, language), spans, language))


def _readable(cut: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Drop the signs that mark headings in the stored words."""
    return tuple(replace(p, text=p.text.replace(HEADING, "")) for p in cut)


def last_change() -> datetime | None:
    """Return when anything the public sees, or saw, last changed."""
    ever = Notice.objects.exclude(published_on=None)
    changed: datetime | None = ever.aggregate(at=Max("changed_at"))["at"]
    return changed


def list_day(name: str, day: date) -> ListDay | None:
    """Return a list's day, if it was written down; its rows stay in the database."""
    found = ListDay.objects.filter(name=name, day=day).defer("rows")
    return found.select_related("entry").first()


def list_days(since: date) -> QuerySet[ListDay]:
    """Return the heads of all lists from a day on, newest first."""
    found = ListDay.objects.filter(day__gte=since).defer("rows")
    return found.select_related("entry", "entry__leaf")


def own_codes(account: Account) -> frozenset[str]:
    """Return the credit code of whom an account acts for, if an officer checked it.

    Somebody who signs up says so themselves; that opens nobody's past.
    """
    party = account.party
    if party is None or not party.uscc:
        return frozenset()
    verified = party.claims.filter(state=Claim.State.VERIFIED)
    checked = account.role == "respondent" or verified.exists()
    return frozenset({party.uscc}) if checked else frozenset()


def may_ask(
    account: Account | None, own: Collection[str], code: str, *, past: bool
) -> bool:
    """Say whether somebody may ask about a code: of today anybody may.

    Of past days the party itself, whose codes are `own`, and officers, who say why.
    """
    if not past or code in own:
        return True
    return account is not None and account.holds(Permission.LIST_ENQUIRE)
