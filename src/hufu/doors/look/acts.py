"""What the journal says in words: kinds of record, acts upon them, states, actors."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hufu.domain.cases.words import WORDS as CASE
from hufu.domain.evidence.models import Custody
from hufu.domain.remedies.models import Execution

Words = dict[str, str | Promise]

KINDS: Words = {
    "cases.case": pgettext_lazy("kind of record", "case"),
    "evidence.capture": pgettext_lazy("kind of record", "capture"),
    "evidence.deposit": pgettext_lazy("kind of record", "deposit"),
    "evidence.handover": pgettext_lazy("kind of record", "hand-over"),
    "evidence.item": pgettext_lazy("kind of record", "evidence item"),
    "inspections.draw": pgettext_lazy("kind of record", "fair draw"),
    "leads.lead": pgettext_lazy("kind of record", "lead"),
    "oversight.dailyfigures": pgettext_lazy("kind of record", "figures of a day"),
    "oversight.monthlyreturn": pgettext_lazy("kind of record", "monthly return"),
    "oversight.progress": pgettext_lazy("kind of record", "report on a commitment"),
    "people.account": pgettext_lazy("kind of record", "account"),
    "people.agency": pgettext_lazy("kind of record", "agency"),
    "people.apikey": pgettext_lazy("kind of record", "API key"),
    "people.party": pgettext_lazy("kind of record", "party"),
    "publication.listday": pgettext_lazy("kind of record", "list of a day"),
    "publication.listenquiry": pgettext_lazy("kind of record", "enquiry about a list"),
    "publication.notice": pgettext_lazy("kind of record", "notice"),
    "remedies.decision": pgettext_lazy("kind of record", "decision"),
    "rights.authority": pgettext_lazy("kind of record", "authority of an agent"),
    "rights.claim": pgettext_lazy("kind of record", "claim to a right"),
    "rights.import": pgettext_lazy("kind of record", "import of a register"),
    "rights.right": pgettext_lazy("kind of record", "right"),
    "watch.feed": pgettext_lazy("kind of record", "feed of offers"),
    "watch.source": pgettext_lazy("kind of record", "source"),
    "watch.sweep": pgettext_lazy("kind of record", "sweep"),
}

_CUSTODY: Words = dict(Custody.Act.choices)
_LEAD: Words = {
    "receive": _("Lead received"),
    "accept": _("Lead accepted"),
    "merge": _("Lead merged into another"),
    "absorb": _("Took in a duplicate"),
    "refer": _("Lead referred to another agency"),
    "close": _("Lead closed"),
    "put-in-case": _("Lead put into a case"),
    "take-back": _("Lead taken back by its sender"),
    "wish-to-take-back": _("The sender wishes to take the lead back"),
    "change-lane": _("Lane changed"),
    "extend": _("Time for checking extended"),
    "pause": _("Time for checking paused"),
    "ask-capture": _("Capture of a web page asked for"),
    "attach": _("Evidence attached"),
    "add-files": _("The sender added files"),
    "message": _("Message written"),
    "answer": _("The sender was answered"),
    "reveal-reporter": _("The reporter's name was looked at"),
    "erase": _("Personal data of the lead was erased"),
}
_DECISION: Words = {
    "draft": _("Decision drafted"),
    "revise": _("Draft of the decision changed"),
    "comment": _("The legal review asked for changes"),
    "confirm-ruling": _("A ruling of low confidence was confirmed"),
    "review": _("Decision passed the legal review"),
    "send_back": _("Decision sent back to the drafter"),
    "drop": _("Draft of the decision dropped"),
    "approve": _("Decision approved"),
    "issue": _("Decision issued"),
    "serve": _("Decision served"),
    "complete": _("Decision carried out in full"),
    "revoke": _("Decision revoked"),
    **dict(Execution.Kind.choices),
}
_NOTICE: Words = {
    "draft": _("Notice drafted"),
    "revise": _("Notice changed"),
    "confirm": _("Notice confirmed by a second officer"),
    "reopen": _("Confirmation taken back"),
    "publish": _("Notice published"),
    "withdraw": _("Notice withdrawn"),
    "expire": _("Term of the notice ended"),
}
_RIGHT: Words = {
    "record": _("Right recorded"),
    "state": _("Right stated by its holder"),
    "list": _("Right listed for the public"),
    "unlist": _("Right taken off the public list"),
    "note-event": _("Event noted in the register"),
    "monitor": _("Monitoring asked for"),
    "end-monitoring": _("Monitoring ended"),
    "license": _("Licence recorded"),
    "end-licence": _("Licence ended"),
}

ACTS: dict[str, Words] = {
    "cases.case": {**CASE},
    "evidence.capture": {
        "ask": _("Capture of a page asked for"),
        "keep": _("Page captured and kept"),
        "fail": _("Capture of a page failed"),
    },
    "evidence.deposit": {
        "deposit": _("Hash or file deposited"),
        "withdraw": _("Deposit withdrawn"),
    },
    "evidence.handover": {
        "offer": _CUSTODY["offered"],
        "accept": _CUSTODY["accepted"],
        "decline": _CUSTODY["declined"],
    },
    "evidence.item": {
        **_CUSTODY,
        "return": _CUSTODY["returned"],
        "destroy": _CUSTODY["destroyed"],
        "withdraw": _("Withdrawn by its depositor and destroyed"),
    },
    "inspections.draw": {
        "plan": _("Draw planned"),
        "settle": _("Drawn with the public value"),
        "publish": _("Draw published"),
    },
    "leads.lead": _LEAD,
    "oversight.dailyfigures": {"count": _("Public figures counted")},
    "oversight.monthlyreturn": {
        "draw": _("Return drawn"),
        "redraw": _("Return drawn again"),
        "file": _("Return filed"),
    },
    "oversight.progress": {"report": _("Progress reported")},
    "people.account": {
        "open": _("Account opened"),
        "close": _("Account closed"),
        "choose-language": _("Language chosen"),
        "note-interest": _("Interest declared"),
        "read-notifications": _("Notifications read"),
        "mail-notification": _("Notification mailed"),
    },
    "people.agency": {"found": _("Agency founded")},
    "people.apikey": {"open": _("Key opened"), "close": _("Key closed")},
    "people.party": {
        "register": _("Party registered"),
        "represent": _("Account acts for the party"),
        "erase": _("The party's personal data was erased"),
    },
    "publication.listday": {"commit_list": _("List recorded")},
    "publication.listenquiry": {"enquire_list": _("Asked about a day that is past")},
    "publication.notice": _NOTICE,
    "remedies.decision": _DECISION,
    "rights.authority": {"grant": _("Authority given")},
    "rights.claim": {
        "submit": _("Claim made"),
        "verify": _("Claim verified"),
        "refuse": _("Claim refused"),
        "withdraw": _("Claim withdrawn"),
    },
    "rights.import": {
        "request": _("Import asked for"),
        "import": _("Register imported"),
        "refuse": _("Import refused"),
    },
    "rights.right": _RIGHT,
    "watch.feed": {
        "request": _("Feed announced"),
        "take": _("Feed taken in"),
        "refuse": _("Feed refused"),
    },
    "watch.source": {"open": _("Source opened"), "tune": _("Limits changed")},
    "watch.sweep": {"start": _("Sweep started"), "finish": _("Sweep finished")},
}

_ACTORS: Words = {
    "system": _("system"),
    "reporter": pgettext_lazy("actor", "reporter"),
    "bearer": pgettext_lazy("actor", "respondent"),
    "party": pgettext_lazy("actor", "party"),
    "officer": pgettext_lazy("actor", "officer"),
}


def act_words(kind: str, act: str) -> str:
    """Say an act on a record of a kind in words; an unknown one as it is written."""
    return str(ACTS.get(kind, {}).get(act, act))


def kind_words(kind: str) -> str:
    """Name a kind of record; an unknown one as it is written."""
    return str(KINDS.get(kind, kind))


def state_words(kind: str, state: str) -> str:
    """Name the state of a record of a kind."""
    states = getattr(apps.get_model(kind), "State", None)
    return str(dict(states.choices).get(state, state)) if states else state


def actor_words(label: str) -> str:
    """Say what an actor is, without saying who."""
    kind = label.partition(":")[0]
    return str(_ACTORS.get(kind, label))
