import pytest
from django.db import DatabaseError, connection, transaction

from hufu.base.journal import (
    GENESIS,
    leaf_of,
    record,
    sequence_entries,
    verify_journal,
)
from hufu.base.models import Batch, Entry, Place
from hufu.domain.people import services
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Agency
from hufu.engines.proof import merkle

SYSTEM = Clockwork()


@pytest.fixture
def agency(db, now):
    return services.found_agency(
        actor=SYSTEM,
        at=now,
        agency=Agency(
            code="A1", kind="market", name_en="A", name_zh="甲", region="110000"
        ),
    )


def forge(statement, *params):
    """Do what an administrator with the database password could do."""
    names = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
                " AND tbl_name IN ('base_entry', 'base_place', 'base_batch')"
            )
            names = [name for (name,) in cursor.fetchall()]
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(statement, params)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def test_an_act_that_changes_nothing_leaves_no_entry(agency, now):
    services.found_agency(actor=SYSTEM, at=now, agency=agency)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("model", [Entry, Batch, Place])
def test_no_row_of_the_journal_can_be_changed_or_deleted(agency, now, model):
    sequence_entries(at=now)
    column = "sealed_at" if model is Batch else model._meta.pk.column
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = {column}")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_every_entry_gets_one_place_in_one_sequence(agency, now):
    sequence_entries(at=now)
    for _ in range(3):
        record(agency, "look", actor=SYSTEM, at=now)
    batch = sequence_entries(at=now)
    assert sequence_entries(at=now) is None
    assert list(Place.objects.values_list("position", flat=True)) == [1, 2, 3, 4]
    assert (batch.number, batch.size) == (2, 3)
    assert Batch.objects.get(number=1).previous == GENESIS
    assert batch.previous == Batch.objects.get(number=1).digest


def test_the_root_of_a_batch_is_an_rfc_6962_tree_head(agency, now):
    for _ in range(4):
        record(agency, "look", actor=SYSTEM, at=now)
    batch = sequence_entries(at=now)
    a, b, c, d, e = (
        merkle.leaf_hash(leaf_of(entry)) for entry in Entry.objects.order_by("pk")
    )
    left = merkle.node_hash(merkle.node_hash(a, b), merkle.node_hash(c, d))
    assert batch.root == merkle.node_hash(left, e).hex()


def test_an_untouched_journal_verifies(agency, now):
    sequence_entries(at=now)
    record(agency, "look", actor=SYSTEM, at=now)
    sequence_entries(at=now)
    assert list(verify_journal()) == []


@pytest.mark.parametrize(
    "change", ["act = 'nothing'", "actor = 'officer:x'", "facts = '{\"a\": 1}'"]
)
def test_a_changed_entry_is_noticed(agency, now, change):
    sequence_entries(at=now)
    forge(f"UPDATE base_entry SET {change}")
    assert [found.problem for found in verify_journal()] == ["an entry was changed"]


def test_a_vanished_record_is_noticed(agency, now):
    record(agency, "look", actor=SYSTEM, at=now)
    sequence_entries(at=now)
    forge("DELETE FROM base_place WHERE position = 2")
    forge("DELETE FROM base_entry WHERE act = %s", "look")
    problems = {found.problem for found in verify_journal()}
    assert "an entry is missing or stands elsewhere" in problems


def test_a_vanished_batch_is_noticed(agency, now):
    for _ in range(3):
        record(agency, "look", actor=SYSTEM, at=now)
        sequence_entries(at=now)
    forge("DELETE FROM base_place WHERE batch_id = 2")
    forge("DELETE FROM base_batch WHERE number = 2")
    assert next(verify_journal()).batch == 3
