"""Who must act next in a case, and by when: read from its state and its periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases import periods
from hufu.domain.cases.models import Case, CaseClock, Conflict, Submission, Transfer

HEAD = pgettext_lazy("who acts", "head of the agency")
HANDLERS = pgettext_lazy("who acts", "handling officers")
REVIEWER = pgettext_lazy("who acts", "legal reviewer")
HOST = pgettext_lazy("who acts", "hearing host")
RESPONDENT = pgettext_lazy("who acts", "respondent")


@dataclass(frozen=True)
class Next:
    """One thing that somebody has to do now."""

    who: Promise
    title: Promise
    code: str
    clock: CaseClock | None = None

    @property
    def due_on(self) -> date | None:
        """The last day on which it is in time, where a period runs."""
        return self.clock.due_on if self.clock else None


BY_STATE: dict[str, tuple[Promise, Promise, str, str]] = {
    "proposed": (HEAD, _("Decide whether to file the case"), "file", periods.FILING),
    "filed": (
        HANDLERS,
        _("Start the investigation with two officers"),
        "investigate",
        periods.DECISION,
    ),
    "investigating": (
        HANDLERS,
        _("Investigate and submit the report"),
        "submit",
        periods.DECISION,
    ),
    "in_review": (REVIEWER, _("Review the file"), "review", periods.REVIEW),
    "hearing": (HOST, _("Hold the hearing and report on it"), "hearing", ""),
    "collective": (HEAD, _("Take the decision"), "decide", periods.DECISION),
    "decided": (HANDLERS, _("Serve the decision"), "serve", periods.SERVICE),
}
HEARING_PERIODS = (
    periods.HEARING_DATE,
    periods.HEARING_NOTICE,
    periods.HEARING_REPORT,
)


class Agenda:
    """Reads a case once and lists what is to be done."""

    def __init__(self, case: Case, today: date) -> None:
        """Load the running periods and whatever waits for an answer."""
        self.case, self.today = case, today
        clocks = case.clocks.filter(met_on=None, dropped_on=None)
        self.clocks = list(clocks.order_by("due_on"))

    def steps(self) -> list[Next]:
        """Return what is to be done, the most urgent first."""
        found = [*self._waiting(), *self._by_state()]
        return sorted(found, key=lambda n: n.due_on or date.max)

    def _clock(self, *rules: str, about: object = None) -> CaseClock | None:
        for clock in self.clocks:
            if clock.rule in rules and about in (None, clock.about):
                return clock
        return None

    def _by_state(self) -> Iterator[Next]:
        state = self.case.state
        if state in BY_STATE:
            who, title, code, rule = BY_STATE[state]
            rules = HEARING_PERIODS if state == "hearing" else (rule,)
            yield Next(who, title, code, self._clock(*rules))
        elif state in ("reviewed", "notified"):
            yield from self._before_decision()
        elif state == "served":
            yield from self._after_service()

    def _before_decision(self) -> Iterator[Next]:
        told = self.case.services.filter(document="notice").exists()
        decision = self._clock(periods.DECISION)
        if not told:
            title = _("Serve the notice of the intended decision")
            yield Next(HANDLERS, title, "notify", decision)
            return
        rights = [c for c in self.clocks if c.side == CaseClock.Side.RESPONDENT]
        open_rights = [c for c in rights if c.due_on >= self.today]
        for clock in open_rights:
            title = _("May answer the notice")
            if clock.rule == periods.HEARING_REQUEST:
                title = _("May ask for a hearing")
            yield Next(RESPONDENT, title, "respond", clock)
        if self._clock(periods.HEARING_HOST):
            title = _("Appoint who holds the hearing")
            yield Next(HEAD, title, "call_hearing", self._clock(periods.HEARING_HOST))
        elif not open_rights:
            yield Next(HEAD, _("Take the decision"), "decide", decision)

    def _after_service(self) -> Iterator[Next]:
        closing = self._clock(periods.CLOSING)
        if closing is None:
            yield Next(HANDLERS, _("See that the decision is carried out"), "execute")
        else:
            yield Next(HEAD, _("Close the case"), "close", closing)

    def _waiting(self) -> Iterator[Next]:
        case = self.case
        for measure in case.measures.filter(outcome=""):
            clock = self._clock(periods.PRESERVATION, about=measure.pk)
            title = _("Decide about the preserved goods")
            yield Next(HANDLERS, title, "settle_measure", clock)
        if case.measures.filter(approved_by="").exists():
            title = _("Approve the preservation of goods")
            yield Next(HEAD, title, "approve_measure")
        if case.conflicts.filter(outcome=Conflict.Outcome.OPEN).exists():
            yield Next(HEAD, _("Decide about a recusal"), "decide_conflict")
        kinds = (Submission.Kind.STATEMENT, Submission.Kind.OBJECTION)
        if case.submissions.filter(kind__in=kinds, answered_at=None).exists():
            title = _("Answer what the respondent wrote")
            yield Next(HANDLERS, title, "answer", self._clock(periods.DECISION))
        for transfer in case.transfers.filter(sent_at=None).exclude(approved=False):
            yield self._transfer(transfer)

    def _transfer(self, transfer: Transfer) -> Next:
        if transfer.approved:
            clock = self._clock(periods.TRANSFER_SEND, about=transfer.pk)
            return Next(HANDLERS, _("Send the file on"), "send_transfer", clock)
        clock = self._clock(periods.TRANSFER_HEAD, about=transfer.pk)
        title = _("Decide about the transfer")
        return Next(HEAD, title, "approve_transfer", clock)
