"""The life of a draw, as a table."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.inspections.models import Draw
from hufu.domain.people.permissions import Permission

S, P = Draw.State, Permission

DRAW = Workflow(
    Step("settle", frozenset({S.PLANNED}), S.SETTLED, P.DRAW_HOLD),
    Step("publish", frozenset({S.SETTLED}), S.PUBLISHED, P.DRAW_PUBLISH),
)
