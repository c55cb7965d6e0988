"""Fills an empty database with leads and cases of several agencies, in bulk.

What the services write one by one is written here in batches, in the order the
triggers ask for: an entry, the row it brings into being, then an entry for every step
of the workflow and the state it leads to. Everything in it is invented.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from hufu.base.clocks import start_clock
from hufu.base.journal import digest_of
from hufu.base.models import Entry
from hufu.domain.leads import periods
from hufu.domain.leads.models import Lead, LeadClock, Message
from hufu.domain.leads.receipts import code_of, hash_of
from hufu.domain.leads.services.writing import search_text
from hufu.domain.leads.workflow import LEAD
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Account, Agency, Party
from hufu.domain.people.services import AccountFacts, found_agency, open_account
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.models import Right
from hufu.domain.rights.services.records import record_right

CHUNK = 5000
DAYS = 700
SYSTEM = Clockwork()
# The first agency is the one whose officers are measured: it has most of the work.
AGENCIES = {
    "shenzhen": ("440300", "Shenzhen", "深圳", 60),
    "guangzhou": ("440100", "Guangzhou", "广州", 10),
    "hangzhou": ("330100", "Hangzhou", "杭州", 10),
    "chengdu": ("510100", "Chengdu", "成都", 10),
    "xian": ("610100", "Xi'an", "西安", 10),
}
TEAM = {"intake": 2, "investigator": 12, "reviewer": 3, "director": 1, "supervisor": 1}
WHAT = (
    ("Copied", "tea tins", "仿冒", "茶叶罐"),
    ("Counterfeit", "bearings", "假冒", "轴承"),
    ("Imitated", "running shoes", "仿制", "运动鞋"),
    ("Fake", "phone chargers", "伪造", "手机充电器"),
    ("Unlicensed", "school books", "盗版", "教辅图书"),
    ("Relabelled", "engine oil", "换标", "机油"),
    ("Lookalike", "toothpaste", "近似", "牙膏"),
    ("Misdescribed", "rice", "冒用地理标志", "大米"),
)
WHERE = (
    ("at the night market", "夜市"),
    ("in an online shop", "网店"),
    ("at the wholesale hall", "批发市场"),
    ("in a live stream", "直播间"),
    ("at a street stall", "路边摊"),
)
MARKS = ("Qinglan", "Luyuan", "Hesong", "Yunque", "Baita", "Danfeng")
MARKS += ("青岚", "鹿原", "鹤松", "云雀", "白塔", "丹枫")
KINDS = ("trademark", "trademark", "trademark", "copyright", "design", "invention")
ACTS = {
    "trademark": ("counterfeit_mark", "similar_mark", "sale", "labels"),
    "copyright": ("piracy",),
    "design": ("patent_infringement",),
    "invention": ("patent_infringement", "patent_passing_off"),
}
ORIGINS = ("report", "report", "report", "complaint", "detection", "referral")
# How leads end that do not become a case, of a hundred.
ENDS = {"new": 32, "accepted": 19, "merged": 6, "referred": 5, "closed": 38}
VERBS = {
    "accepted": ("accept",),
    "merged": ("accept", "merge"),
    "referred": ("refer",),
    "closed": ("accept", "close"),
    "in_case": ("accept", "put-in-case"),
}


@dataclass
class Office:
    """An agency with its officers by role."""

    agency: Agency
    place: tuple[str, str]
    staff: dict[str, list[Account]]

    def one(self, role: str, dice: random.Random) -> Account:
        """Pick an officer."""
        return dice.choice(self.staff[role])


@dataclass
class Life:
    """A record and the steps it takes: verb, actor, and when."""

    item: Lead
    steps: list[tuple[str, str, datetime]] = field(default_factory=list)


@dataclass
class World:
    """What leads and cases are made of."""

    at: datetime
    offices: list[Office]
    rights: list[Right]
    sellers: list[Party]
    dice: random.Random
    serials: Counter[tuple[str, int]] = field(default_factory=Counter)


def seed(at: datetime, leads: int, cases: int) -> World:
    """Write so many leads and cases, spread over agencies, states and two years."""
    import seed_cases

    world = _world(at)
    for start in range(0, leads, CHUNK):
        size = min(CHUNK, leads - start)
        share = cases * (start + size) // leads - cases * start // leads
        with transaction.atomic():
            lives = [_lead(world, i, in_case=i < share) for i in range(size)]
            _merge(world, lives)
            seed_cases.write_cases(world, [x.item for x in lives if x.item.case_id])
            _write_leads(world, lives)
            seed_cases.link_cases(x.item for x in lives if x.item.case_id)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def _world(at: datetime) -> World:
    dice = random.Random(2026)  # noqa: S311 - the same rows at every run
    offices = [_office(at, code, *told[:3]) for code, told in AGENCIES.items()]
    sellers = [
        Party(kind="company", name=f"{MARKS[i % 12]} {i:04d} 贸易 Ltd", region="440300")
        for i in range(2000)
    ]
    Party.objects.bulk_create(sellers)
    rights = [
        record_right(
            actor=SYSTEM,
            at=at,
            row=RightRow("trademark", f"{MARKS[i % 12]} {i}", "bench", str(i)),
        )
        for i in range(200)
    ]
    return World(at, offices, rights, sellers, dice)


def _office(at: datetime, code: str, region: str, en: str, zh: str) -> Office:
    name_en, name_zh = f"{en} Market Regulation", f"{zh}市市场监督管理局"
    agency = Agency(
        code=code, kind="market", name_en=name_en, name_zh=name_zh, region=region
    )
    found_agency(actor=SYSTEM, at=at, agency=agency)
    staff = {}
    for role, count in TEAM.items():
        facts = [
            AccountFacts(f"{role}-{code}-{i}", role, agency=agency, full_name=role)
            for i in range(count)
        ]
        staff[role] = [open_account(actor=SYSTEM, at=at, facts=one) for one in facts]
    return Office(agency, (en, zh), staff)


def _lead(world: World, number: int, *, in_case: bool) -> Life:
    dice = world.dice
    shares = [told[3] for told in AGENCIES.values()]
    office = dice.choices(world.offices, shares)[0]
    age = timedelta(days=DAYS * dice.random(), seconds=dice.randrange(86400))
    end = "in_case" if in_case else dice.choices([*ENDS], [*ENDS.values()])[0]
    if end == "new":
        age /= 10
    lead = _stated(world, office, world.at - age, number)
    life = Life(lead)
    actor = office.one("intake", dice).label
    for days, verb in enumerate(VERBS.get(end, ()), 1):
        life.steps.append((verb, actor, lead.received_at + timedelta(days=days)))
    if end == "in_case":
        agency, year = office.agency, timezone.localdate(lead.received_at).year
        world.serials[agency.pk, year] += 1
        serial = world.serials[agency.pk, year]
        lead.case_id = uuid.uuid4()
        lead.case_number = f"{agency.pk}-{year}-{serial:05d}"
    if end == "closed":
        lead.reason = dice.choice(("no_infringement", "not_enough", "handled"))
    return life


def _stated(world: World, office: Office, at: datetime, number: int) -> Lead:
    dice = world.dice
    kind, origin = dice.choice(KINDS), dice.choice(ORIGINS)
    what, where, mark = dice.choice(WHAT), dice.choice(WHERE), dice.choice(MARKS)
    chinese = dice.random() < 0.5
    title = f"{what[0]} {mark} {what[1]} {where[0]}"
    if chinese:
        title = f"{office.place[1]}{where[1]}{what[2]}“{mark}”{what[3]}"
    right = dice.choice(world.rights) if origin in ("complaint", "detection") else None
    seller = dice.choice(world.sellers)
    anonymous = origin == "report" and dice.random() < 0.5
    receipt = hash_of(code_of(dice.randbytes(16))) if origin == "report" else None
    lead = Lead(
        state="new",
        agency=office.agency,
        origin=origin,
        right=right,
        right_kind="trademark" if right else kind,
        act=dice.choice(ACTS["trademark" if right else kind]),
        lane=dice.choice(("simple", "complex")),
        title=title,
        details="Seen twice this week. 本周见到两次。" * dice.randrange(1, 12),
        respondent_name=seller.name if dice.random() < 0.6 else "",
        place=f"{office.place[1]} {number % 400}",
        region=office.agency.region,
        seller=f"shop {dice.randrange(20000)} 小店",
        goods=what[3] if chinese else what[1],
        quantity=dice.randrange(1, 5000),
        received_at=at,
        anonymous=anonymous,
        reporter_name="" if anonymous or origin != "report" else "A. Reporter",
        receipt_hash=receipt,
        reasons=[{"text": "the same name"}] if origin == "detection" else [],
        score=dice.random() if origin == "detection" else None,
    )
    lead.search_text = search_text(lead, right)
    return lead


def _merge(world: World, lives: list[Life]) -> None:
    """Give merged leads a target of the same agency that is still worked on."""
    live: dict[str, list[Lead]] = {}
    for life in lives:
        if not {"merge", "refer", "close"} & {step[0] for step in life.steps}:
            live.setdefault(life.item.agency_id, []).append(life.item)
    for life in lives:
        if life.steps and life.steps[-1][0] == "merge":
            life.item.merged_into = world.dice.choice(live[life.item.agency_id])


def _write_leads(world: World, lives: list[Life]) -> None:
    leads = [life.item for life in lives]
    clocks = [_lead_clock(life) for life in lives]
    open_rows(leads, "receive", [(x.received_at, "reporter") for x in leads])
    LeadClock.objects.bulk_create(clocks)
    Message.objects.bulk_create(
        Message(lead=x, at=x.received_at, author="reporter", body="?", from_officer=0)
        for x in leads
        if world.dice.random() < 0.1
    )
    walk(LEAD.steps, [(life.item, life.steps) for life in lives])


def _lead_clock(life: Life) -> LeadClock:
    lead, on = life.item, timezone.localdate(life.item.received_at)
    rule = periods.verification_rule(lead)
    due_on, ruling = counted(rule, on)
    clock = LeadClock(lead=lead, rule=rule, started_on=on, due_on=due_on, ruling=ruling)
    over = [s for s in life.steps if s[0] != "accept"]
    if over:
        clock.met_on = lead.decided_on = timezone.localdate(over[0][2])
    else:
        lead.next_due_on = due_on
    return clock


@cache
def counted(rule: str, on: object) -> tuple[object, object]:
    """Let the law count a period once for every day."""
    clock = start_clock(LeadClock(), rule=rule, on=on)
    return clock.due_on, clock.ruling


def open_rows(items: Sequence, act: str, told: Iterable[tuple[datetime, str]]) -> None:
    """Insert records, each with the entry that brings it into being."""
    entries = [
        entry(item, act, actor, at, "", item.state)
        for item, (at, actor) in zip(items, told, strict=True)
    ]
    Entry.objects.bulk_create(entries)
    for item, made in zip(items, entries, strict=True):
        item.entry = made
    type(items[0]).objects.bulk_create(items)


def walk(table: dict, lives: Sequence[tuple]) -> None:
    """Take the first step of every record, then the second, and so on."""
    for number in range(max(len(steps) for _, steps in lives)):
        moved = [(item, steps[number]) for item, steps in lives if len(steps) > number]
        entries = []
        for item, (verb, actor, at) in moved:
            before, item.state = item.state, table[verb].target
            entries.append(entry(item, verb, actor, at, before, item.state))
        Entry.objects.bulk_create(entries)
        _update([item for item, _ in moved], entries)


def _update(items: Sequence, entries: Sequence[Entry]) -> None:
    meta = type(items[0])._meta  # noqa: SLF001 - Django calls its own API private
    rows = [
        (item.state, made.pk, meta.pk.get_db_prep_value(item.pk, connection))
        for item, made in zip(items, entries, strict=True)
    ]
    sql = f"UPDATE {meta.db_table} SET state = %s, entry_id = %s WHERE id = %s"  # noqa: S608 - the name of a table
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def entry(item: object, act: str, actor: str, at: datetime, *change: str) -> Entry:
    """Write an entry as the journal does; `change` is the state before and after."""
    before, after = change or ("", "")
    return Entry(
        at=at,
        actor=actor,
        agency=item.agency_id,
        subject_kind=item.subject_kind,
        subject_id=str(item.pk),
        act=act,
        before=before,
        after=after,
        facts={"sha256": digest_of(act)},
    )
