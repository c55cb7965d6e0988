"""Everything that happens to a notice: proposed, confirmed, published, taken down."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hufu.base.access import Actor
from hufu.base.errors import Refusal
from hufu.base.journal import digest_of, open_record
from hufu.base.law import book
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.publication.models import Notice
from hufu.domain.publication.redaction import Span, find, merge, propose, redact
from hufu.domain.publication.sources import (
    LANGUAGES,
    code_of,
    is_person,
    known_of,
    respondents,
    source_digest,
    source_of,
)
from hufu.domain.publication.workflow import NOTICE
from hufu.domain.remedies.models import Decision
from hufu.engines.law import Ruling

PUBLISH_RULE = "deadlines.publication.penalty"
DISPLAY_RULES = {
    Notice.Term.OTHER: "deadlines.publication.display_other",
    Notice.Term.MINOR: "deadlines.publication.display_minor",
}
STANDING = (Decision.State.APPROVED, Decision.State.ISSUED, Decision.State.EXECUTED)


@dataclass(frozen=True)
class Choices:
    """What the drafting officer changes in the proposal, and for how long it shows.

    `keep` holds the places (language, start, end) of proposed passages that stay,
    `extra` more words to leave out, by language.
    """

    keep: frozenset[tuple[str, int, int]] = frozenset()
    keep_reason: str = ""
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: str = Notice.Term.OTHER
    term_reason: str = ""


@transaction.atomic
def draft_notice(
    *, actor: Account, at: datetime, decision: Decision, choices: Choices
) -> Notice:
    """Propose how the public shall read a decision."""
    if not actor.holds(Permission.PUBLICATION_DRAFT):
        raise Refusal("no_permission", _("Your role does not include this act."))
    _require_standing(decision, actor)
    live = (Notice.State.DRAFTED, Notice.State.CONFIRMED, Notice.State.PUBLISHED)
    if decision.notices.filter(state__in=live).exists():
        raise Refusal("notice_exists", _("There is a notice of this decision already."))
    if decision.decided_on is None:
        raise Refusal("not_decided", _("Only a decision that was made is published."))
    due = book().deadline(PUBLISH_RULE, start=decision.decided_on)
    notice = Notice(
        state=Notice.State.DRAFTED,
        agency=decision.agency,
        decision=decision,
        publish_by_on=due.due_on,
        publish_ruling=due.ruling.as_json(),
        decided_on=decision.decided_on,
        right_kind=decision.case.right_kind,
        region=decision.case.region,
        drafted_by=actor,
        demo=decision.case.demo,
    )
    _compose(notice, choices, at)
    open_record(notice, "draft", actor=actor, at=at, facts=_facts(notice))
    return notice


@transaction.atomic
def revise_notice(
    *, actor: Account, at: datetime, notice: Notice, choices: Choices
) -> Notice:
    """Choose again what is left out; whoever does so becomes the drafter."""
    _require_standing(notice.decision, actor)
    _compose(notice, choices, at)
    NOTICE.take("revise", notice, actor=actor, at=at, facts=_facts(notice))
    notice.drafted_by = actor
    notice.save()
    return notice


@transaction.atomic
def confirm_notice(
    *, actor: Account, at: datetime, notice: Notice, seen: str
) -> Notice:
    """Confirm as a second officer the words read, named by their digest `seen`."""
    NOTICE.check("confirm", notice, actor=actor)
    _require_standing(notice.decision, actor)
    if actor.pk == notice.drafted_by_id:
        raise Refusal("same_person", _("Whoever drafted a notice does not confirm it."))
    _require_same_words(notice, seen)
    _require_nobody_left(notice)
    NOTICE.take("confirm", notice, actor=actor, at=at, facts={"words": seen})
    notice.confirmed_by, notice.changed_at = actor, at
    notice.save(update_fields=["confirmed_by", "changed_at"])
    return notice


@transaction.atomic
def reopen_notice(*, actor: Account, at: datetime, notice: Notice) -> Notice:
    """Take a confirmation back, so that the notice can be changed."""
    NOTICE.take("reopen", notice, actor=actor, at=at)
    notice.confirmed_by, notice.changed_at = None, at
    notice.save(update_fields=["confirmed_by", "changed_at"])
    return notice


@transaction.atomic
def publish_notice(*, actor: Account, at: datetime, notice: Notice) -> Notice:
    """Show the notice to the public until its term ends."""
    NOTICE.check("publish", notice, actor=actor)
    _require_standing(notice.decision, actor)
    if notice.decision.served_on is None:
        raise Refusal(
            "not_served",
            _("A decision is published once it has been served on the party."),
        )
    _require_same_words(notice, words_digest(notice))
    today = timezone.localdate(at)
    term = book().deadline(DISPLAY_RULES[Notice.Term(notice.term)], start=today)
    facts = {
        "published_on": today.isoformat(),
        "until_on": term.due_on.isoformat(),
        "publish_by_on": notice.publish_by_on.isoformat(),
        "words": words_digest(notice),
    }
    # The row must have its term when the state becomes `published`: a constraint
    # looks at both.
    notice.published_on, notice.until_on = today, term.due_on
    notice.display_ruling, notice.changed_at = term.ruling.as_json(), at
    notice.save(
        update_fields=["published_on", "until_on", "display_ruling", "changed_at"]
    )
    NOTICE.take("publish", notice, actor=actor, at=at, facts=facts)
    return notice


@transaction.atomic
def withdraw_notice(
    *, actor: Account, at: datetime, notice: Notice, reason: str
) -> Notice:
    """Take a notice away: revoked, changed, or published by mistake."""
    if not reason.strip():
        raise Refusal("reason_missing", _("Say why the notice is withdrawn."))
    facts = {"reason": digest_of(reason.strip())}
    NOTICE.take("withdraw", notice, actor=actor, at=at, facts=facts)
    notice.withdrawn_on = timezone.localdate(at)
    notice.withdrawal_reason, notice.changed_at = reason.strip(), at
    notice.save(update_fields=["withdrawn_on", "withdrawal_reason", "changed_at"])
    return notice


def expire_notices(*, actor: Actor, at: datetime) -> int:
    """End the notices whose term has passed; each in its own transaction."""
    today = timezone.localdate(at)
    over = Notice.objects.filter(
        state=Notice.State.PUBLISHED, until_on__lt=today, agency__in=actor.agencies
    )
    return sum(_expire(notice, actor, at) for notice in over.iterator())


@transaction.atomic
def _expire(notice: Notice, actor: Actor, at: datetime) -> int:
    facts = {"until_on": str(notice.until_on)}
    NOTICE.take("expire", notice, actor=actor, at=at, facts=facts)
    notice.changed_at = at
    notice.save(update_fields=["changed_at"])
    return 1


def words_digest(notice: Notice) -> str:
    """Return the digest of everything the public would read."""
    read = (notice.title_en, notice.title_zh, notice.body_en, notice.body_zh)
    return digest_of(json.dumps(read, ensure_ascii=False))


def _require_standing(decision: Decision, actor: Account) -> None:
    if not decision.open_to(actor):
        raise Refusal("not_found", _("There is no such decision."))
    if decision.state not in STANDING:
        raise Refusal("not_decided", _("Only a decision that was made is published."))


def _compose(notice: Notice, choices: Choices, at: datetime) -> None:
    """Fill the notice with redacted words, and check the choices made about them."""
    decision, known = notice.decision, known_of(notice.decision)
    spans, kept, bodies = {}, {}, {}
    for language in LANGUAGES:
        source = source_of(decision, language)
        proposed = propose(source, known)
        stays = [s for s in proposed if (language, s.start, s.end) in choices.keep]
        more = [s for w in choices.extra.get(language, ()) for s in find(source, w)]
        gone = merge([*(s for s in proposed if s not in stays), *more])
        spans[language], kept[language] = _json(gone), _json(stays)
        bodies[language] = redact(source, gone, language)
    if any(kept.values()) and not choices.keep_reason.strip():
        raise Refusal(
            "keep_unexplained",
            _("Say why words that look like personal data shall stay."),
        )
    _set_term(notice, choices)
    notice.body_en, notice.body_zh = bodies["en"], bodies["zh"]
    notice.redactions, notice.kept = spans, kept
    notice.kept_reason = choices.keep_reason.strip()
    notice.source_sha256, notice.changed_at = source_digest(decision), at
    _set_heading(notice)
    notice.results = _results(decision)


def _json(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"start": s.start, "end": s.end, "kind": s.kind.value} for s in spans]


def _set_term(notice: Notice, choices: Choices) -> None:
    if choices.term not in Notice.Term.values:
        raise Refusal("term_unknown", _("Choose one of the two terms."))
    minor = choices.term == Notice.Term.MINOR
    if (
        minor
        and notice.decision.penalties.exclude(kind__in=("fine", "warning")).exists()
    ):
        raise Refusal(
            "not_minor",
            _("The short term is for a low fine alone; this decision orders more."),
            basis=book()
            .on(notice.decided_on, DISPLAY_RULES[Notice.Term.MINOR])
            .source.cite("en"),
        )
    if minor and not choices.term_reason.strip():
        raise Refusal(
            "term_unexplained",
            _("Name the provincial rule under which this fine counts as low."),
        )
    notice.term, notice.term_reason = choices.term, choices.term_reason.strip()


def _set_heading(notice: Notice) -> None:
    parties, known = respondents(notice.decision.case), known_of(notice.decision)
    title = Ruling.from_json(notice.decision.range["rulings"][0]).title
    for language in LANGUAGES:
        names = "、".join(
            redact(p.name, propose(p.name, known), language) for p in parties
        )
        with translation.override(code_of(language)):
            words = _("%(names)s: penalty for “%(violation)s”") % {
                "names": names,
                "violation": title.say(language),
            }
        setattr(notice, f"title_{language}", words[:300])
    notice.respondent = "、".join(
        redact(p.name, propose(p.name, known), "zh") for p in parties
    )[:300]
    firms = [p for p in parties if not is_person(p)]
    notice.uscc = firms[0].uscc if firms else ""


def _results(decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "kind": p.kind,
            "amount": str(p.amount) if p.amount is not None else None,
            "currency": p.currency,
            "source": p.ruling["source"],
            "rule": p.ruling["rule"],
            "since": p.ruling["since"],
            "confidence": p.ruling["confidence"],
        }
        for p in decision.penalties.all()
    ]


def _require_same_words(notice: Notice, seen: str) -> None:
    if seen != words_digest(notice) or notice.source_sha256 != source_digest(
        notice.decision
    ):
        raise Refusal(
            "changed_meanwhile",
            _("The words have changed since they were read. Load the notice again."),
        )


def _require_nobody_left(notice: Notice) -> None:
    """Look again at the words to be shown; only what was kept on purpose may remain."""
    known = known_of(notice.decision)
    for language in LANGUAGES:
        body = notice.body_en if language == "en" else notice.body_zh
        left = propose(body, known)
        if len(left) > len(notice.kept.get(language, [])):
            raise Refusal(
                "person_left",
                _("Words that look like personal data are left. Draft it again."),
            )


def _facts(notice: Notice) -> dict[str, Any]:
    return {
        "words": words_digest(notice),
        "left_out": {k: len(v) for k, v in notice.redactions.items()},
        "kept": {k: len(v) for k, v in notice.kept.items()},
        "publish_by_on": notice.publish_by_on.isoformat(),
        "term": notice.term,
    }
