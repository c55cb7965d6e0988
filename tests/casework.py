"""A case driven through its stages by the services that people use."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

import offices
from hufu.base.errors import Refusal
from hufu.domain.cases import services as cases
from hufu.domain.cases.codes import code_of, hash_of
from hufu.domain.cases.models import Case, Participant, Submission
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import services as leads
from hufu.domain.people.actors import Bearer
from hufu.domain.people.services import PartyFacts

Duty = Participant.Duty


def instant(day, hour=2):
    """Ten in the morning in Shanghai, unless told otherwise."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class Desk:
    """An agency with the officers a case needs, and a shop that sells copies."""

    def __init__(self, at, storage, code="shenzhen", region="440300"):
        self.at, self.storage = at, storage
        self.codes = count(7)
        self.office = offices.agency(at, code, region)
        self.one = offices.officer(at, self.office, "investigator", f"one-{code}")
        self.two = offices.officer(at, self.office, "investigator", f"two-{code}")
        self.reviewer = offices.officer(at, self.office, "reviewer", f"rev-{code}")
        self.director = offices.officer(at, self.office, "director", f"dir-{code}")
        self.intake = offices.officer(at, self.office, "intake", f"intake-{code}")

    def later(self, days):
        self.at += timedelta(days=days)
        return self.at

    def to_day(self, day):
        self.at = instant(day)
        return self.at

    def lead(self, number=1, **said):
        lead = offices.report(self.at, number, **said)
        return leads.accept_lead(actor=self.intake, at=self.at, lead=lead)

    def item(self, name="photo.txt", data=b"what the officer saw", actor=None):
        upload = evidence.Upload(io.BytesIO(data), name)
        return evidence.deposit_item(
            actor=actor or self.one,
            at=self.at,
            storage=self.storage,
            upload=upload,
            agency=self.office,
        )

    def open(self, found=(), **said):
        told = {
            "title": "Copied tea tins at the night market",
            "right_kind": "trademark",
            "act": "counterfeit_mark",
            "region": "440300",
            "reason": "Test purchase shows the mark on goods of another maker.",
            "respondents": (PartyFacts(kind="company", name="Lucky Stall Ltd"),),
        }
        facts = cases.CaseFacts(**{**told, **said})
        return cases.open_case(actor=self.one, at=self.at, leads=found, facts=facts)

    def join(self, case, account, duty):
        return cases.join_participant(
            actor=self.director,
            at=self.at,
            case=case,
            account=account,
            duty=duty,
            reason="needed for the case",
        )

    def filed(self, found=(), **said):
        case = self.open(found, **said)
        cases.file_case(actor=self.director, at=self.at, case=case)
        self.join(case, self.two, Duty.HANDLER)
        self.join(case, self.reviewer, Duty.REVIEWER)
        return case

    def investigating(self, found=(), **said):
        case = self.filed(found, **said)
        return cases.start_investigation(actor=self.one, at=self.at, case=case)

    def propose(self, case, fine=50000, **said):
        facts = cases.IntentionFacts(
            violation="Sold 200 tins with the mark.",
            grounds="Trademark Law art. 57 and 60",
            proposal="Fine and confiscation",
            fine=Decimal(fine),
            **said,
        )
        return cases.propose_decision(
            actor=self.one, at=self.at, case=case, facts=facts
        )

    def in_review(self, **said):
        case = self.investigating()
        self.propose(case, **said)
        return cases.submit_for_review(
            actor=self.one, at=self.at, case=case, report="Everything is established."
        )

    def reviewed(self, **said):
        case = self.in_review(**said)
        return self.review(case)

    def review(self, case):
        return cases.review_case(
            actor=self.reviewer, at=self.at, case=case, opinion="Facts and law agree."
        )

    def delivery(self, day=None, method="direct"):
        on = day or self.at.date()
        return cases.Delivery(method, on, on, "the manager", self.item("receipt.txt"))

    def respondent(self, case):
        return case.parties.get(role="respondent")

    def notified(self, **said):
        case = self.reviewed(**said)
        return self.notify(case)

    def notify(self, case, number=None):
        number = number or next(self.codes)
        party = self.respondent(case)
        cases.notify_respondent(
            actor=self.one,
            at=self.at,
            party=party,
            delivery=self.delivery(),
            code_hash=hash_of(notice_code(number)),
        )
        return Case.objects.get(pk=case.pk)

    def says(self, case, kind, body="We bought the goods in good faith.", items=()):
        party = self.respondent(case)
        return cases.make_submission(
            actor=Bearer(case.pk),
            at=self.at,
            party=party,
            words=cases.Words(Submission.Kind(kind), body, items),
        )

    def hearing(self):
        case = self.notified(fine=200000)
        request = self.says(case, "hearing")
        cases.call_hearing(
            actor=self.director,
            at=self.at,
            case=case,
            request=request,
            host=self.host(case),
        )
        return Case.objects.get(pk=case.pk)

    def host(self, case):
        name = f"host-{self.office.code}"
        return offices.officer(self.at, self.office, "reviewer", name)

    def heard(self):
        """Hear the respondent; the case is back in legal review."""
        case = self.hearing()
        hearing = case.hearing
        sitting = cases.Sitting(self.at + timedelta(days=14), "Room 2")
        cases.set_hearing(
            actor=hearing.host, at=self.at, hearing=hearing, sitting=sitting
        )
        self.later(15)
        cases.end_hearing(actor=hearing.host, at=self.at, hearing=hearing)
        return cases.report_hearing(
            actor=hearing.host, at=self.at, hearing=hearing, report="Both sides spoke."
        )

    def collective(self, **said):
        case = self.notified(complex_case=True, **said)
        self.says(case, "waiver")
        return cases.discuss_case(
            actor=self.director, at=self.at, case=case, minutes="All agree."
        )

    def decided(self, **said):
        case = self.notified(**said)
        self.says(case, "waiver")
        return self.decide(case)

    def decide(self, case):
        return cases.decide_case(
            actor=self.director,
            at=self.at,
            case=case,
            decision_ref="D-1",
            facts={"fine": "50000"},
        )

    def served(self, **said):
        case = self.decided(**said)
        cases.serve_decision(
            actor=self.one,
            at=self.at,
            party=self.respondent(case),
            delivery=self.delivery(),
        )
        return Case.objects.get(pk=case.pk)

    def closed(self, **said):
        case = self.served(**said)
        cases.note_executed(actor=self.one, at=self.at, case=case)
        return cases.close_case(
            actor=self.director, at=self.at, case=case, report="The fine is paid."
        )

    def not_filed(self):
        return cases.refuse_filing(
            actor=self.director, at=self.at, case=self.open(), reason="No violation."
        )

    def withdrawn(self):
        return cases.withdraw_case(
            actor=self.director,
            at=self.at,
            case=self.investigating(),
            ending=Case.Ending.NO_VIOLATION,
            reason="The goods are genuine.",
        )

    def transferred(self):
        case = self.investigating()
        facts = cases.TransferFacts("police", "Public security", "The amount is high.")
        transfer = cases.propose_transfer(
            actor=self.one, at=self.at, case=case, facts=facts
        )
        cases.approve_transfer(actor=self.director, at=self.at, transfer=transfer)
        return Case.objects.get(pk=case.pk)


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code
    return refusal.value


def due(case, rule):
    return case.clocks.get(rule=rule).due_on


def preserve(desk, case, day, actor=None):
    goods = [cases.Good("tea tin", 200, "piece")]
    facts = cases.MeasureFacts(day, "Stall 4", "the manager", goods)
    return cases.preserve_goods(
        actor=actor or desk.one, at=desk.at, case=case, facts=facts
    )


def notice_code(number=7):
    return code_of(number.to_bytes(16, "big"))


STATES = {
    "proposed": Desk.open,
    "filed": Desk.filed,
    "investigating": Desk.investigating,
    "in_review": Desk.in_review,
    "reviewed": Desk.reviewed,
    "notified": Desk.notified,
    "hearing": Desk.hearing,
    "collective": Desk.collective,
    "decided": Desk.decided,
    "served": Desk.served,
    "closed": Desk.closed,
    "not_filed": Desk.not_filed,
    "withdrawn": Desk.withdrawn,
    "transferred": Desk.transferred,
}
