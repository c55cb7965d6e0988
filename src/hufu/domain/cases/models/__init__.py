"""What a case is made of: the file, its people, its proceedings, its paperwork."""

from hufu.domain.cases.models.file import (
    Case,
    CaseClock,
    Exhibit,
    LeadLink,
    Override,
    Paper,
)
from hufu.domain.cases.models.proceedings import (
    Challenge,
    Hearing,
    IntendedDecision,
    Measure,
    MeasureGood,
    Service,
    Submission,
    Transfer,
    WrongCode,
)
from hufu.domain.cases.models.team import (
    CaseParty,
    Conflict,
    Interest,
    Notification,
    Participant,
    Task,
)

__all__ = [
    "Case",
    "CaseClock",
    "CaseParty",
    "Challenge",
    "Conflict",
    "Exhibit",
    "Hearing",
    "IntendedDecision",
    "Interest",
    "LeadLink",
    "Measure",
    "MeasureGood",
    "Notification",
    "Override",
    "Paper",
    "Participant",
    "Service",
    "Submission",
    "Task",
    "Transfer",
    "WrongCode",
]
