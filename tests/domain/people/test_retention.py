"""Personal data goes when its term is over; the journal stays whole."""

from datetime import timedelta

import pytest

import offices
from casework import Desk
from hufu.base.errors import Refusal
from hufu.base.journal import sequence_entries, verify_journal
from hufu.base.models import Entry
from hufu.domain.cases import services as cases
from hufu.domain.cases.models import Case
from hufu.domain.evidence.models import Item
from hufu.domain.leads import queries as lead_queries
from hufu.domain.leads import services as leads
from hufu.domain.leads.models import Lead
from hufu.domain.leads.services.drafts import LIFE
from hufu.domain.leads.services.erasure import erase_lead
from hufu.domain.oversight import retention
from hufu.domain.people.actors import Clockwork, Reporter
from hufu.domain.people.models import Erasure, Party
from hufu.domain.people.retention import terms
from hufu.domain.people.services import PartyFacts, erase_party
from hufu.doors.identity import now
from hufu.doors.jobs import tasks

pytestmark = pytest.mark.django_db
SAID = "I, Zhang San, saw it in my own street."


@pytest.fixture
def desk(now, storage):
    return Desk(now, storage)


def system(desk):
    return Clockwork(frozenset({desk.office.pk}))


def closed_report(desk, **said):
    lead = offices.report(desk.at, name="Zhang San", contact="z@x.test", **said)
    sender = Reporter(frozenset({lead.agency_id}))
    leads.add_message(actor=sender, at=desk.at, lead=lead, body=SAID)
    return leads.close_lead(
        actor=desk.intake, at=desk.at, lead=lead, reason="no_infringement"
    )


def erase(desk, lead, actor=None, term="lead"):
    return erase_lead(
        actor=actor or system(desk),
        at=desk.at,
        storage=desk.storage,
        lead=lead,
        items=list(retention.sender_items(lead)),
        term=term,
    )


def days(desk, code):
    return terms(desk.at.date())[code].days


def test_a_lead_is_due_when_its_term_is_over_and_not_a_day_before(desk):
    lead = closed_report(desk)
    on = desk.at.date()
    term = timedelta(days=days(desk, "lead"))
    assert not retention.leads_over(system(desk), on + term)
    over = retention.leads_over(system(desk), on + term + timedelta(days=1))
    assert list(over) == [lead]


def test_nothing_that_is_worked_on_is_due_or_can_be_erased(desk):
    lead = offices.report(desk.at, name="Zhang San")
    far = desk.at.date() + timedelta(days=20000)
    assert not retention.leads_over(system(desk), far)
    with pytest.raises(Refusal) as refusal:
        erase(desk, lead)
    assert refusal.value.code == "still_open"


def test_erasure_empties_what_tells_who_and_leaves_the_journal_whole(desk):
    files = [offices.kept(desk.storage)]
    lead = closed_report(desk, files=files, details=SAID, respondent_name="Li Si")
    entries = set(Entry.objects.values_list("pk", flat=True))
    sequence_entries(at=desk.at)
    erase(desk, lead)
    sequence_entries(at=desk.at)
    again = Lead.objects.get(pk=lead.pk)
    kept = " ".join(str(value) for value in vars(again).values())
    kept += " ".join(again.messages.values_list("body", flat=True))
    for secret in ("Zhang", "z@x.test", "Li Si", "Lucky Stall", "night market"):
        assert secret not in kept
    assert Item.objects.get().state == "destroyed"
    assert entries < set(Entry.objects.values_list("pk", flat=True))
    assert list(verify_journal()) == []
    assert Erasure.objects.get().subject_id == str(lead.pk)


def test_the_receipt_still_leads_to_the_outcome(desk):
    erase(desk, closed_report(desk))
    assert lead_queries.lead_by_receipt(offices.receipt()).state == "closed"


def test_what_was_erased_is_not_due_again(desk):
    lead = closed_report(desk)
    desk.later(days(desk, "lead") + 1)
    erase(desk, lead)
    assert not retention.leads_over(system(desk), desk.at.date())


def test_a_person_is_due_when_all_their_cases_are_long_closed(desk):
    person = PartyFacts(kind="person", name="Zhang San", phone="13800138000")
    case = desk.investigating(respondents=(person,))
    assert not retention.parties_over(system(desk), desk.at.date())
    cases.withdraw_case(
        actor=desk.director,
        at=desk.at,
        case=case,
        ending=Case.Ending.NO_VIOLATION,
        reason="genuine",
    )
    desk.later(days(desk, "case") + 1)
    (due,) = retention.parties_over(system(desk), desk.at.date())
    erase_party(actor=system(desk), at=desk.at, party=due, term="case")
    again = Party.objects.get(pk=due.pk)
    assert (again.name, again.phone, again.erased_at) == ("—", "", desk.at)
    assert not retention.parties_over(system(desk), desk.at.date())


def test_a_director_erases_on_request_and_an_inbox_officer_may_not(desk):
    lead = closed_report(desk)
    with pytest.raises(Refusal) as refusal:
        erase(desk, lead, actor=desk.intake, term="request")
    assert refusal.value.code == "no_permission"
    assert retention.lead_to_erase(desk.director, lead.reference) == lead
    erase(desk, lead, actor=desk.director, term="request")
    assert retention.lead_to_erase(desk.director, lead.reference) is None


def test_another_agency_cannot_erase(desk):
    lead = closed_report(desk)
    far = offices.agency(desk.at, "far", "330100")
    other = offices.officer(desk.at, far, "director")
    assert retention.lead_to_erase(other, str(lead.pk)) is None
    with pytest.raises(Refusal):
        erase(desk, lead, actor=other)


def test_the_nightly_job_erases_each_record_once(storage, monkeypatch):
    monkeypatch.setattr(tasks, "blob_store", lambda: storage)
    desk = Desk(now() - timedelta(days=800), storage)
    closed_report(desk)
    assert tasks.erase_expired.call() == 1
    assert tasks.erase_expired.call() == 0


def test_the_term_of_drafts_is_what_drafts_do(desk):
    assert timedelta(days=days(desk, "draft")) == LIFE
