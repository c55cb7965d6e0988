"""Driving the demonstration, and finding it again on a second run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from hufu.base.journal import sequence_entries
from hufu.base.models import Entry
from hufu.domain.cases.models import Case
from hufu.domain.oversight import services as oversight
from hufu.domain.oversight.models import MonthlyReturn
from hufu.domain.publication.models import Notice
from hufu.domain.remedies.models import Decision
from hufu.doors.cli.demo import registers, story
from hufu.doors.cli.demo.cast import Cast, gather
from hufu.doors.cli.demo.days import LEGAL_TIME, Days, working_days_before
from hufu.doors.cli.demo.draws import hold_draws
from hufu.doors.cli.demo.further import open_further
from hufu.doors.cli.demo.others import open_others
from hufu.doors.cli.demo.story import Story
from hufu.doors.identity import now
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.compiling import is_compiling, wait_compiled

# The further cases take 25 working days, the infringement that is told another 30.
WORKING_DAYS = 58
CASE_TITLE = "Rain jackets under another's mark (fictional)"
MARKS = (
    ("QINGSHAN RILL", "DEMO-0001"),
    ("青山溪", "DEMO-0002"),
    ("NORDLICHT KANNE", "DEMO-0003"),
)
SELLERS = ("qsr-official", "qsr-official", "nordlicht-official")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Codes:
    """What is shown once, when the demonstration is made."""

    passwords: dict[str, str]
    receipt: str
    notice: str


def stands() -> bool:
    """Say whether the demonstration was driven already."""
    return Case.objects.filter(demo=True, title=CASE_TITLE).exists()


@transaction.atomic
def drive(tell: Tell) -> Codes:
    """Drive everything in one transaction: a run that is killed leaves nothing."""
    start = working_days_before(now().astimezone(LEGAL_TIME).date(), WORKING_DAYS)
    days = Days(start)
    tell("Founding the demonstration's offices …")
    cast = gather(days.at)
    tell("Importing the registers …")
    for line in registers.import_registers(days.at):
        tell(f"  {line}")
    told = Story(cast, days, blob_store())
    days.on_new_month = lambda hand: file_last_month(cast, hand)
    _run(told, tell)
    while sequence_entries(at=now()):
        pass
    return Codes(cast.passwords, told.receipt, told.notice_code)


def _run(told: Story, tell: Tell) -> None:
    days = told.days
    marks = [registers.fictional_mark(days.at, *mark) for mark in MARKS]
    for mark, seller in zip(marks, SELLERS, strict=True):
        story.protect(told, mark, seller=seller)
        mark.refresh_from_db()
    tell("Driving five further cases …")
    open_further(told, marks[0], marks[2])
    tell("Driving the infringement …")
    market, volume = registers.open_sources(days.at, told.cast.office)
    days.later()
    registers.take_offers(days.at, market, story.OFFERS)
    registers.take_offers(days.at, volume, registers.DATA / "listings.csv.gz")
    if is_compiling():
        tell("Waiting for the matcher to be compiled, once for its version …")
        wait_compiled()
    found = story.notice(told, market)
    days.later()
    lead = story.triage(told, found)
    days.later()
    case = story.open_file(told, lead)
    days.later()
    story.investigate(told, case)
    story.hear(told, case)
    decision = story.decide(told, case)
    story.publish(told, decision)
    story.carry_out(told, decision)
    tell("Filling the inbox with other fictional leads …")
    open_others(told)
    hold_draws(told, tomorrow=now() + timedelta(days=1))


def file_last_month(cast: Cast, days: Days) -> None:
    """Draw and file the return of the month before, in the first days of the next."""
    director, last = cast["director"], days.on.replace(day=1) - timedelta(days=1)
    drawn = oversight.draw_return(
        actor=director, at=days.at, agency=cast.office, month=last
    )
    oversight.file_return(actor=director, at=days.at, report=drawn)


@dataclass(frozen=True)
class Chain:
    """The records of the one infringement, for printing with their addresses."""

    case: Case
    decision: Decision
    notice: Notice
    report: MonthlyReturn
    entries: int


def chain() -> Chain:
    """Find the demonstration's records again."""
    case = Case.objects.get(demo=True, title=CASE_TITLE)
    decision = Decision.objects.get(case=case)
    return Chain(
        case=case,
        decision=decision,
        notice=Notice.objects.get(decision=decision),
        report=MonthlyReturn.objects.filter(agency=case.agency).latest("month"),
        entries=Entry.objects.filter(agency=case.agency_id).count(),
    )
