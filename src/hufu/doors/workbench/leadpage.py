"""What the page of a lead shows, put together from the domain's answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.clocks import explain_clock
from hufu.base.law import book
from hufu.domain.leads import competent, lanes, queries
from hufu.domain.leads.models import Lead, LeadClock
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.doors.look.parts import Fact
from hufu.doors.workbench.capturewants import captures_context
from hufu.doors.workbench.forms.leads import (
    CloseForm,
    PauseForm,
    ReferForm,
    TextForm,
)
from hufu.engines import law
from hufu.engines.detection.reasons import REASONS


@dataclass(frozen=True)
class ShownClock:
    """A legal period with the words that explain its date."""

    clock: LeadClock
    title: str
    source: str
    confirmed: bool
    reasons: tuple[str, ...]


def lead_context(actor: Account, lead: Lead, today: date) -> dict[str, Any]:
    """Return everything the page shows; nothing in it tells who sent the lead."""
    triage = actor.holds("leads:lead:triage")
    merged = list(lead.merged.select_related("referred_from"))
    duplicates = (
        queries.suggest_duplicates(actor, lead)[:5]
        if triage and lead.state in Lead.OPEN
        else []
    )
    return {
        "record": lead,
        "facts": facts_of(lead),
        "reasons": [reason_words(r) for r in lead.reasons],
        "lane_reasons": lane_words(lead),
        "clocks": [shown_clock(c) for c in lead.clocks.all()],
        "duplicates": [(d, [_(reason) for reason in d.reasons]) for d in duplicates],
        "merged": merged,
        "threads": queries.threads_of([lead, *merged]),
        "attachments": lead.attachments.select_related("item", "item__blob"),
        "copies": list(lead.copies.select_related("agency")),
        "suggested": _suggested(lead, today) if triage else [],
        "open": lead.state in Lead.OPEN,
        "may": {
            "triage": triage,
            "extend": actor.holds("cases:case:decide"),
            "open_case": actor.holds("cases:case:open"),
        },
        "open_case_url": case_url(lead),
        "forms": _forms(lead),
        **captures_context(
            lead,
            actor,
            may_ask=triage
            and lead.state in Lead.OPEN
            and actor.holds(Permission.EVIDENCE_CAPTURE),
        ),
        "today": today,
    }


def facts_of(lead: Lead) -> list[Fact]:
    """Return what is known, in the order an officer asks."""
    said: list[tuple[str, object]] = [
        (_("What happened"), lead.get_act_display()),
        (_("Right"), lead.right or ""),
        (_("Kind of right"), lead.get_right_kind_display()),
        (_("Respondent"), lead.respondent_name),
        (_("Unified social credit code"), lead.respondent_uscc),
        (_("Shop or seller"), lead.seller),
        (_("Address on the web"), lead.url),
        (_("Place"), " · ".join(x for x in (place_name(lead), lead.place) if x)),
        (_("Seen on"), lead.occurred_on or ""),
        (_("Goods"), lead.goods),
        (_("Pieces"), "" if lead.quantity is None else lead.quantity),
        (_("Worth"), f"{lead.value} {lead.currency}" if lead.value else ""),
        (_("Sent by"), lead.referred_by),
    ]
    return [Fact(label, value) for label, value in said if value != ""]


def place_name(lead: Lead) -> str:
    """Return the name of the lead's region."""
    return book().regions.name(lead.region).say(get_language() or "en")


def reason_words(reason: Any) -> str:
    """Say a reason in words, whoever gave it."""
    if not isinstance(reason, dict):
        return str(reason)
    if text := reason.get("text"):
        chosen = text if isinstance(text, str) else _bilingual(text)
        return str(chosen)
    code = str(reason.get("code", ""))
    words = STANDING.get(code) or REASONS.get(code, code)
    values = reason.get("values") or reason.get("params") or {}
    try:
        return _(words) % values if values else _(words)
    except (KeyError, TypeError, ValueError):
        return _(words)


def lane_words(lead: Lead) -> list[str]:
    """Say why the lead is in its lane: the rule's reasons, then an officer's."""
    codes = [r for r in lead.lane_reasons if isinstance(r, str)]
    said = [str(r["text"]) for r in lead.lane_reasons if isinstance(r, dict)]
    return [_(words) for words in lanes.words_of(codes)] + said


def shown_clock(clock: LeadClock) -> ShownClock:
    """Explain a clock: its rule, its source, and why the date is what it is."""
    language = get_language() or "en"
    ruling = law.Ruling.from_json(clock.ruling)
    return ShownClock(
        clock=clock,
        title=ruling.title.say(language),
        source=ruling.source.cite(language),
        confirmed=ruling.is_confirmed,
        reasons=tuple(s.say(language) for s in explain_clock(clock).sentences),
    )


def case_url(lead: Lead) -> str:
    """Return where a case is opened from the lead, or where its case is."""
    try:
        if lead.case_id:
            return reverse("workbench:case", args=[lead.case_id])
        return f"{reverse('workbench:case-open')}?lead={lead.pk}"
    except NoReverseMatch:
        return ""


STANDING = {
    "own_right": "The right is yours, or you act for its holder.",
    "registration": "The record shows a registered right, not a name in use.",
    "in_force": "The right was in force on the day.",
    "evidence": "At least one piece of evidence is attached.",
}


def _bilingual(text: dict[str, str]) -> str:
    language = get_language() or "en"
    return text.get("zh" if language.startswith("zh") else "en", "")


def _suggested(lead: Lead, today: date) -> list[competent.Suggestion]:
    matter = competent.Matter(lead.right_kind, lead.act, lead.region)
    return [
        one
        for one in competent.suggest_agencies(matter, today)
        if one.agency.pk != lead.agency_id
    ]


def _forms(lead: Lead) -> dict[str, Any]:
    texts = ("lane", "extend", "message", "answer")
    return {
        "close": CloseForm(prefix="close"),
        "refer": ReferForm(own=lead.agency_id, prefix="refer"),
        "pause": PauseForm(prefix="pause"),
        **{name: TextForm(prefix=name) for name in texts},
    }
