"""The life of an item, of a hand-over, of a deposit, and of a capture."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.evidence.models import Capture, Deposit, HandOver, Item
from hufu.domain.people.permissions import Permission

P = Permission

ITEM = Workflow(
    Step("return", frozenset({"held"}), Item.State.RETURNED, P.EVIDENCE_HAND_OVER),
    Step("destroy", frozenset({"held"}), Item.State.DESTROYED, P.RETENTION_RUN),
    Step("withdraw", frozenset({"held"}), Item.State.DESTROYED, P.EVIDENCE_ADD),
)
HAND_OVER = Workflow(
    Step("accept", frozenset({"offered"}), HandOver.State.ACCEPTED, P.EVIDENCE_READ),
    Step("decline", frozenset({"offered"}), HandOver.State.DECLINED, P.EVIDENCE_READ),
)
DEPOSIT = Workflow(
    Step("withdraw", frozenset({"kept"}), Deposit.State.WITHDRAWN, P.EVIDENCE_ADD),
)
CAPTURE = Workflow(
    Step("keep", frozenset({"asked"}), Capture.State.KEPT, P.EVIDENCE_CAPTURE),
    Step("fail", frozenset({"asked"}), Capture.State.FAILED, P.EVIDENCE_CAPTURE),
)
