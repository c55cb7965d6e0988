"""The infringement itself: from the mark to the published decision."""

import io
import secrets
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from hufu.base.storage import Storage
from hufu.domain.cases import codes
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case, Participant, Submission
from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Item
from hufu.domain.leads import receipts
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.people.actors import Bearer, Reporter
from hufu.domain.people.models import Account
from hufu.domain.people.services import PartyFacts
from hufu.domain.publication import services as publication
from hufu.domain.publication.models import Notice
from hufu.domain.remedies import services as remedies
from hufu.domain.remedies.models import Decision
from hufu.domain.rights import services as rights
from hufu.domain.rights.models import Right
from hufu.domain.watch import services as watch
from hufu.domain.watch.models import Source
from hufu.doors.cli.demo import registers
from hufu.doors.cli.demo.cast import REGION, RESPONDENT, SYSTEM, Cast
from hufu.doors.cli.demo.days import Days
from hufu.doors.letters.decision_pdf import decision_letters

OFFERS = registers.DATA / "demo" / "offers.csv"
Duty = Participant.Duty


@dataclass(frozen=True)
class Matter:
    """What a fictional case is about: who, which goods, how many, which fine."""

    title: str
    respondent: PartyFacts
    goods_en: str
    goods_zh: str
    sold: int
    found: int
    turnover: Decimal
    fine: Decimal


JACKETS = Matter(
    title="Rain jackets under another's mark (fictional)",
    respondent=RESPONDENT,
    goods_en="jackets",
    goods_zh="冲锋衣",
    sold=60,
    found=240,
    turnover=Decimal(23600),
    fine=Decimal(30000),
)


@dataclass
class Story:
    """Where the demonstration stands, and the codes it printed once."""

    cast: Cast
    days: Days
    storage: Storage
    matter: Matter = JACKETS
    receipt: str = ""
    notice_code: str = ""

    def proof(self, actor: Account, name: str, words: str) -> Item:
        """Deposit a small text as evidence."""
        return evidence.deposit_item(
            actor=actor,
            at=self.days.at,
            storage=self.storage,
            upload=evidence.Upload(
                io.BytesIO(f"{words}\n(demonstration, fictional)\n".encode()), name
            ),
            agency=self.cast.office,
        )


@transaction.atomic
def protect(story: Story, right: Right, *, seller: str) -> None:
    """Claim the right as its holder, verify it as an officer, begin monitoring."""
    holder = story.cast[registers.OWNERS[right.number]]
    words = "Register extract of a fictional mark.\n"
    claim = rights.claim_right(
        actor=holder,
        at=story.days.at,
        storage=story.storage,
        right=right,
        facts=rights.ClaimFacts(statement="We hold this mark. (fictional)"),
        upload=evidence.Upload(io.BytesIO(words.encode()), "extract.txt"),
    )
    rights.verify_claim(actor=story.cast["registrar"], at=story.days.at, claim=claim)
    right.refresh_from_db()
    rights.ask_monitoring(actor=holder, at=story.days.at, right=right)
    shop = rights.LicenceFacts(
        kind="seller",
        licensee=f"{right.name} flagship (fictional)",
        from_on=story.days.on,
        seller_id=seller,
    )
    rights.add_licence(actor=holder, at=story.days.at, right=right, facts=shop)


def notice(story: Story, source: Source) -> list[Lead]:
    """Sweep the offers; take the report of somebody who saw the same shop."""
    watch.run_sweep(actor=SYSTEM, at=story.days.at, source=source)
    found = list(Lead.objects.filter(origin="detection", demo=True).order_by("title"))
    story.receipt = receipts.code_of(secrets.token_bytes(receipts.BYTES))
    facts = leads.LeadFacts(
        title="Copied rain jackets at a shop in the Demo Mall (fictional)",
        act="counterfeit_mark",
        region=REGION,
        details="The seller told me on chat that they are copies. (fictional)",
        right_kind="trademark",
        seller="bolang-8841",
        url="https://mall.example/offer/demo-001",
        goods="jackets",
        occurred_on=story.days.on,
        demo=True,
    )
    reported = leads.report_lead(
        actor=Reporter(), at=story.days.at, facts=facts, receipt=story.receipt
    )
    return [*found, reported]


def triage(story: Story, found: list[Lead]) -> Lead:
    """Accept the first lead; merge the others, of the same seller, into it."""
    intake = story.cast["intake"]
    first, *others = found
    for lead in others:
        leads.merge_lead(actor=intake, at=story.days.at, lead=lead, into=first)
    first.refresh_from_db()
    return leads.accept_lead(actor=intake, at=story.days.at, lead=first)


def open_file(story: Story, lead: Lead) -> Case:
    """Open and file the case; two officers and a legal reviewer are named."""
    cast, days = story.cast, story.days
    case = cases.open_case(
        actor=cast["li"],
        at=days.at,
        leads=[lead],
        facts=cases.CaseFacts(
            title=story.matter.title,
            right_kind="trademark",
            act="counterfeit_mark",
            region=REGION,
            reason="A test purchase shows the mark on goods of another maker.",
            right=lead.right,
            respondents=(story.matter.respondent,),
            occurred_on=days.on,
            demo=True,
        ),
    )
    cases.file_case(actor=cast["director"], at=days.at, case=case)
    for name, duty in (("wang", Duty.HANDLER), ("reviewer", Duty.REVIEWER)):
        cases.join_participant(
            actor=cast["director"],
            at=days.at,
            case=case,
            account=cast[name],
            duty=duty,
            reason="assigned by the director",
        )
    return case


def investigate(story: Story, case: Case) -> None:
    """Two officers investigate; what they found becomes numbered exhibits."""
    li = story.cast["li"]
    cases.start_investigation(actor=li, at=story.days.at, case=case)
    matter = story.matter
    stock = f"Record of the visit: {matter.found} {matter.goods_en} on the shelves"
    shown = (
        ("purchase.txt", "Test purchase: goods, order and invoice", True),
        ("warehouse.txt", stock, True),
        ("source.txt", "Note of the investigators on the supplier", False),
    )
    for name, purpose, disclosed in shown:
        exhibit = cases.add_exhibit(
            actor=li,
            at=story.days.at,
            case=case,
            item=story.proof(li, name, purpose),
            purpose=purpose,
        )
        cases.disclose_exhibit(
            actor=li, at=story.days.at, exhibit=exhibit, disclosed=disclosed
        )


def _intention(matter: Matter) -> cases.IntentionFacts:
    goods = matter.goods_en
    return cases.IntentionFacts(
        violation=f"Sold {matter.sold} {goods} bearing the mark without leave.",
        grounds="Trademark Law, articles 57 and 60",
        proposal=f"Order to stop, confiscation of {matter.found} {goods},"
        f" fine of CNY {matter.fine:,}",
        fine=matter.fine,
    )


def hear(story: Story, case: Case) -> None:
    """Legal review, the notice with its code, the respondent's answer."""
    cast, days, li = story.cast, story.days, story.cast["li"]
    meant = _intention(story.matter)
    cases.propose_decision(actor=li, at=days.at, case=case, facts=meant)
    cases.submit_for_review(
        actor=li, at=days.at, case=case, report="The facts are established."
    )
    cases.review_case(
        actor=cast["reviewer"], at=days.later(), case=case, opinion="Facts, law agree."
    )
    story.notice_code = codes.code_of(secrets.token_bytes(codes.BYTES))
    party = case.parties.get(role="respondent")
    cases.notify_respondent(
        actor=li,
        at=days.later(),
        party=party,
        delivery=_delivery(story),
        code_hash=codes.hash_of(story.notice_code),
    )
    party.refresh_from_db()
    said = cases.make_submission(
        actor=Bearer(case.pk),
        at=days.later(2),
        party=party,
        words=cases.Words(
            Submission.Kind.STATEMENT, "We thought the goods were surplus. (fictional)"
        ),
    )
    cases.answer_submission(
        actor=li,
        at=days.later(),
        submission=said,
        answer="No invoice of a supplier was shown; the statement changes nothing.",
    )


def _delivery(story: Story) -> cases.Delivery:
    proof = story.proof(story.cast["li"], "service.txt", "Signed receipt of service")
    on = story.days.on
    return cases.Delivery("direct", on, on, "the manager (fictional)", proof)


def decide(story: Story, case: Case) -> Decision:
    """Draft within the lawful range, review, approve, issue, serve."""
    cast, days, li = story.cast, story.days, story.cast["li"]
    case.refresh_from_db()
    decision = remedies.draft_decision(
        actor=li, at=days.later(7), case=case, proposal=_proposal(case, story.matter)
    )
    decision = remedies.review_decision(
        actor=cast["reviewer"], at=days.at, decision=decision
    )
    decision = remedies.approve_decision(
        actor=cast["director"], at=days.at, decision=decision
    )
    decision = remedies.issue_decision(
        actor=li,
        at=days.at,
        decision=decision,
        storage=story.storage,
        letters=decision_letters(decision),
    )
    party = decision.case.parties.get(role="respondent")
    days.later()
    return remedies.serve_decision(
        actor=li, at=days.at, decision=decision, party=party, delivery=_delivery(story)
    )


def _proposal(case: Case, matter: Matter) -> remedies.Proposal:
    return remedies.Proposal(
        findings=remedies.Findings(
            rule="trademark_infringement",
            acted_on=case.occurred_on or case.opened_on,
            illegal_turnover=matter.turnover,
        ),
        lines=(
            remedies.Line("fine", matter.fine),
            remedies.Line(
                "order",
                None,
                "Stop the infringement at once.",
                "责令立即停止侵权行为。",
            ),
            remedies.Line(
                "confiscation",
                None,
                f"{matter.found} {matter.goods_en}.",
                f"{matter.goods_zh}{matter.found}件。",
            ),
        ),
        wording=remedies.Wording(
            findings_en=f"The party sold {matter.sold} {matter.goods_en} bearing the"
            " mark. (fictional)",
            findings_zh=f"经查，当事人销售带有该标识的{matter.goods_zh}"
            f"{matter.sold}件。（虚构）",
            reasons_en="This infringes the exclusive right to use a registered mark.",
            reasons_zh="上述行为侵犯注册商标专用权。",
        ),
    )


def publish(story: Story, decision: Decision) -> Notice:
    """Draft the notice without persons; a second officer confirms; it is public."""
    cast, days = story.cast, story.days
    drafted = publication.draft_notice(
        actor=cast["li"],
        at=days.later(),
        decision=decision,
        choices=publication.Choices(),
    )
    confirmed = publication.confirm_notice(
        actor=cast["reviewer"],
        at=days.at,
        notice=drafted,
        seen=publication.words_digest(drafted),
    )
    return publication.publish_notice(
        actor=cast["reviewer"], at=days.at, notice=confirmed
    )


def carry_out(story: Story, decision: Decision) -> None:
    """Take payment, see the goods gone, close the case."""
    cast, days, li = story.cast, story.days, story.cast["li"]
    remedies.record_payment(
        actor=li,
        at=days.later(),
        decision=decision,
        amount=story.matter.fine,
        on=days.on,
    )
    for penalty in decision.penalties.exclude(kind="fine"):
        remedies.record_fulfilment(
            actor=li, at=days.at, penalty=penalty, on=days.on, note="seen on the spot"
        )
    decision.refresh_from_db()
    remedies.complete_decision(actor=li, at=days.at, decision=decision)
    case = Case.objects.get(pk=decision.case_id)
    cases.close_case(
        actor=cast["director"], at=days.at, case=case, report="Carried out in full."
    )
