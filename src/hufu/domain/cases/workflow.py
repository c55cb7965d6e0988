"""The life of a case on the administrative track, as a table."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.people.permissions import Permission

P = Permission

RUNNING = (
    "filed",
    "investigating",
    "in_review",
    "reviewed",
    "notified",
    "hearing",
    "collective",
)
FINAL = ("closed", "not_filed", "withdrawn", "transferred")
DECIDED = ("decided", "served", "closed")

_running = frozenset(RUNNING)

CASE = Workflow(
    Step("file", frozenset({"proposed"}), "filed", P.CASE_DECIDE),
    Step("refuse_filing", frozenset({"proposed"}), "not_filed", P.CASE_DECIDE),
    Step("investigate", frozenset({"filed"}), "investigating", P.CASE_HANDLE),
    Step("submit", frozenset({"investigating"}), "in_review", P.CASE_HANDLE),
    Step("send_back", frozenset({"in_review"}), "investigating", P.CASE_REVIEW),
    Step("review", frozenset({"in_review"}), "reviewed", P.CASE_REVIEW),
    Step("notify", frozenset({"reviewed"}), "notified", P.CASE_HANDLE),
    Step("call_hearing", frozenset({"notified"}), "hearing", P.CASE_DECIDE),
    Step("report_hearing", frozenset({"hearing"}), "in_review", P.CASE_REVIEW),
    Step("discuss", frozenset({"notified", "reviewed"}), "collective", P.CASE_DECIDE),
    Step(
        "decide",
        frozenset({"notified", "reviewed", "collective"}),
        "decided",
        P.CASE_DECIDE,
    ),
    Step("serve", frozenset({"decided"}), "served", P.CASE_HANDLE),
    Step("close", frozenset({"served"}), "closed", P.CASE_DECIDE),
    Step("withdraw", _running, "withdrawn", P.CASE_DECIDE),
    Step("transfer", _running, "transferred", P.CASE_DECIDE),
)
