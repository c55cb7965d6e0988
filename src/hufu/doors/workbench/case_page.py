"""What the page of one case shows, gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.law import book
from hufu.domain.cases import queries
from hufu.domain.cases.agenda import Agenda
from hufu.domain.cases.models import Case, CaseClock, Exhibit, Submission
from hufu.domain.cases.words import words_of
from hufu.domain.evidence.queries import visible_items
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.models import Right
from hufu.doors.look.parts import Event, Fact, Step
from hufu.doors.workbench.capturewants import captures_context
from hufu.doors.workbench.case_forms import PAGE_ACTS, PARTY_ACTS, TEAM_ACTS, offered
from hufu.doors.workbench.case_standing import standings_of

CHAIN = (
    "proposed",
    "filed",
    "investigating",
    "in_review",
    "notified",
    "decided",
    "served",
    "closed",
)
# States beside the chain stand at the link they belong to.
BESIDE = {"reviewed": "in_review", "hearing": "notified", "collective": "notified"}
EVENTS_SHOWN = 60


@dataclass(frozen=True)
class Row:
    """A period of the case as a table shows it."""

    clock: CaseClock
    title: str
    why_url: str


def chain_of(case: Case) -> list[Step]:
    """Show how far the case has come."""
    ended = case.state in ("not_filed", "withdrawn", "transferred")
    here = BESIDE.get(case.state, case.state)
    at = CHAIN.index(here) if here in CHAIN else None
    steps = []
    for number, state in enumerate(CHAIN):
        if at is None:
            known = ("proposed",) if case.filed_on is None else ("proposed", "filed")
            mark = "done" if state in known else "next"
        else:
            mark = "done" if number < at else "now" if number == at else "next"
        label = case.state_label if mark == "now" else Case.State(state).label
        if case.state == "closed":
            mark = "done"
        steps.append(Step(str(label), mark))
    if ended:
        done = [step for step in steps if step.state == "done"]
        return [*done, Step(case.state_label, "now")]
    return steps


def facts_of(case: Case) -> list[Fact]:
    """Show what the case is about. A lead is named, whoever sent it is not."""
    facts = [
        Fact(_("Infringing act"), case.get_act_display()),
        Fact(_("Kind of right"), Right.Kind(case.right_kind).label),
        Fact(_("Right"), case.right.name if case.right else "—"),
        Fact(_("Place"), case.place or _region(case)),
        Fact(_("Agency"), agency_name(case)),
        Fact(_("Opened on"), case.opened_on),
    ]
    facts.extend(
        Fact(_("Opened from"), _("lead %s") % link.lead.reference)
        for link in case.lead_links.select_related("lead")
    )
    if hasattr(case, "override"):
        given = case.override
        text = f"{given.designated_by}, {given.document} ({given.basis})"
        facts.append(Fact(_("Designated by"), text))
    if case.ending:
        facts.append(Fact(_("Outcome"), case.get_ending_display()))
    return facts


def _region(case: Case) -> str:
    """Return the name of the case's region."""
    return book().regions.name(case.region).say(get_language() or "en")


def agency_name(case: Case) -> str:
    """Name the agency in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return case.agency.name_zh if chinese else case.agency.name_en


def clock_title(clock: CaseClock) -> str:
    """Name a period in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return str(clock.title["zh" if chinese else "en"])


def clocks_of(case: Case) -> list[Row]:
    """List every period, running ones first, each with its reason."""
    clocks = list(case.clocks.all())
    clocks.sort(key=lambda c: (not c.running, c.due_on))
    return [
        Row(c, clock_title(c), reverse("workbench:case-why", args=[case.pk, c.pk]))
        for c in clocks
    ]


def events_of(case: Case) -> list[Event]:
    """Tell the journal of the case in words, newest first."""
    entries = list(queries.timeline(case)[:EVENTS_SHOWN])
    names = queries.names_of({entry.actor for entry in entries})
    return [
        Event(e.at, words_of(e.act), by=names.get(e.actor) or _by(e.actor))
        for e in entries
    ]


def _by(label: str) -> str:
    kinds = {"system": _("system"), "bearer": _("respondent"), "party": _("party")}
    return kinds.get(label.partition(":")[0], label)


def acts_of(case: Case, actor: Account) -> dict[str, Any]:
    """Sort the open acts by the place where they stand; each form is fetched alone."""
    acts = {code: form.title for code, form in offered(case, actor).items()}
    may_capture = "add_exhibit" in acts and actor.holds(Permission.EVIDENCE_CAPTURE)
    beside = (*PARTY_ACTS, *TEAM_ACTS, *PAGE_ACTS)
    return {
        "acts": [(code, title) for code, title in acts.items() if code not in beside],
        "party_acts": [(code, acts[code]) for code in PARTY_ACTS if code in acts],
        "team_acts": [(code, acts[code]) for code in TEAM_ACTS if code in acts],
        "may_mark": "mark_exhibits" in acts,
        **captures_context(case, actor, may_ask=may_capture),
    }


def open_items(
    actor: Account, exhibits: Iterable[Exhibit], sent: Iterable[Submission]
) -> set[UUID]:
    """Name the items of the file that the actor may open, not only read of."""
    # Asked by their keys: tied to the case in the query, all items would be read.
    items = {one.item_id for one in exhibits}
    items.update(item.pk for one in sent for item in one.items.all())
    return set(visible_items(actor).filter(pk__in=items).values_list("pk", flat=True))


def context_of(case: Case, actor: Account, today: date) -> dict[str, Any]:
    """Gather everything one screen shows about a case."""
    # Its list, its evidence lists and its acts all read the exhibits: once is enough.
    exhibits = Exhibit.objects.select_related("item__blob")
    prefetch_related_objects([case], Prefetch("exhibits", exhibits))
    submissions = case.submissions.prefetch_related("items").order_by("-at")
    return {
        "case": case,
        "agenda": Agenda(case, today).steps(),
        "chain": chain_of(case),
        "facts": facts_of(case),
        "clocks": clocks_of(case),
        "events": events_of(case),
        **acts_of(case, actor),
        "parties": case.parties.filter(removed_at=None).select_related(
            "party", "represents__party"
        ),
        "team": case.participants.filter(removed_at=None).select_related(
            "account__agency"
        ),
        "exhibits": case.exhibits.all(),
        "standings": standings_of(case, today),
        "open_items": open_items(actor, case.exhibits.all(), submissions),
        "tasks": case.tasks.filter(done_at=None).select_related("assignee"),
        "submissions": submissions,
        "papers": case.papers.order_by("-at"),
        "intention": case.intentions.order_by("at").last(),
        "services": case.services.select_related("party__party"),
        "measures": case.measures.prefetch_related("goods"),
    }
