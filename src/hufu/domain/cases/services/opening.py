"""Opening a case: who is competent, what it is about, and the filing decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import open_record
from hufu.base.law import basis, book
from hufu.domain.cases import periods
from hufu.domain.cases.guards import RECUSAL, Duty, cite, enter, is_involved
from hufu.domain.cases.jurisdiction import Matter, competent_bodies, require_competent
from hufu.domain.cases.models import Case, CaseParty, LeadLink, Override, Paper
from hufu.domain.cases.services.notes import Kind, heads_of, notify, notify_team
from hufu.domain.cases.services.papers import check_said, file_paper
from hufu.domain.cases.services.parties import write_party
from hufu.domain.cases.services.team import Seat, write_participant
from hufu.domain.cases.workflow import CASE
from hufu.domain.leads import queries as lead_queries
from hufu.domain.leads import services as lead_services
from hufu.domain.leads.models import Lead
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.permissions import Permission
from hufu.domain.people.services import PartyFacts, register_party
from hufu.domain.rights.models import Right


@dataclass(frozen=True)
class Designation:
    """By whom and how the agency was designated for one case (指定管辖)."""

    designated_by: str
    document: str
    basis: str
    designated_on: date


@dataclass(frozen=True)
class CaseFacts:
    """What is known when a case is proposed for filing."""

    title: str
    right_kind: str
    act: str
    region: str
    reason: str
    place: str = ""
    summary: str = ""
    right: Right | None = None
    respondents: tuple[PartyFacts, ...] = ()
    discovered_on: date | None = None
    occurred_on: date | None = None
    designation: Designation | None = None
    demo: bool = False


@transaction.atomic
def open_case(
    *, actor: Account, at: datetime, leads: Sequence[Lead], facts: CaseFacts
) -> Case:
    """Propose a case for filing (立案审批), from leads or of one's own motion."""
    agency = _agency(actor)
    _check_facts(facts)
    today = timezone.localdate(at)
    _check_leads(actor, leads, today)
    matter = Matter(facts.right_kind, facts.act, facts.region, today)
    found = competent_bodies(matter)
    if facts.designation is None:
        found = require_competent(agency, matter)
    case = _new_case(agency, facts, _discovered(facts, leads, today), today)
    case.competence = [body.ruling.as_json() for body in found[:1]]
    open_record(
        case,
        "open",
        actor=actor,
        at=at,
        facts={"right_kind": case.right_kind, "act": case.act, "region": case.region}
        | {"leads": [str(lead.pk) for lead in leads]},
    )
    _fill_case(case, actor, at, facts)
    for lead in leads:
        _link_lead(case, lead, actor, at)
    periods.start(case, periods.FILING, case.discovered_on)
    notify(heads_of(case), Kind.MOVED, at=at, case=case)
    return case


def _agency(actor: Account) -> Agency:
    if not actor.holds(Permission.CASE_OPEN) or actor.agency is None:
        raise Refusal("no_permission", _("Your role does not include this act."))
    return actor.agency


def _check_facts(facts: CaseFacts) -> None:
    check_said(facts.reason)
    if not facts.title.strip():
        raise Refusal("title_missing", _("Give the case a title."))
    if not facts.respondents:
        raise Refusal("respondent_missing", _("Name at least one respondent."))
    designation = facts.designation
    if designation and not all(
        t.strip()
        for t in (designation.designated_by, designation.document, designation.basis)
    ):
        raise Refusal(
            "designation_incomplete",
            _("A designation names the body, the document and the legal basis."),
        )


def _check_leads(actor: Account, leads: Sequence[Lead], today: date) -> None:
    seen = lead_queries.visible_leads(actor).filter(pk__in=[x.pk for x in leads])
    if seen.count() != len(leads):
        raise Refusal("not_found", _("There is no such lead."))
    if any(lead.state != Lead.State.ACCEPTED for lead in leads):
        raise Refusal(
            "lead_not_accepted", _("A case is opened from leads that were accepted.")
        )
    if is_involved(actor, list(leads), set()):
        raise Refusal(
            "conflict",
            _("You have an interest in this case and must stand back."),
            basis=basis(RECUSAL, today),
        )


def _discovered(facts: CaseFacts, leads: Sequence[Lead], today: date) -> date:
    """Return when the agency learnt of it: the day of its first lead, or as stated."""
    days = [timezone.localdate(lead.received_at) for lead in leads]
    return min([*days, facts.discovered_on or today])


def _new_case(agency: Agency, facts: CaseFacts, discovered: date, today: date) -> Case:
    # Two officers who open a case at once take turns at the agency's row.
    Agency.objects.select_for_update().get(pk=agency.pk)
    mine = Case.objects.filter(agency=agency, year=today.year)
    serial = 1 + (mine.aggregate(top=Max("serial"))["top"] or 0)
    return Case(
        state=Case.State.PROPOSED,
        agency=agency,
        year=today.year,
        serial=serial,
        number=f"{agency.code}-{today.year}-{serial:05d}",
        right=facts.right,
        right_kind=facts.right_kind,
        act=facts.act,
        title=facts.title.strip(),
        summary=facts.summary.strip(),
        place=facts.place.strip(),
        region=facts.region,
        opened_on=today,
        discovered_on=discovered,
        occurred_on=facts.occurred_on,
        demo=facts.demo,
    )


def _fill_case(case: Case, actor: Account, at: datetime, facts: CaseFacts) -> None:
    for known in facts.respondents:
        party = register_party(actor=actor, at=at, facts=known)
        write_party(case, party, CaseParty.Role.RESPONDENT, at)
    if facts.right is not None and facts.right.holder is not None:
        write_party(case, facts.right.holder, CaseParty.Role.HOLDER, at)
    if facts.designation is not None:
        given = facts.designation
        Override.objects.create(
            case=case,
            designated_by=given.designated_by,
            document=given.document,
            basis=given.basis,
            designated_on=given.designated_on,
            noted_at=at,
            noted_by=actor.label,
        )
    file_paper(case, Paper.Kind.FILING, facts.reason, actor, at)
    seat = Seat(actor, Duty.HANDLER, str(_("opened the case")))
    write_participant(case, seat, actor, at)


def _link_lead(case: Case, lead: Lead, actor: Account, at: datetime) -> None:
    LeadLink.objects.create(case=case, lead=lead)
    lead_services.mark_in_case(
        actor=actor, at=at, lead=lead, case_id=case.pk, case_number=case.number
    )


@transaction.atomic
def file_case(*, actor: Account, at: datetime, case: Case) -> Case:
    """Approve the filing (立案): the period for the decision begins."""
    enter(case, actor, Permission.CASE_DECIDE)
    today = timezone.localdate(at)
    _check_limitation(case)
    CASE.take("file", case, actor=actor, at=at)
    case.filed_on = today
    case.save(update_fields=["filed_on"])
    periods.meet(case, periods.FILING, today)
    periods.start(case, periods.DECISION, today)
    seat = Seat(actor, Duty.DECIDER, str(_("approved the filing")))
    write_participant(case, seat, actor, at)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


def _check_limitation(case: Case) -> None:
    """Refuse to file an act found after the limitation period (APL art. 36)."""
    if case.occurred_on is None:
        return
    limit = book().deadline(periods.LIMITATION, start=case.occurred_on)
    if limit.due_on < case.discovered_on:
        raise Refusal(
            "limitation",
            _("The act was discovered after the limitation period ended on %(day)s.")
            % {"day": limit.due_on},
            basis=cite(limit.ruling),
        )


@transaction.atomic
def refuse_filing(*, actor: Account, at: datetime, case: Case, reason: str) -> Case:
    """Decide that no case is filed (不予立案); the reason stays in the file."""
    enter(case, actor, Permission.CASE_DECIDE)
    today = timezone.localdate(at)
    facts = file_paper(case, Paper.Kind.FILING, reason, actor, at)
    CASE.take("refuse_filing", case, actor=actor, at=at, facts=facts)
    case.ending, case.closed_on = Case.Ending.NOT_FILED, today
    case.save(update_fields=["ending", "closed_on"])
    periods.meet(case, periods.FILING, today)
    periods.drop(case, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case
