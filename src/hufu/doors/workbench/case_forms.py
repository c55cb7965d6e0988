"""Which form belongs to which act of a case, in the order in which they are shown."""

from hufu.domain.cases.acts import open_acts
from hufu.domain.cases.guards import team
from hufu.domain.cases.models import Case, Conflict
from hufu.domain.cases.queries import removable_parties
from hufu.domain.people.models import Account
from hufu.doors.workbench.forms import (
    case_answers,
    case_clocks,
    case_parties,
    case_served,
    case_steps,
    case_team,
)
from hufu.doors.workbench.forms.case_base import ActForm

FORMS: dict[str, type[ActForm]] = {
    "file": case_steps.FileCase,
    "refuse_filing": case_steps.RefuseFiling,
    "investigate": case_steps.Investigate,
    "approve_measure": case_answers.ApproveMeasure,
    "decide_conflict": case_answers.DecideConflict,
    "approve_transfer": case_answers.ApproveTransfer,
    "send_transfer": case_answers.SendTransfer,
    "answer": case_answers.Answer,
    "settle_measure": case_answers.SettleMeasure,
    "propose_decision": case_steps.ProposeDecision,
    "submit": case_steps.Submit,
    "review": case_steps.Review,
    "send_back": case_steps.SendBack,
    "notify": case_served.Notify,
    "call_hearing": case_served.CallHearing,
    "set_hearing": case_served.SetHearing,
    "end_hearing": case_served.EndHearing,
    "report_hearing": case_served.ReportHearing,
    "discuss": case_steps.Discuss,
    "close": case_steps.Close,
    "add_exhibit": case_steps.AddExhibit,
    "mark_exhibits": case_steps.MarkExhibits,
    "disclose": case_answers.Disclose,
    "preserve_goods": case_steps.PreserveGoods,
    "add_party": case_parties.AddParty,
    "add_agent": case_parties.AddAgent,
    "remove_party": case_parties.RemoveParty,
    "serve_document": case_served.Serve,
    "join": case_team.Join,
    "join_other": case_team.JoinOther,
    "leave": case_answers.Leave,
    "assign_task": case_team.AssignTask,
    "suspend": case_clocks.Suspend,
    "resume": case_clocks.Resume,
    "extend": case_clocks.Extend,
    "propose_transfer": case_team.ProposeTransfer,
    "note_challenge": case_team.NoteChallenge,
    "resolve_challenge": case_answers.ResolveChallenge,
    "withdraw": case_steps.Withdraw,
    "note_interest": case_parties.NoteInterest,
    "stand_back": case_team.StandBack,
}
# Acts that need something to act upon: offered only while it is there.
WAITING = {
    "approve_measure": lambda case: case.measures.filter(approved_by=""),
    "settle_measure": lambda case: case.measures.filter(outcome=""),
    "decide_conflict": lambda case: case.conflicts.filter(
        outcome=Conflict.Outcome.OPEN
    ),
    "approve_transfer": lambda case: case.transfers.filter(approved=None),
    "send_transfer": lambda case: case.transfers.filter(approved=True, sent_at=None),
    "answer": lambda case: case.submissions.filter(answered_at=None).exclude(
        kind="waiver"
    ),
    "call_hearing": lambda case: case.submissions.filter(
        kind="hearing", late=False, hearing=None
    ),
    "resolve_challenge": lambda case: case.challenges.filter(result="pending"),
    "resume": lambda case: case.clocks.filter(met_on=None, dropped_on=None).exclude(
        pauses=[]
    ),
    "disclose": lambda case: case.exhibits.all(),
    "mark_exhibits": lambda case: case.exhibits.all(),
    "notify": lambda case: case.intentions.all(),
    "remove_party": removable_parties,
}
# These acts stand beside the lists they change, so that the others are few.
PARTY_ACTS = ("add_party", "add_agent", "remove_party")
# A long form has a page of its own; the exhibits link to it.
PAGE_ACTS = ("mark_exhibits",)
TEAM_ACTS = ("join", "join_other", "leave", "note_interest", "stand_back")


def offered(case: Case, actor: Account) -> dict[str, type[ActForm]]:
    """Return the forms of the acts this officer may try now, in order."""
    codes = set(open_acts(case, actor))
    if "add_exhibit" in codes:
        codes.add("disclose")
    if codes and team(case).filter(account=actor).exists():
        codes.add("stand_back")
    for code in codes & set(WAITING):
        if not WAITING[code](case).exists():
            codes.discard(code)
    return {code: form for code, form in FORMS.items() if code in codes}
