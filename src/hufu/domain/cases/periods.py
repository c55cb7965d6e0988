"""The legal periods of a case: started, met, dropped, and the next one that ends."""

from datetime import date
from uuid import UUID

from django.db.models import Min

from hufu.base.clocks import start_clock
from hufu.domain.cases.models import Case, CaseClock

FILING = "deadlines.penalty.case_filing"
DECISION = "deadlines.penalty.decision"
LIMITATION = "deadlines.penalty.limitation"
REVIEW = "deadlines.penalty.review"
STATEMENT = "deadlines.penalty.statement_and_defence"
HEARING_REQUEST = "deadlines.penalty.hearing_request"
HEARING_HOST = "deadlines.penalty.hearing_host"
HEARING_FILE = "deadlines.penalty.hearing_file"
HEARING_DATE = "deadlines.penalty.hearing_date_set"
HEARING_NOTICE = "deadlines.penalty.hearing_notice"
HEARING_REPORT = "deadlines.penalty.hearing_report"
PRESERVATION = "deadlines.penalty.registered_preservation"
SERVICE = "deadlines.penalty.service"
ANNOUNCEMENT = "deadlines.penalty.service_by_announcement"
CLOSING = "deadlines.penalty.closing"
TRANSFER_HEAD = "deadlines.transfer.head_decides"
TRANSFER_SEND = "deadlines.transfer.send"
RECONSIDERATION = "deadlines.reconsideration.apply"
SUIT = "deadlines.litigation.sue"

AGENCY, RESPONDENT = CaseClock.Side.AGENCY, CaseClock.Side.RESPONDENT


def start(
    case: Case,
    rule: str,
    on: date,
    *,
    side: CaseClock.Side = AGENCY,
    about: UUID | None = None,
) -> CaseClock:
    """Let a period of the case run from the event of day `on`."""
    clock = start_clock(CaseClock(case=case, side=side, about=about), rule=rule, on=on)
    clock.save(force_insert=True)
    refresh(case)
    return clock


def meet(case: Case, rule: str, on: date, *, about: UUID | None = None) -> None:
    """Note that what the period asked for was done on day `on`."""
    clocks = case.clocks.filter(rule=rule, met_on=None, dropped_on=None)
    if about is not None:
        clocks = clocks.filter(about=about)
    clocks.update(met_on=on)
    refresh(case)


def drop(case: Case, on: date, *, rules: tuple[str, ...] | None = None) -> None:
    """Let periods fall away because their reason has gone."""
    clocks = case.clocks.filter(met_on=None, dropped_on=None)
    if rules is not None:
        clocks = clocks.filter(rule__in=rules)
    clocks.update(dropped_on=on)
    refresh(case)


def refresh(case: Case) -> None:
    """Keep the day of the agency's next period beside the case, for lists."""
    running = case.clocks.filter(met_on=None, dropped_on=None, side=AGENCY)
    case.next_due_on = running.aggregate(first=Min("due_on"))["first"]
    case.save(update_fields=["next_due_on"])


def running(case: Case, rule: str) -> CaseClock | None:
    """Return the period of this rule that still runs."""
    return case.clocks.filter(rule=rule, met_on=None, dropped_on=None).first()
