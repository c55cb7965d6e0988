"""Everything that can be done to rights, act by act."""

from hufu.domain.rights.services.claims import (
    ClaimFacts,
    claim_right,
    refuse_claim,
    verify_claim,
    withdraw_claim,
)
from hufu.domain.rights.services.holders import (
    LicenceFacts,
    add_licence,
    ask_monitoring,
    end_licence,
    end_monitoring,
)
from hufu.domain.rights.services.intake import (
    ImportFacts,
    request_import,
    run_import,
)
from hufu.domain.rights.services.records import EventFacts, note_event, record_right
from hufu.domain.rights.services.stated import (
    StatedFacts,
    list_right,
    state_right,
    unlist_right,
)

__all__ = [
    "ClaimFacts",
    "EventFacts",
    "ImportFacts",
    "LicenceFacts",
    "StatedFacts",
    "add_licence",
    "ask_monitoring",
    "claim_right",
    "end_licence",
    "end_monitoring",
    "list_right",
    "note_event",
    "record_right",
    "refuse_claim",
    "request_import",
    "run_import",
    "state_right",
    "unlist_right",
    "verify_claim",
    "withdraw_claim",
]
