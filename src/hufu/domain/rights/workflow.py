"""The life of a claim as a table."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.people.permissions import Permission
from hufu.domain.rights.models import Claim

S = Claim.State
SUBMITTED = frozenset({S.SUBMITTED.value})

CLAIM = Workflow(
    Step("verify", SUBMITTED, S.VERIFIED, Permission.RIGHT_VERIFY),
    Step("refuse", SUBMITTED, S.REFUSED, Permission.RIGHT_VERIFY),
    Step("withdraw", SUBMITTED, S.WITHDRAWN, Permission.RIGHT_CLAIM),
)
