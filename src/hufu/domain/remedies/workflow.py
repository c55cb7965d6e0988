"""The life of a decision, as a table."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.people.permissions import Permission

P = Permission

DRAFT, REVIEWED = frozenset({"draft"}), frozenset({"reviewed"})
APPROVED, ISSUED = frozenset({"approved"}), frozenset({"issued"})

# The states of a case in which its decision may be drafted.
OPEN_FOR_DRAFTS = frozenset(
    {"investigating", "in_review", "reviewed", "notified", "hearing", "collective"}
)

DECISION = Workflow(
    Step("revise", DRAFT, "draft", P.DECISION_DRAFT),
    Step("review", DRAFT, "reviewed", P.CASE_REVIEW),
    Step("send_back", REVIEWED, "draft", P.DECISION_APPROVE),
    Step("drop", DRAFT | REVIEWED, "dropped", P.DECISION_DRAFT),
    Step("approve", REVIEWED, "approved", P.DECISION_APPROVE),
    Step("issue", APPROVED, "issued", P.DECISION_EXECUTE),
    Step("complete", ISSUED, "executed", P.DECISION_EXECUTE),
    Step("revoke", ISSUED | {"approved", "executed"}, "revoked", P.DECISION_APPROVE),
)
