"""The investigation: exhibits, registered preservation, the report at its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.journal import record
from hufu.domain.cases import periods
from hufu.domain.cases.guards import Duty, enter, require_officers, team
from hufu.domain.cases.models import (
    Case,
    CaseParty,
    Exhibit,
    Measure,
    MeasureGood,
    Paper,
)
from hufu.domain.cases.queries import evidence_requirements
from hufu.domain.cases.services.access import bearer_labels
from hufu.domain.cases.services.notes import Kind, notify_team
from hufu.domain.cases.services.papers import check_said, file_paper
from hufu.domain.cases.workflow import CASE, RUNNING
from hufu.domain.evidence import queries as evidence_queries
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Capture, Item
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission


@dataclass(frozen=True)
class Good:
    """One line of a list of goods."""

    name: str
    quantity: Decimal
    unit: str
    model: str = ""


@dataclass(frozen=True)
class MeasureFacts:
    """When and where goods were preserved, and with whom they stay."""

    taken_on: date
    place: str
    keeper: str
    goods: Sequence[Good]


@transaction.atomic
def start_investigation(*, actor: Account, at: datetime, case: Case) -> Case:
    """Begin to investigate, with as many officers as the law asks."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    require_officers(case, timezone.localdate(at))
    CASE.take("investigate", case, actor=actor, at=at)
    return case


@transaction.atomic
def add_exhibit(
    *, actor: Account, at: datetime, case: Case, item: Item, purpose: str
) -> Exhibit:
    """Make an item an exhibit: from now on only the team sees it."""
    _investigate(case, actor, at)
    check_said(purpose)
    came_with_lead = Item.objects.filter(
        pk=item.pk, attachment__lead__case_link__case=case
    ).exists()
    seen = evidence_queries.visible_items(actor, at=at).filter(pk=item.pk).exists()
    if not (seen or came_with_lead):
        raise Refusal("not_found", _("There is no such item."))
    if case.exhibits.filter(item=item).exists():
        raise Refusal("already_exhibit", _("This item is an exhibit already."))
    last = case.exhibits.aggregate(top=Max("number"))["top"] or 0
    exhibit = Exhibit.objects.create(
        case=case,
        item=item,
        number=last + 1,
        purpose=purpose.strip(),
        added_at=at,
        added_by=actor.label,
    )
    evidence.restrict_item(actor=actor, at=at, item=item)
    for member in team(case).select_related("account"):
        evidence.grant_item(actor=actor, at=at, item=item, grantee=member.account.label)
    facts = {"exhibit": exhibit.number, "item": str(item.pk)}
    record(case, "add-exhibit", actor=actor, at=at, facts=facts)
    return exhibit


@transaction.atomic
def ask_capture(
    *, actor: Account, at: datetime, case: Case, facts: evidence.CaptureFacts
) -> Capture:
    """Ask for a web page that the case needs; what comes becomes exhibits."""
    _investigate(case, actor, at)
    facts = replace(facts, about=f"case:{case.pk}")
    capture = evidence.ask_capture(actor=actor, at=at, facts=facts)
    said = {"capture": str(capture.pk)}
    record(case, "ask-capture", actor=actor, at=at, facts=said)
    return capture


@transaction.atomic
def take_capture(
    *, actor: Account, at: datetime, case: Case, capture: Capture
) -> list[Exhibit]:
    """Make exhibits of what came of a capture: the archive, and its screenshot.

    Of a page that did not come, what was recorded is an exhibit, too.
    """
    return [
        add_exhibit(actor=actor, at=at, case=case, item=one, purpose=capture.purpose)
        for one in capture.items
    ]


@transaction.atomic
def mark_exhibit(
    *, actor: Account, at: datetime, exhibit: Exhibit, meets: Collection[str]
) -> Exhibit:
    """Note which requirements of the law's evidence lists an exhibit meets."""
    case = exhibit.case
    _investigate(case, actor, at)
    known = evidence_requirements(timezone.localdate(at))
    if not known.keys() >= set(meets):
        raise Refusal(
            "unknown_requirement",
            _("An exhibit cannot be marked with this requirement."),
        )
    exhibit.meets = sorted(set(meets))
    exhibit.save(update_fields=["meets"])
    facts = {"exhibit": exhibit.number, "meets": exhibit.meets}
    record(case, "mark-exhibit", actor=actor, at=at, facts=facts)
    return exhibit


def _investigate(case: Case, actor: Account, at: datetime) -> None:
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if case.state not in RUNNING:
        raise Refusal(
            "wrong_state", _("This is not possible in the record's present state.")
        )
    require_officers(case, timezone.localdate(at))


@transaction.atomic
def disclose_exhibit(
    *, actor: Account, at: datetime, exhibit: Exhibit, disclosed: bool
) -> Exhibit:
    """Show an exhibit to the respondents, or keep it from them again."""
    case = exhibit.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    exhibit.disclosed = disclosed
    exhibit.save(update_fields=["disclosed"])
    move = evidence.grant_item if disclosed else evidence.revoke_item
    for label in bearer_labels(case):
        move(actor=actor, at=at, item=exhibit.item, grantee=label)
    verb = "disclose-exhibit" if disclosed else "withhold-exhibit"
    record(case, verb, actor=actor, at=at, facts={"exhibit": exhibit.number})
    return exhibit


@transaction.atomic
def preserve_goods(
    *, actor: Account, at: datetime, case: Case, facts: MeasureFacts
) -> Measure:
    """Register goods and leave them where they are as evidence (先行登记保存).

    The head of the agency approves it, in urgent cases afterwards.
    """
    _investigate(case, actor, at)
    if not facts.goods:
        raise Refusal("goods_missing", _("List the goods that are preserved."))
    check_said(facts.place)
    check_said(facts.keeper)
    measure = Measure.objects.create(
        case=case,
        taken_on=facts.taken_on,
        place=facts.place,
        keeper=facts.keeper,
        taken_by=actor.label,
    )
    MeasureGood.objects.bulk_create(
        MeasureGood(
            measure=measure,
            line=line,
            name=good.name,
            model=good.model,
            quantity=good.quantity,
            unit=good.unit,
        )
        for line, good in enumerate(facts.goods, start=1)
    )
    periods.start(case, periods.PRESERVATION, facts.taken_on, about=measure.pk)
    kept = {"measure": str(measure.pk), "lines": len(facts.goods)}
    record(case, "preserve-goods", actor=actor, at=at, facts=kept)
    return measure


@transaction.atomic
def approve_measure(*, actor: Account, at: datetime, measure: Measure) -> Measure:
    """Approve a registered preservation as head of the agency."""
    enter(measure.case, actor, Permission.CASE_DECIDE)
    if measure.approved_by:
        raise Refusal("already_decided", _("This was decided already."))
    measure.approved_by = actor.label
    measure.save(update_fields=["approved_by"])
    kept = {"measure": str(measure.pk)}
    record(measure.case, "approve-measure", actor=actor, at=at, facts=kept)
    return measure


@transaction.atomic
def settle_measure(
    *, actor: Account, at: datetime, measure: Measure, outcome: Measure.Outcome
) -> Measure:
    """Decide about preserved goods; without a decision in time the measure ends."""
    case = measure.case
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    if measure.outcome:
        raise Refusal("already_decided", _("This was decided already."))
    today = timezone.localdate(at)
    measure.outcome, measure.outcome_on = outcome, today
    measure.save(update_fields=["outcome", "outcome_on"])
    periods.meet(case, periods.PRESERVATION, today, about=measure.pk)
    kept = {"measure": str(measure.pk), "outcome": outcome.value}
    record(case, "settle-measure", actor=actor, at=at, facts=kept)
    return measure


@transaction.atomic
def submit_for_review(*, actor: Account, at: datetime, case: Case, report: str) -> Case:
    """End the investigation with a report and hand the file to the legal review."""
    enter(case, actor, Permission.CASE_HANDLE, Duty.HANDLER)
    today = timezone.localdate(at)
    require_officers(case, today)
    _check_measures(case)
    if not case.parties.filter(
        role=CaseParty.Role.RESPONDENT, removed_at=None
    ).exists():
        raise Refusal("respondent_missing", _("Name at least one respondent."))
    facts = file_paper(case, Paper.Kind.INVESTIGATION, report, actor, at)
    CASE.take("submit", case, actor=actor, at=at, facts=facts)
    periods.start(case, periods.REVIEW, today)
    notify_team(case, Kind.MOVED, at=at, actor=actor)
    return case


def _check_measures(case: Case) -> None:
    if case.measures.filter(outcome="").exists():
        raise Refusal(
            "measure_open", _("Decide first what becomes of the preserved goods.")
        )
    if case.measures.filter(approved_by="").exists():
        raise Refusal(
            "approval_missing",
            _("The head of the agency must approve the preservation of goods."),
        )
