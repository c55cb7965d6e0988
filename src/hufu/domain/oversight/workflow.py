"""The life of a monthly return."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.oversight.models import MonthlyReturn
from hufu.domain.people.permissions import Permission

S = MonthlyReturn.State
RETURN = Workflow(
    Step("redraw", frozenset({S.DRAFTED}), S.DRAFTED, Permission.RETURN_FILE),
    Step("file", frozenset({S.DRAFTED}), S.FILED, Permission.RETURN_FILE),
)
