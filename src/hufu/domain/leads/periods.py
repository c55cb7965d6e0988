"""The legal periods of a lead: started, met, dropped, and the next one that ends."""

from datetime import date

from django.db.models import Min, QuerySet

from hufu.base.clocks import start_clock
from hufu.domain.leads.models import Lead, LeadClock

VERIFY_REPORT = "deadlines.report.verify"
VERIFY_OTHER = "deadlines.penalty.case_filing"
ANSWER = "deadlines.report.answer_informant"
HEAD_APPROVAL = "head_approval"


def verification_rule(lead: Lead) -> str:
    """Return the rule by which a lead is checked and decided."""
    return VERIFY_REPORT if lead.origin == Lead.Origin.REPORT else VERIFY_OTHER


def start(lead: Lead, rule: str, on: date) -> LeadClock:
    """Let a period of the lead run from the event of day `on`."""
    clock = start_clock(LeadClock(lead=lead), rule=rule, on=on)
    clock.save(force_insert=True)
    refresh(lead)
    return clock


def meet(lead: Lead, rule: str, on: date) -> None:
    """Note that what the period asked for was done on day `on`."""
    running(lead).filter(rule=rule).update(met_on=on)
    refresh(lead)


def drop(lead: Lead, on: date) -> None:
    """Let the periods of a lead fall away because another record took over."""
    running(lead).update(dropped_on=on)
    refresh(lead)


def refresh(lead: Lead) -> None:
    """Keep the day of the next period beside the lead, for lists."""
    lead.next_due_on = running(lead).aggregate(first=Min("due_on"))["first"]
    lead.save(update_fields=["next_due_on"])


def running(lead: Lead) -> QuerySet[LeadClock]:
    """Return the periods that still run."""
    return lead.clocks.filter(met_on=None, dropped_on=None)
