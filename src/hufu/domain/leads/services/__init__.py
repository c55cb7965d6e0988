"""Everything that changes a lead. Each function is one act by one actor."""

from hufu.domain.leads.facts import ANONYMOUS, Identity, LeadFacts, Sender
from hufu.domain.leads.services.answers import (
    add_files,
    add_message,
    answer_reporter,
    attach_item,
    reveal_reporter,
    take_back,
)
from hufu.domain.leads.services.drafts import (
    add_draft_file,
    drop_draft,
    drop_draft_file,
    drop_expired_drafts,
    key_of,
    save_draft,
    send_complaint,
    send_report,
)
from hufu.domain.leads.services.filters import drop_filter, save_filter
from hufu.domain.leads.services.intake import (
    complain_lead,
    detect_lead,
    refer_in_lead,
    report_lead,
)
from hufu.domain.leads.services.triage import (
    accept_lead,
    accept_leads,
    change_lane,
    close_lead,
    close_leads,
    extend_lead,
    mark_in_case,
    merge_lead,
    pause_lead,
    refer_lead,
)

__all__ = [
    "ANONYMOUS",
    "Identity",
    "LeadFacts",
    "Sender",
    "accept_lead",
    "accept_leads",
    "add_draft_file",
    "add_files",
    "add_message",
    "answer_reporter",
    "attach_item",
    "change_lane",
    "close_lead",
    "close_leads",
    "complain_lead",
    "detect_lead",
    "drop_draft",
    "drop_draft_file",
    "drop_expired_drafts",
    "drop_filter",
    "extend_lead",
    "key_of",
    "mark_in_case",
    "merge_lead",
    "pause_lead",
    "refer_in_lead",
    "refer_lead",
    "report_lead",
    "reveal_reporter",
    "save_draft",
    "save_filter",
    "send_complaint",
    "send_report",
    "take_back",
]
