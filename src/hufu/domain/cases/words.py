"""What each entry about a case says in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Promise] = {
    "open": _("Case opened, filing proposed"),
    "file": _("Filing approved"),
    "refuse_filing": _("Not filed"),
    "investigate": _("Investigation started"),
    "submit": _("Investigation ended, file handed to the legal review"),
    "send_back": _("Sent back for more investigation"),
    "review": _("Legal review passed"),
    "notify": _("Respondent notified of the intended decision"),
    "call_hearing": _("Hearing ordered"),
    "set-hearing": _("Time and place of the hearing fixed"),
    "end-hearing": _("Hearing held"),
    "report_hearing": _("Report on the hearing filed"),
    "discuss": _("Collectively discussed"),
    "decide": pgettext_lazy("journal of a case", "Decided"),
    "serve": _("Decision served on every respondent"),
    "execute": _("Decision carried out"),
    "close": pgettext_lazy("journal of a case", "Case closed"),
    "withdraw": _("Ended without penalty"),
    "transfer": _("Transfer approved"),
    "add-party": _("Party added"),
    "add-agent": _("Agent added"),
    "remove-party": _("Party removed"),
    "join": _("Officer joined the team"),
    "leave": _("Officer left the team"),
    "oversee": _("Looked at by somebody outside the team"),
    "stand-back": _("An officer stands back"),
    "ask-recusal": _("The respondent asks that an officer stand back"),
    "decide-recusal": _("Request for recusal decided"),
    "ask-capture": _("Capture of a web page asked for"),
    "add-exhibit": _("Exhibit added"),
    "mark-exhibit": _("Noted what an exhibit meets"),
    "disclose-exhibit": _("Exhibit disclosed to the respondent"),
    "withhold-exhibit": _("Exhibit no longer disclosed"),
    "export-evidence": _("Evidence handed out as a bundle"),
    "preserve-goods": _("Goods registered and preserved"),
    "approve-measure": _("Preservation approved"),
    "settle-measure": _("Decided about the preserved goods"),
    "remind": _("The team was reminded of a period that ends soon"),
    "propose-decision": _("Intended decision written down"),
    "serve-document": _("Document served"),
    "submit-words": _("The respondent wrote"),
    "answer-words": _("The respondent's words were answered"),
    "suspend-clock": _("Period paused"),
    "resume-clock": _("Period resumed"),
    "extend-clock": _("Period extended"),
    "assign-task": _("Task assigned"),
    "finish-task": _("Task done"),
    "propose-transfer": _("Transfer proposed"),
    "refuse-transfer": _("Transfer refused"),
    "send-transfer": _("File sent on"),
    "note-challenge": _("Reconsideration or suit noted"),
    "resolve-challenge": _("Reconsideration or suit ended"),
}


def words_of(act: str) -> str:
    """Say an act in words; one that nobody named is shown as it is."""
    return str(WORDS.get(act, act))
