"""What the law asks of evidence, and how the exhibits of a case stand against it."""

import pytest

from casework import Desk, refused
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.cases import queries, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(storage, now):
    return Desk(now, storage)


def exhibit_of(desk, case, name="record.txt"):
    item = desk.item(name, name.encode())
    return services.add_exhibit(
        actor=desk.one, at=desk.at, case=case, item=item, purpose="shows the stall"
    )


def mark(desk, exhibit, *meets, actor=None):
    who = actor or desk.one
    return services.mark_exhibit(actor=who, at=desk.at, exhibit=exhibit, meets=meets)


def standing(desk, case, channel="administrative"):
    return queries.evidence_standing(case, channel, desk.at.date())


def missing(found):
    return {item.code for item in found.checklist.missing}


def test_a_case_without_exhibits_has_nothing_that_the_law_asks_for(desk):
    found = standing(desk, desk.investigating())
    assert not [item for item in found.checklist.items if item.is_present]
    assert missing(found) >= {"record", "right_title", "hash", "custody"}
    cures = [item.cure for item in found.checklist.missing]
    assert all(cure.en and cure.zh for cure in cures)
    assert "23" in found.checklist.ruling.source.cite("en")


def test_with_an_exhibit_its_digest_and_custody_are_there_already(desk):
    case = desk.investigating()
    before = missing(standing(desk, case))
    exhibit_of(desk, case)
    assert before - missing(standing(desk, case)) == {"hash", "custody"}


def test_an_exhibit_says_what_it_meets_and_the_journal_knows(desk):
    case = desk.investigating()
    one, two = exhibit_of(desk, case), exhibit_of(desk, case, "visit.txt")
    mark(desk, one, "record", "right_title")
    mark(desk, two, "record")
    found = standing(desk, case)
    assert found.proofs == {"record": [1, 2], "right_title": [1]}
    assert not missing(found) & {"record", "right_title"}
    entry = Entry.objects.filter(act="mark-exhibit").earliest("pk")
    assert entry.facts == {"exhibit": 1, "meets": ["record", "right_title"]}


def test_what_was_noted_can_be_taken_back(desk):
    case = desk.investigating()
    exhibit = exhibit_of(desk, case)
    mark(desk, exhibit, "record")
    mark(desk, exhibit)
    assert "record" in missing(standing(desk, case))


def test_a_transfer_to_the_police_asks_for_a_list_of_its_own(desk):
    case = desk.investigating()
    mark(desk, exhibit_of(desk, case), "right_title", "amount")
    found = standing(desk, case, "criminal")
    assert "transfer_letter" in missing(found)
    assert not missing(found) & {"right_title", "amount"}


def test_a_requirement_that_the_law_does_not_know_is_refused(desk):
    exhibit = exhibit_of(desk, desk.investigating())
    said = {"actor": desk.one, "at": desk.at, "exhibit": exhibit, "meets": ("magic",)}
    refused("unknown_requirement", services.mark_exhibit, **said)


def test_only_a_handling_officer_says_what_an_exhibit_meets(desk):
    exhibit = exhibit_of(desk, desk.investigating())
    said = {"at": desk.at, "exhibit": exhibit, "meets": ("record",)}
    for other in (desk.reviewer, desk.director, desk.intake):
        with pytest.raises(Refusal):
            services.mark_exhibit(actor=other, **said)
    exhibit.refresh_from_db()
    assert exhibit.meets == []


def test_before_the_rule_began_there_is_no_list(desk):
    case = desk.investigating()
    day = desk.at.date().replace(year=2015)
    assert queries.evidence_standing(case, "administrative", day) is None


def test_missing_evidence_stops_nothing(desk):
    case = desk.in_review()
    assert missing(standing(desk, case))
    assert desk.review(case).state == "reviewed"
