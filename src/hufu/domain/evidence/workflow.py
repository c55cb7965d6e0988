"""The life of an item, and of a hand-over."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.evidence.models import HandOver, Item
from hufu.domain.people.permissions import Permission

P = Permission

ITEM = Workflow(
    Step("return", frozenset({"held"}), Item.State.RETURNED, P.EVIDENCE_HAND_OVER),
    Step("destroy", frozenset({"held"}), Item.State.DESTROYED, P.RETENTION_RUN),
)
HAND_OVER = Workflow(
    Step("accept", frozenset({"offered"}), HandOver.State.ACCEPTED, P.EVIDENCE_READ),
    Step("decline", frozenset({"offered"}), HandOver.State.DECLINED, P.EVIDENCE_READ),
)
