"""The life of a lead."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.leads.models import Lead
from hufu.domain.people.permissions import Permission

P = Permission
S = Lead.State
NEW, OPEN = frozenset({"new"}), frozenset({"new", "accepted"})

LEAD = Workflow(
    Step("accept", NEW, S.ACCEPTED, P.LEAD_TRIAGE),
    Step("merge", OPEN, S.MERGED, P.LEAD_TRIAGE),
    Step("refer", OPEN, S.REFERRED, P.LEAD_TRIAGE),
    Step("close", OPEN, S.CLOSED, P.LEAD_TRIAGE),
    Step("put-in-case", frozenset({"accepted"}), S.IN_CASE, P.CASE_OPEN),
    Step("take-back", NEW, S.CLOSED, P.LEAD_FOLLOW),
)
