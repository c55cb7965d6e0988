"""A case on the day of its decision, driven there by the services people use."""

import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

import offices
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case, Participant
from hufu.domain.evidence import services as evidence
from hufu.domain.people.models import Account, Agency
from hufu.domain.people.services import (
    AccountFacts,
    PartyFacts,
    open_account,
    register_party,
)
from hufu.domain.remedies import services as remedies
from hufu.domain.remedies.models import Decision
from hufu.doors.letters.decision_pdf import decision_letters

Duty = Participant.Duty
STORAGE_KEY = b64encode(bytes(32)).decode()
FIRM = "深圳市虚构甲贸易有限公司"
CODE = "91350100M000100Y43"
TRADER = PartyFacts(
    kind="company", name=FIRM, name_other="Fictional Alpha Trading Co., Ltd.", uscc=CODE
)
PERSON = PartyFacts(
    kind="person",
    name="张小三",
    address="深圳市福田区福华路12号502室",
    phone="13800138000",
)


@dataclass
class Office:
    """An agency's people, its case, and the hour."""

    now: datetime
    storage: Any
    agency: Agency
    handler: Account
    second: Account
    reviewer: Account
    director: Account
    case: Case

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def later(self, **span: int) -> datetime:
        self.now += timedelta(**span)
        return self.now


def staff(now, storage) -> Office:
    """Found an agency with the four people that a decision needs."""
    agency = offices.agency(now)
    names = ("handler", "investigator"), ("second", "investigator")
    names += ("reviewer", "reviewer"), ("director", "director")
    people = {n: offices.officer(now, agency, role, n) for n, role in names}
    return Office(now=now, storage=storage, agency=agency, case=None, **people)


def notified(now, storage, *, respondent=TRADER, fine=Decimal(60000), **facts):
    """Bring a case to the day after the respondent's periods have ended."""
    office = staff(now, storage)
    office.case = case = cases.open_case(
        actor=office.handler,
        at=office.now,
        leads=(),
        facts=cases.CaseFacts(
            title="Fictional mark on fictional shoes",
            right_kind="trademark",
            act="sale",
            region=office.agency.region,
            reason="goods seen in a market",
            respondents=(respondent,),
            occurred_on=date(2026, 2, 2),
            demo=True,
            **facts,
        ),
    )
    who, at = office.director, office.now
    cases.file_case(actor=who, at=at, case=case)
    for account, duty in (
        (office.second, Duty.HANDLER),
        (office.reviewer, Duty.REVIEWER),
    ):
        cases.join_participant(
            actor=who, at=at, case=case, account=account, duty=duty, reason="assigned"
        )
    cases.start_investigation(actor=office.handler, at=at, case=case)
    exhibit = cases.add_exhibit(
        actor=office.handler,
        at=at,
        case=case,
        item=proof(office, "photo of the goods.txt"),
        purpose="goods that bear the mark",
    )
    cases.disclose_exhibit(actor=office.handler, at=at, exhibit=exhibit, disclosed=True)
    propose_and_notify(office, fine)
    return office


def propose_and_notify(office, fine) -> None:
    case, handler = office.case, office.handler
    cases.propose_decision(
        actor=handler,
        at=office.now,
        case=case,
        facts=cases.IntentionFacts(
            violation="sold shoes", grounds="article 60", proposal="a fine", fine=fine
        ),
    )
    cases.submit_for_review(actor=handler, at=office.now, case=case, report="done")
    cases.review_case(actor=office.reviewer, at=office.now, case=case, opinion="lawful")
    cases.notify_respondent(
        actor=handler,
        at=office.now,
        party=case.parties.get(role="respondent"),
        delivery=delivery(office),
        code_hash="0" * 64,
    )
    office.case = Case.objects.get(pk=case.pk)
    office.later(days=30)


def proof(office, name="receipt.txt"):
    """Deposit a small file."""
    return evidence.deposit_item(
        actor=office.handler,
        at=office.now,
        storage=office.storage,
        upload=evidence.Upload(io.BytesIO(name.encode()), name),
        agency=office.agency,
    )


def delivery(office):
    """Say that a document was handed over today."""
    return cases.Delivery(
        method="direct",
        sent_on=office.today,
        received_on=office.today,
        receiver="clerk",
        proof=proof(office),
    )


def proposal(fine=Decimal(60000), lines=(), **found):
    """Propose a fine and an order for the sale of goods worth 20,000."""
    found = {"illegal_turnover": Decimal(20000), **found}
    fined = (remedies.Line("fine", fine),) if fine else ()
    wording = found.pop("wording", WORDING)
    return remedies.Proposal(
        findings=remedies.Findings(
            rule=found.pop("rule", "trademark_infringement"),
            acted_on=found.pop("acted_on", date(2026, 2, 2)),
            **found,
        ),
        lines=(*fined, *(lines or (ORDER,))),
        wording=wording,
    )


ORDER = remedies.Line("order", None, "Stop the sale at once.", "责令立即停止销售。")
WORDING = remedies.Wording(
    findings_en="The party sold 200 pairs of shoes bearing the mark.",
    findings_zh="经查，当事人销售带有该标识的鞋200双。",
    reasons_en="This infringes the exclusive right to use a registered mark.",
    reasons_zh="上述行为侵犯注册商标专用权。",
)


def draft(office, **said) -> Decision:
    return remedies.draft_decision(
        actor=office.handler,
        at=office.now,
        case=office.case,
        proposal=proposal(**said),
    )


def reviewed(office, **said) -> Decision:
    return remedies.review_decision(
        actor=office.reviewer, at=office.now, decision=draft(office, **said)
    )


def approved(office, **said) -> Decision:
    return remedies.approve_decision(
        actor=office.director, at=office.now, decision=reviewed(office, **said)
    )


def issued(office, **said) -> Decision:
    decision = approved(office, **said)
    return remedies.issue_decision(
        actor=office.handler,
        at=office.now,
        decision=decision,
        storage=office.storage,
        letters=decision_letters(decision),
    )


def served(office, **said) -> Decision:
    decision = issued(office, **said)
    return remedies.serve_decision(
        actor=office.handler,
        at=office.now,
        decision=decision,
        party=decision.case.parties.get(role="respondent"),
        delivery=delivery(office),
    )


def respondent_account(office) -> Account:
    party = office.case.parties.get(role="respondent").party
    return _account(office, "respondent", party)


def stranger_account(office) -> Account:
    other = register_party(
        actor=offices.SYSTEM,
        at=office.now,
        facts=PartyFacts(kind="company", name="Another Firm"),
    )
    return _account(office, "stranger", other)


def _account(office, name, party) -> Account:
    facts = AccountFacts(username=name, role="respondent", password="p", party=party)
    return open_account(actor=offices.SYSTEM, at=office.now, facts=facts)
