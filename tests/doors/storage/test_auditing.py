"""What somebody with the database password changes is named by its row."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

import offices
from hufu.base.journal import sequence_entries
from hufu.base.models import Entry, Tracked
from hufu.domain.evidence.models import Custody, Item
from hufu.domain.evidence.queries import deposit_leaf
from hufu.domain.evidence.services import DepositFacts, deposit_hash
from hufu.domain.people.actors import Clockwork
from hufu.domain.publication.listmaps import draw_map
from hufu.domain.publication.services import commit_list, enquire_list
from hufu.doors.jobs.schedule import SCHEDULE
from hufu.doors.jobs.tasks import extend_log, sequence_journal
from hufu.doors.storage import prooflog
from hufu.doors.storage.auditing import PROMISE, audit_house
from hufu.doors.storage.receipts import receipt_of
from hufu.doors.storage.rowaudits import audit_rows
from records import Records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acts(now, tmp_path, settings):
    settings.HUFU_HOME = tmp_path
    office = offices.agency(now)
    offices.officer(now, office, "investigator")
    sequence_entries(at=now)
    prooflog.extend_log(at=now)
    return list(Entry.objects.order_by("place__position"))


def past_the_triggers(*statements):
    """Do what only an administrator of the database can; put the triggers back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            undo = ["SET session_replication_role = origin"]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
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


def test_a_deposit_stands_in_the_log_within_the_time_its_receipt_states(
    now, tmp_path, settings, monkeypatch
):
    settings.HUFU_HOME = tmp_path
    clock = "hufu.doors.identity.timezone.now"
    monkeypatch.setattr(clock, lambda: now)
    made = deposit_hash(
        actor=offices.holder(now), at=now, facts=DepositFacts(sha256="ab" * 32)
    )
    stated = timedelta(seconds=receipt_of(made, {}).statement.promise)
    assert stated == PROMISE
    every = {turn.task.name: turn.every for turn in SCHEDULE}
    turns = every["sequence_journal"] + every["extend_log"]
    assert 10 * turns < stated
    monkeypatch.setattr(clock, lambda: now + turns)
    sequence_journal.call()
    extend_log.call()
    assert deposit_leaf(made).placed_at - made.deposited_at <= stated
    assert receipt_of(made, {}).check_place(prooflog.log_signer().key)
    assert list(audit_house()) == []


@pytest.fixture
def records(now, storage, tmp_path, settings):
    """Fill a house with a record of most kinds, and log it."""
    settings.HUFU_HOME = tmp_path
    return Records(now, storage)


def told(start=""):
    return [one for one in audit_rows() if one.startswith(start)]


def test_a_house_full_of_records_agrees_with_its_journal(records):
    assert told() == []


def test_a_link_of_custody_that_was_rewritten_or_deleted_is_named(records):
    link = Custody.objects.exclude(act="granted").first()
    past_the_triggers(
        ("UPDATE evidence_custody SET actor='x' WHERE id=%s", [link.pk]),
    )
    assert told() == [
        f"custody {link.pk} (item {link.item_id}): not what its entry says"
    ]
    past_the_triggers(("DELETE FROM evidence_custody WHERE id=%s", [link.pk]))
    assert [one.split(" (")[0] for one in told()] == [f"entry {link.entry_id}"]


def test_a_reason_in_custody_that_was_rewritten_is_named(records):
    link = Custody.objects.first()
    past_the_triggers(
        ("UPDATE evidence_custody SET reason='a lie' WHERE id=%s", [link.pk])
    )
    assert told(f"custody {link.pk} ")


def test_a_state_set_by_hand_is_named_by_its_row(records):
    item = Item.objects.first()
    past_the_triggers(("UPDATE evidence_item SET state='returned'", []))
    assert f"evidence.item {item.pk}: its state returned is not the journal's" in told()


def rows_with_a_state():
    """Return one row of every kind of record that has a state."""
    models = [m for m in apps.get_models() if issubclass(m, Tracked)]
    found = [(model, model._default_manager.order_by("pk").first()) for model in models]
    return [(model, row) for model, row in found if row]


def test_every_kind_of_record_whose_state_is_rewritten_or_row_deleted_is_named(records):
    rows, another = rows_with_a_state(), Entry.objects.first()
    assert len(rows) >= 10
    for model, row in rows:
        table, kind = model._meta.db_table, model._meta.label_lower
        change = f"UPDATE {table} SET entry_id=%s WHERE id=%s"
        past_the_triggers((change, [another.pk, _id(row)]))
        assert f"{kind} {row.pk}: its state {row.state} is not the journal's" in told()
        past_the_triggers((f"DELETE FROM {table} WHERE id=%s", [_id(row)]))
        assert f"{kind} {row.pk}: the journal knows it, its row is gone" in told()


def _id(row):
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


def test_a_lists_day_and_who_asked_about_one_are_missed(records, now):
    desk, day = records.desk, now.date()
    made = draw_map(name="x", day=day, codes=["1"], seed=bytes(32))
    row = commit_list(actor=Clockwork(), at=now, made=made)
    enquiry = enquire_list(
        actor=desk.handler, at=now, row=row, code="1", reason="asked by a court"
    )
    assert told() == []
    other = b"\1" * 64
    past_the_triggers(("UPDATE publication_listday SET rows=%s", [other]))
    assert told() == [f"list {row.pk} ({row}): its rows were changed"]
    past_the_triggers(("UPDATE publication_listday SET root=%s", ["0" * 64]))
    assert f"list {row.pk} (x {day}): another head than the journal's" in told()
    past_the_triggers(
        ("DELETE FROM publication_listenquiry", []),
        ("DELETE FROM publication_listday", []),
    )
    gone = "the journal knows it, its row is gone"
    assert told() == [
        f"publication.listday {row.pk}: {gone}",
        f"publication.listenquiry {enquiry.pk}: {gone}",
    ]


@pytest.mark.parametrize("table", ["base_batch", "base_place", "evidence_leaf"])
def test_a_row_of_the_chain_that_was_deleted_is_missed(acts, table):
    past_the_triggers((f"DELETE FROM {table}", []))
    assert list(audit_house())


def test_a_record_that_was_deleted_is_missed(now, tmp_path, settings):
    settings.HUFU_HOME = tmp_path
    made = deposit_hash(
        actor=offices.holder(now), at=now, facts=DepositFacts(sha256="ab" * 32)
    )
    past_the_triggers(("UPDATE evidence_deposit SET sha256=%s", ["cd" * 32]))
    changed = f"evidence.deposit {made.pk}: its hash or size is not the journal's"
    assert told() == [changed]
    past_the_triggers(("DELETE FROM evidence_deposit", []))
    assert told() == [
        f"evidence.deposit {made.pk}: the journal knows it, its row is gone"
    ]
