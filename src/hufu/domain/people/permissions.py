"""Every act the system can be asked to perform, and the roles that may."""

from enum import StrEnum


class Permission(StrEnum):
    """Named `room:thing:act`. Keep alphabetical."""

    ACCOUNT_MANAGE = "people:account:manage"
    AGENCY_FOUND = "people:agency:found"
    CASE_DECIDE = "cases:case:decide"
    CASE_DEFEND = "cases:case:defend"
    CASE_HANDLE = "cases:case:handle"
    CASE_OPEN = "cases:case:open"
    CASE_OVERSEE = "cases:case:oversee"
    CASE_READ = "cases:case:read"
    CASE_REVIEW = "cases:case:review"
    CASE_TEAM = "cases:case:team"
    COMMITMENT_REPORT = "oversight:commitment:report"
    DECISION_APPROVE = "remedies:decision:approve"
    DECISION_DRAFT = "remedies:decision:draft"
    DECISION_EXECUTE = "remedies:decision:execute"
    DRAW_HOLD = "inspections:draw:hold"
    DRAW_PUBLISH = "inspections:draw:publish"
    DRAW_READ = "inspections:draw:read"
    EVIDENCE_ADD = "evidence:item:add"
    EVIDENCE_CAPTURE = "evidence:item:capture"
    EVIDENCE_HAND_OVER = "evidence:item:hand-over"
    EVIDENCE_READ = "evidence:item:read"
    EVIDENCE_UNSEAL = "evidence:item:unseal"
    IMPORT_RUN = "rights:import:run"
    JOURNAL_READ = "oversight:journal:read"
    LEAD_COMPLAIN = "leads:lead:complain"
    LEAD_FOLLOW = "leads:lead:follow"
    LEAD_READ = "leads:lead:read"
    LEAD_REPORT = "leads:lead:report"
    LEAD_TRIAGE = "leads:lead:triage"
    LIST_COMMIT = "publication:list:commit"
    LIST_ENQUIRE = "publication:list:enquire"
    PUBLICATION_CONFIRM = "publication:notice:confirm"
    PUBLICATION_DRAFT = "publication:notice:draft"
    PUBLICATION_WITHDRAW = "publication:notice:withdraw"
    RETENTION_RUN = "people:retention:run"
    RETURN_FILE = "oversight:return:file"
    RIGHT_CLAIM = "rights:claim:make"
    RIGHT_MONITOR = "rights:right:monitor"
    RIGHT_VERIFY = "rights:claim:verify"
    WATCH_FEED = "watch:feed:send"
    WATCH_SWEEP = "watch:sweep:run"


P = Permission

_OFFICER = frozenset(
    {P.CASE_READ, P.DRAW_READ, P.EVIDENCE_READ, P.LEAD_READ, P.LIST_ENQUIRE}
)

ROLES: dict[str, frozenset[Permission]] = {
    "intake": _OFFICER
    | {P.LEAD_TRIAGE, P.EVIDENCE_ADD, P.EVIDENCE_CAPTURE, P.WATCH_SWEEP},
    "investigator": _OFFICER
    | {
        P.CASE_HANDLE,
        P.CASE_OPEN,
        P.DECISION_DRAFT,
        P.DECISION_EXECUTE,
        P.DRAW_HOLD,
        P.EVIDENCE_ADD,
        P.EVIDENCE_CAPTURE,
        P.EVIDENCE_HAND_OVER,
        P.LEAD_TRIAGE,
        P.PUBLICATION_DRAFT,
    },
    "reviewer": _OFFICER | {P.CASE_REVIEW, P.PUBLICATION_CONFIRM},
    "director": _OFFICER
    | {
        P.CASE_DECIDE,
        P.CASE_OVERSEE,
        P.CASE_TEAM,
        P.COMMITMENT_REPORT,
        P.DECISION_APPROVE,
        P.DRAW_PUBLISH,
        P.EVIDENCE_UNSEAL,
        P.JOURNAL_READ,
        P.LEAD_TRIAGE,
        P.PUBLICATION_CONFIRM,
        P.PUBLICATION_WITHDRAW,
        P.RETENTION_RUN,
        P.RETURN_FILE,
    },
    "registrar": frozenset({P.IMPORT_RUN, P.RIGHT_VERIFY, P.EVIDENCE_READ}),
    "supervisor": _OFFICER
    | {P.CASE_OVERSEE, P.JOURNAL_READ, P.COMMITMENT_REPORT, P.RETURN_FILE},
    "administrator": frozenset({P.ACCOUNT_MANAGE}),
    "holder": frozenset(
        {P.EVIDENCE_ADD, P.LEAD_COMPLAIN, P.LEAD_FOLLOW, P.RIGHT_CLAIM, P.RIGHT_MONITOR}
    ),
    "respondent": frozenset({P.CASE_DEFEND, P.EVIDENCE_ADD}),
    "platform": frozenset({P.EVIDENCE_ADD, P.WATCH_FEED}),
}
OFFICER_ROLES = frozenset(
    {
        "intake",
        "investigator",
        "reviewer",
        "director",
        "registrar",
        "supervisor",
        "administrator",
    }
)
REPORTER = frozenset({P.LEAD_REPORT, P.LEAD_FOLLOW, P.EVIDENCE_ADD})
BEARER = frozenset({P.CASE_DEFEND, P.EVIDENCE_ADD})
CLOCKWORK = frozenset(
    {
        P.ACCOUNT_MANAGE,
        P.AGENCY_FOUND,
        P.IMPORT_RUN,
        P.LIST_COMMIT,
        P.RETENTION_RUN,
        P.WATCH_FEED,
        P.WATCH_SWEEP,
    }
)
