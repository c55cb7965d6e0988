"""What somebody with the database password changes is named by its row."""

import pytest
from django.db import connection

import offices
from hufu.base.journal import sequence_entries
from hufu.base.models import Entry
from hufu.doors.storage import prooflog
from hufu.doors.storage.auditing import PROMISE, audit_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acts(now, tmp_path, settings):
    settings.HUFU_HOME = tmp_path
    office = offices.agency(now)
    offices.officer(now, office, "investigator")
    sequence_entries(at=now)
    prooflog.extend_log(at=now)
    return list(Entry.objects.order_by("place__position"))


TABLES = "('base_entry', 'base_place', 'evidence_leaf')"


def past_the_triggers(*statements):
    """Do what only an administrator of the database can; put the triggers back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            undo = ["SET session_replication_role = origin"]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                f" WHERE type='trigger' AND tbl_name IN {TABLES}"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            undo = [sql for _, sql in triggers]
        with connection.constraint_checks_disabled():
            for statement, values in statements:
                cursor.execute(statement, values)
        for statement in undo:
            cursor.execute(statement)


def test_an_untouched_house_agrees(acts):
    assert list(audit_house()) == []


def test_a_rewritten_act_is_named(acts):
    victim = acts[1]
    past_the_triggers(("UPDATE base_entry SET actor='x' WHERE id=%s", [victim.pk]))
    found = list(audit_house())
    assert any(f"entry {victim.pk} " in sentence for sentence in found)
    assert any(sentence.startswith("journal batch 1") for sentence in found)


def test_a_deleted_act_is_missed(acts):
    victim = acts[-1].pk
    past_the_triggers(
        ("DELETE FROM evidence_leaf WHERE entry_id=%s", [victim]),
        ("DELETE FROM base_place WHERE entry_id=%s", [victim]),
        ("DELETE FROM base_entry WHERE id=%s", [victim]),
    )
    missing = f"leaf {len(acts) - 1}: its act is gone from the database"
    assert missing in list(audit_house())


def test_a_changed_file_of_the_log_is_noticed(acts, settings):
    tile = next((settings.HUFU_HOME / "log/tile/entries").rglob("*.p/*"))
    data = bytearray(tile.read_bytes())
    data[50] ^= 1
    tile.write_bytes(data)
    assert any(sentence.startswith("the log:") for sentence in audit_house())


def test_an_act_that_waited_too_long_is_named(now, tmp_path, settings):
    settings.HUFU_HOME = tmp_path
    offices.agency(now)
    sequence_entries(at=now)
    prooflog.extend_log(at=now + 2 * PROMISE)
    assert any("later into the log" in sentence for sentence in audit_house())
