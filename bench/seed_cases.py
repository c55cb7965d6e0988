"""Cases for measurements: each with team, respondent, periods, papers, exhibits."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from seed import Office, World, counted, entry, open_rows, walk

from hufu.base.journal import digest_of
from hufu.base.models import Entry
from hufu.domain.cases import periods
from hufu.domain.cases.models import (
    Case,
    CaseClock,
    CaseParty,
    Exhibit,
    LeadLink,
    Notification,
    Paper,
    Participant,
    Task,
)
from hufu.domain.cases.workflow import CASE
from hufu.domain.evidence.models import Blob, Item
from hufu.domain.leads.models import Lead

PATH = ("file", "investigate", "submit", "review", "notify", "decide", "serve", "close")
# How far cases have come, of a hundred: the number of steps on the path.
REACHED = {0: 4, 1: 8, 2: 20, 3: 6, 4: 4, 5: 10, 6: 4, 7: 14, 8: 24, -1: 3, -2: 3}
ACTORS = {"review": 2, "file": 3, "refuse_filing": 3, "decide": 3, "close": 3}
DUTIES = ("handler", "handler", "reviewer", "decider")
Step = tuple[str, str, datetime]


def write_cases(world: World, leads: list[Lead]) -> None:
    """Write a case for every lead given, before the leads themselves are written."""
    if not leads:
        return
    offices = {office.agency.pk: office for office in world.offices}
    lives = [_case(world, offices[lead.agency_id], lead) for lead in leads]
    opened = [(_instant(case), team[0].label) for case, team, _ in lives]
    clocks = [clock for case, _, steps in lives for clock in _clocks(case, steps)]
    open_rows([case for case, _, _ in lives], "open", opened)
    CaseClock.objects.bulk_create(clocks)
    for case, team, _ in lives:
        _people(world, case, team)
    for rows in _rows(world, lives):
        type(rows[0]).objects.bulk_create(rows)
    _exhibits(world, lives)
    walk(CASE.steps, [(case, steps) for case, _, steps in lives])


def link_cases(leads: Iterable[Lead]) -> None:
    """Tie cases to the leads they follow from."""
    LeadLink.objects.bulk_create(
        LeadLink(case_id=lead.case_id, lead=lead) for lead in leads
    )


def _instant(case: Case) -> datetime:
    midnight = datetime.combine(case.opened_on, datetime.min.time())
    return timezone.make_aware(midnight + timedelta(hours=10))


def _case(world: World, office: Office, lead: Lead) -> tuple[Case, list, list[Step]]:
    dice = world.dice
    agency, year, serial = lead.case_number.rsplit("-", 2)
    on = timezone.localdate(lead.received_at)
    case = Case(
        id=lead.case_id,
        state="proposed",
        agency_id=agency,
        year=int(year),
        serial=int(serial),
        number=lead.case_number,
        right=lead.right,
        right_kind=lead.right_kind,
        act=lead.act,
        title=lead.title,
        summary=lead.details,
        place=lead.place,
        region=lead.region,
        opened_on=on + timedelta(days=2),
        discovered_on=on,
    )
    team = dice.sample(office.staff["investigator"], 2)
    team += [office.one("reviewer", dice), office.one("director", dice)]
    return case, team, _steps(world, case, team)


def _steps(world: World, case: Case, team: list) -> list[Step]:
    reached = world.dice.choices([*REACHED], [*REACHED.values()])[0]
    verbs = PATH[:reached]
    if reached < 0:
        verbs = ("refuse_filing",) if reached == -1 else (*PATH[:2], "withdraw")
    at, steps = _instant(case), []
    for verb in verbs:
        at += timedelta(days=world.dice.randrange(1, 20))
        steps.append((verb, team[ACTORS.get(verb, 0)].label, at))
    days = {verb: timezone.localdate(when) for verb, _, when in steps}
    case.filed_on, case.decided_on = days.get("file"), days.get("decide")
    ends = {"refuse_filing": "not_filed", "withdraw": "withdrawn", "close": "penalty"}
    for verb, ending in ends.items():
        if verb in days:
            case.ending, case.closed_on = ending, days[verb]
    return steps


def _clocks(case: Case, steps: list[Step]) -> list[CaseClock]:
    days = {verb: timezone.localdate(at) for verb, _, at in steps}
    over = days.get("withdraw") or days.get("refuse_filing")
    told = [(periods.FILING, case.discovered_on, days.get("file") or over)]
    if case.filed_on:
        told.append((periods.DECISION, case.filed_on, case.decided_on or over))
    if "submit" in days:
        told.append((periods.REVIEW, days["submit"], days.get("review")))
    if "decide" in days:
        told.append((periods.SERVICE, days["decide"], days.get("serve")))
    clocks = [_clock(case, *one) for one in told]
    if "notify" in days:
        answer = _clock(case, periods.STATEMENT, days["notify"], days.get("decide"))
        answer.side = CaseClock.Side.RESPONDENT
        clocks.append(answer)
    running = [c.due_on for c in clocks if c.running and c.side == "agency"]
    case.next_due_on = min(running, default=None)
    return clocks


def _clock(case: Case, rule: str, on: date, met: date | None) -> CaseClock:
    due_on, ruling = counted(rule, on)
    return CaseClock(
        case=case, rule=rule, started_on=on, due_on=due_on, ruling=ruling, met_on=met
    )


def _people(world: World, case: Case, team: list) -> None:
    at = _instant(case)
    case.team = [
        Participant(
            case=case,
            account=account,
            duty=duty,
            reason="needed for the case",
            added_at=at,
            added_by=team[0].label,
        )
        for account, duty in zip(team, DUTIES, strict=True)
    ]
    seller = world.dice.choice(world.sellers)
    case.respondent = CaseParty(case=case, party=seller, role="respondent", added_at=at)


def _rows(world: World, lives: list) -> list[list]:
    cases = [case for case, _, _ in lives]
    told = [
        Notification(account=one, case=case, kind="moved", at=_instant(case))
        for case, team, _ in lives
        for one in team[:2]
    ]
    for one in told:
        one.read_at = one.at if world.dice.random() < 0.9 else None
    tasks = [
        Task(
            case=case,
            title="Ask the market for its records",
            assignee=team[0],
            due_on=case.opened_on + timedelta(days=20),
            added_at=_instant(case),
            added_by=team[1].label,
            done_at=_instant(case) if world.dice.random() < 0.9 else None,
        )
        for case, team, _ in lives
    ]
    papers = [
        Paper(case=case, kind=kind, at=at, author=actor, body="Text. 正文。" * 60)
        for case, _, steps in lives
        for (verb, actor, at) in steps
        if (kind := {"submit": "investigation", "review": "review"}.get(verb))
    ]
    joined = [
        entry(case, "join", team[3].label, _instant(case))
        for case, team, _ in lives
        for _ in team[1:]
    ]
    people = [one for case in cases for one in case.team]
    every = (told, tasks, papers, joined, people, [case.respondent for case in cases])
    return [rows for rows in every if rows]


def _exhibits(world: World, lives: list) -> None:
    """Give two exhibits to every second case."""
    shown = [(case, team[0]) for case, team, _ in lives if world.dice.random() < 0.5]
    made = [(case, one, n) for case, one in shown for n in (1, 2)]
    items = [_item(case, one.label, n) for case, one, n in made]
    if not items:
        return
    Blob.objects.bulk_create(item.blob for item in items)
    told = [(item.collected_at, item.collected_by) for item in items]
    open_rows(items, "deposit", told)
    Exhibit.objects.bulk_create(
        Exhibit(
            case=case,
            item=item,
            number=number,
            purpose="shows the sale",
            added_at=item.collected_at,
            added_by=one.label,
        )
        for (case, one, number), item in zip(made, items, strict=True)
    )
    Entry.objects.bulk_create(
        entry(case, "add-exhibit", one.label, _instant(case)) for case, one, _ in made
    )


def _item(case: Case, label: str, number: int) -> Item:
    at = _instant(case)
    name = f"photo {number}.jpg"
    sha256 = digest_of(f"{case.pk} {name}")
    blob = Blob(sha256=sha256, size=90_000, media_type="image/jpeg", stored_at=at)
    return Item(
        state="held",
        agency_id=case.agency_id,
        blob=blob,
        name=name,
        collected_at=at,
        collected_by=label,
        keeper=label,
    )
