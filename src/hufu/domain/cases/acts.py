"""Which acts are open to an officer in a case now, as a table."""

from dataclasses import dataclass

from hufu.domain.cases.guards import Duty, has_conflict, team
from hufu.domain.cases.models import Case
from hufu.domain.cases.workflow import DECIDED, FINAL, RUNNING
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission

P = Permission
OPEN = ("proposed", *RUNNING)
EVERY = ("proposed", *RUNNING, *DECIDED, *FINAL)


@dataclass(frozen=True)
class Act:
    """An act, the permission and duty it takes, and the states it is possible in."""

    code: str
    permission: P
    states: tuple[str, ...]
    duty: Duty | None = None


ACTS = (
    Act("file", P.CASE_DECIDE, ("proposed",)),
    Act("refuse_filing", P.CASE_DECIDE, ("proposed",)),
    Act("investigate", P.CASE_HANDLE, ("filed",), Duty.HANDLER),
    Act("add_exhibit", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("mark_exhibits", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("preserve_goods", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("settle_measure", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("approve_measure", P.CASE_DECIDE, RUNNING),
    Act(
        "propose_decision",
        P.CASE_HANDLE,
        ("investigating", "in_review", "reviewed"),
        Duty.HANDLER,
    ),
    Act("submit", P.CASE_HANDLE, ("investigating",), Duty.HANDLER),
    Act("review", P.CASE_REVIEW, ("in_review",), Duty.REVIEWER),
    Act("send_back", P.CASE_REVIEW, ("in_review",), Duty.REVIEWER),
    Act("notify", P.CASE_HANDLE, ("reviewed", "notified"), Duty.HANDLER),
    Act("answer", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("call_hearing", P.CASE_DECIDE, ("notified",)),
    Act("set_hearing", P.CASE_REVIEW, ("hearing",), Duty.HEARING_HOST),
    Act("end_hearing", P.CASE_REVIEW, ("hearing",), Duty.HEARING_HOST),
    Act("report_hearing", P.CASE_REVIEW, ("hearing",), Duty.HEARING_HOST),
    Act("discuss", P.CASE_DECIDE, ("notified", "reviewed")),
    Act("close", P.CASE_DECIDE, ("served",)),
    Act("note_challenge", P.CASE_HANDLE, DECIDED, Duty.HANDLER),
    Act("resolve_challenge", P.CASE_HANDLE, DECIDED, Duty.HANDLER),
    Act("propose_transfer", P.CASE_HANDLE, RUNNING, Duty.HANDLER),
    Act("approve_transfer", P.CASE_DECIDE, RUNNING),
    Act("send_transfer", P.CASE_HANDLE, ("transferred",), Duty.HANDLER),
    Act("withdraw", P.CASE_DECIDE, RUNNING),
    Act("suspend", P.CASE_HANDLE, OPEN, Duty.HANDLER),
    Act("suspend", P.CASE_DECIDE, OPEN),
    Act("resume", P.CASE_HANDLE, OPEN, Duty.HANDLER),
    Act("extend", P.CASE_DECIDE, OPEN),
    Act("join", P.CASE_TEAM, EVERY),
    Act("join_other", P.CASE_TEAM, EVERY),
    Act("note_interest", P.CASE_READ, EVERY),
    Act("leave", P.CASE_TEAM, EVERY),
    Act("decide_conflict", P.CASE_TEAM, EVERY),
    Act("add_party", P.CASE_HANDLE, OPEN, Duty.HANDLER),
    Act("add_agent", P.CASE_HANDLE, OPEN, Duty.HANDLER),
    Act("remove_party", P.CASE_HANDLE, OPEN, Duty.HANDLER),
    Act("serve_document", P.CASE_HANDLE, EVERY, Duty.HANDLER),
    Act("assign_task", P.CASE_READ, EVERY),
)


def open_acts(case: Case, actor: Account) -> frozenset[str]:
    """Return the codes of the acts that this officer may try now."""
    if not case.open_to(actor) or has_conflict(case, actor):
        return frozenset()
    duties = set(team(case).filter(account=actor).values_list("duty", flat=True))
    own_agency = case.agency_id in actor.agencies
    return frozenset(
        act.code
        for act in ACTS
        if case.state in act.states
        and actor.holds(act.permission)
        and (act.duty is None or act.duty in duties)
        and (own_agency or act.permission not in (P.CASE_DECIDE, P.CASE_TEAM))
        and not (act.permission is P.CASE_DECIDE and Duty.HANDLER in duties)
    )
