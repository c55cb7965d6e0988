"""Other fictional leads and a case on its way, so that the lists are not empty."""

import secrets

from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Participant
from hufu.domain.leads import receipts
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Reporter
from hufu.domain.people.services import PartyFacts
from hufu.doors.cli.demo.cast import REGION
from hufu.doors.cli.demo.story import Story

TITLES = (
    (
        "Vacuum flasks with a copied name at the night market (fictional)",
        "similar_mark",
    ),
    ("夜市摊位销售仿冒保温杯（虚构）", "counterfeit_mark"),
    ("Workshop prints labels of somebody's mark (fictional)", "labels"),
    ("Online course sold without the author's leave (fictional)", "piracy"),
    ("Tea sold under a place name it does not come from (fictional)", "gi_misuse"),
    ("小作坊加工带有他人商标的拉链（虚构）", "counterfeit_mark"),
    ("Packaging that passes off an expired patent (fictional)", "patent_passing_off"),
)
KINDS = {"piracy": "copyright", "gi_misuse": "geographical_indication"}
KINDS |= {"patent_passing_off": "invention"}


def open_others(story: Story) -> None:
    """Report seven more leads; open a second case from the first of them."""
    found = [_report(story, number) for number in range(len(TITLES))]
    cast, days = story.cast, story.days
    lead = leads.accept_lead(actor=cast["intake"], at=days.at, lead=found[0])
    case = cases.open_case(
        actor=cast["wang"],
        at=days.at,
        leads=[lead],
        facts=cases.CaseFacts(
            title="Vacuum flasks at the night market (fictional)",
            right_kind="trademark",
            act="similar_mark",
            region=REGION,
            reason="Two stalls show goods with a name close to a mark.",
            respondents=(
                PartyFacts(kind="company", name="暖山日用品店（虚构）", demo=True),
            ),
            occurred_on=days.on,
            demo=True,
        ),
    )
    cases.file_case(actor=cast["director"], at=days.at, case=case)
    cases.join_participant(
        actor=cast["director"],
        at=days.at,
        case=case,
        account=cast["li"],
        duty=Participant.Duty.HANDLER,
        reason="assigned by the director",
    )
    cases.start_investigation(actor=cast["wang"], at=days.at, case=case)


def _report(story: Story, number: int) -> Lead:
    title, act = TITLES[number]
    named = number % 2 == 0
    return leads.report_lead(
        actor=Reporter(),
        at=story.days.at,
        facts=leads.LeadFacts(
            title=title,
            act=act,
            region=REGION,
            right_kind=KINDS.get(act, "trademark"),
            details="Demonstration text. (fictional)",
            seller=f"demo-stall-{number}",
            occurred_on=story.days.on,
            demo=True,
        ),
        receipt=receipts.code_of(secrets.token_bytes(receipts.BYTES)),
        sender=leads.Sender("Demo reporter (fictional)", "reporter@example.com")
        if named
        else leads.Sender(),
    )
