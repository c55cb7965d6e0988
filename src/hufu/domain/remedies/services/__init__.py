"""Everything that happens to a decision: drafted, reviewed, approved, carried out."""

from hufu.domain.remedies.assessment import Findings, GroundFacts
from hufu.domain.remedies.services.approval import (
    approve_decision,
    comment_decision,
    confirm_ruling,
    drop_decision,
    review_decision,
    revoke_decision,
    send_back_decision,
)
from hufu.domain.remedies.services.drafting import (
    Line,
    Proposal,
    Wording,
    draft_decision,
    revise_decision,
)
from hufu.domain.remedies.services.execution import (
    Instalment,
    complete_decision,
    demand_payment,
    grant_instalments,
    note_court_application,
    record_fulfilment,
    record_payment,
)
from hufu.domain.remedies.services.issue import (
    Letters,
    issue_decision,
    serve_decision,
)

__all__ = [
    "Findings",
    "GroundFacts",
    "Instalment",
    "Letters",
    "Line",
    "Proposal",
    "Wording",
    "approve_decision",
    "comment_decision",
    "complete_decision",
    "confirm_ruling",
    "demand_payment",
    "draft_decision",
    "drop_decision",
    "grant_instalments",
    "issue_decision",
    "note_court_application",
    "record_fulfilment",
    "record_payment",
    "review_decision",
    "revise_decision",
    "revoke_decision",
    "send_back_decision",
    "serve_decision",
]
