"""The life of a notice, as a table."""

from hufu.base.workflow import Step, Workflow
from hufu.domain.people.permissions import Permission

P = Permission

DRAFTED, CONFIRMED = frozenset({"drafted"}), frozenset({"confirmed"})
PUBLISHED = frozenset({"published"})

NOTICE = Workflow(
    Step("revise", DRAFTED, "drafted", P.PUBLICATION_DRAFT),
    Step("confirm", DRAFTED, "confirmed", P.PUBLICATION_CONFIRM),
    Step("reopen", CONFIRMED, "drafted", P.PUBLICATION_CONFIRM),
    Step("publish", CONFIRMED, "published", P.PUBLICATION_CONFIRM),
    Step(
        "withdraw",
        DRAFTED | CONFIRMED | PUBLISHED,
        "withdrawn",
        P.PUBLICATION_WITHDRAW,
    ),
    Step("expire", PUBLISHED, "expired", P.RETENTION_RUN),
)
