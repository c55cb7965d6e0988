"""No state moves without its entry, and no stale copy moves anything."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.leads.models import Lead
from hufu.domain.leads.workflow import LEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(now):
    return offices.officer(now, offices.agency(now))


@pytest.fixture
def lead(officer, now):
    return offices.report(now)


def write(statement, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def key(record):
    return record.pk if connection.vendor == "postgresql" else record.pk.hex


def test_a_state_cannot_be_written_without_an_entry(lead):
    with pytest.raises(DatabaseError, match="needs its journal entry"):
        write("UPDATE leads_lead SET state = 'accepted' WHERE id = %s", key(lead))


def test_the_entry_of_another_act_does_not_serve(lead, now):
    other = offices.report(now, 2)
    with pytest.raises(DatabaseError, match="needs its journal entry"):
        write(
            "UPDATE leads_lead SET state = 'accepted', entry_id = %s WHERE id = %s",
            other.entry_id,
            key(lead),
        )


def test_an_old_entry_does_not_serve_twice(lead, officer, now):
    LEAD.take("accept", lead, actor=officer, at=now)
    first = Entry.objects.filter(subject_id=str(lead.pk), after="new").latest("pk")
    with pytest.raises(DatabaseError, match="needs its journal entry"):
        write(
            "UPDATE leads_lead SET state = 'new', entry_id = %s WHERE id = %s",
            first.pk,
            key(lead),
        )


def test_a_record_cannot_be_deleted(lead):
    with pytest.raises(DatabaseError, match="never deleted"):
        write("DELETE FROM leads_lead WHERE id = %s", key(lead))


def test_a_record_cannot_be_slipped_in(lead):
    lead.pk = uuid.uuid4()
    lead.receipt_hash = None
    with (
        pytest.raises(DatabaseError, match="needs its journal entry"),
        transaction.atomic(),
    ):
        lead.save(force_insert=True)


def test_a_stale_copy_cannot_act_twice(lead, officer, now):
    stale = Lead.objects.get(pk=lead.pk)
    LEAD.take("accept", lead, actor=officer, at=now)
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        LEAD.take("accept", stale, actor=officer, at=now)
    assert refusal.value.code == "changed_meanwhile"
    assert Entry.objects.count() == entries


def test_an_act_that_fails_later_leaves_neither_state_nor_entry(lead, officer, now):
    entries = Entry.objects.count()

    def act_and_fail():
        with transaction.atomic():
            LEAD.take("accept", lead, actor=officer, at=now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()
    assert Lead.objects.get(pk=lead.pk).state == "new"
    assert Entry.objects.count() == entries


def test_another_agencys_officer_and_a_wrong_role_are_refused(lead, now):
    elsewhere = offices.agency(now, "hangzhou", "330100")
    for actor, code in (
        (offices.officer(now, elsewhere), "other_agency"),
        (offices.officer(now, elsewhere, "registrar"), "no_permission"),
    ):
        with pytest.raises(Refusal) as refusal:
            LEAD.take("accept", lead, actor=actor, at=now)
        assert refusal.value.code == code
