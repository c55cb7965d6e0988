"""Deposits: a hash or a file that its depositor alone sees, and everybody can check."""

import io

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Custody, Deposit, Item
from hufu.domain.evidence.workflow import ITEM

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


@pytest.fixture
def holder(now):
    return offices.holder(now)


@pytest.fixture
def officer(now):
    return offices.officer(now, offices.agency(now), "investigator")


def hashed(actor, now, sha256=HASH, **said):
    facts = services.DepositFacts(sha256=sha256, **said)
    return services.deposit_hash(actor=actor, at=now, facts=facts)


def filed(actor, now, storage, data=b"a drawing", **said):
    kept = services.keep_file(
        storage=storage, stream=io.BytesIO(data), name="drawing.txt"
    )
    facts = services.DepositFacts(**said)
    return services.deposit_file(actor=actor, at=now, kept=kept, facts=facts)


def withdrawn(actor, now, storage, deposit):
    return services.withdraw_deposit(
        actor=actor, at=now, storage=storage, deposit=deposit
    )


def refused(code, act, *said):
    with pytest.raises(Refusal) as refusal:
        act(*said)
    assert refusal.value.code == code


def test_the_journal_keeps_hash_and_size_and_no_word(holder, now):
    hashed(holder, now, size=9, name="My novel", note="third draft")
    entry = Entry.objects.get(subject_kind="evidence.deposit")
    assert entry.facts == {"sha256": HASH, "size": 9}
    assert entry.act == "deposit"


def test_a_hash_is_taken_as_people_type_it_and_nothing_else_is(holder, now):
    assert hashed(holder, now, f" {HASH.upper()}\n").sha256 == HASH
    for wrong in ("", "ab", HASH + "0", "g" * 64):
        refused("sha256_invalid", hashed, holder, now, wrong)


def test_the_database_refuses_half_a_hash(holder, now):
    deposit = hashed(holder, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk).update(sha256="ab")


def test_a_deposit_is_seen_by_its_account_only(holder, officer, now):
    deposit = hashed(holder, now)
    assert list(queries.visible_deposits(holder)) == [deposit]
    assert not queries.visible_deposits(officer)
    assert not queries.visible_deposits(offices.holder(now, "Another"))


def test_a_file_is_restricted_to_its_depositor(holder, officer, now, storage):
    other = offices.officer(now, officer.agency, "director", "director")
    for actor, stranger in ((holder, officer), (officer, other)):
        deposit = filed(actor, now, storage)
        assert deposit.item.restricted
        assert deposit.sha256 == deposit.item.blob_id
        assert deposit.size == 9
        assert queries.visible_items(actor).filter(pk=deposit.item_id).exists()
        assert not queries.visible_items(stranger).filter(pk=deposit.item_id).exists()


def test_a_role_that_adds_no_evidence_deposits_nothing(now):
    auditor = offices.officer(now, offices.agency(now), "supervisor")
    refused("no_permission", hashed, auditor, now)


def test_withdrawing_erases_the_words_and_the_file(
    holder, now, storage, django_capture_on_commit_callbacks
):
    deposit = filed(holder, now, storage, note="private")
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(holder, now, storage, deposit)
    deposit.refresh_from_db()
    assert (deposit.state, deposit.name, deposit.note) == ("withdrawn", "", "")
    assert deposit.item.state == Item.State.DESTROYED
    assert deposit.item.custody.last().act == Custody.Act.DESTROYED
    with pytest.raises(FileNotFoundError):
        storage.open(deposit.sha256)


def test_what_is_withdrawn_stays_so_and_was_deposited_all_the_same(
    holder, now, storage
):
    deposit = hashed(holder, now)
    withdrawn(holder, now, storage, deposit)
    refused("wrong_state", withdrawn, holder, now, storage, deposit)
    acts = Entry.objects.filter(subject_kind="evidence.deposit")
    assert [one.act for one in acts] == ["deposit", "withdraw"]


def test_nobody_withdraws_what_another_deposited(holder, officer, now, storage):
    deposit = hashed(holder, now)
    refused("other_agency", withdrawn, officer, now, storage, deposit)
    colleague = offices.officer(now, officer.agency, "intake")
    own = filed(officer, now, storage)
    refused("other_agency", withdrawn, colleague, now, storage, own)


def test_a_file_others_rely_on_stays(holder, officer, now, storage):
    deposit = filed(holder, now, storage)
    services.grant_item(actor=holder, at=now, item=deposit.item, grantee=officer.label)
    refused("in_use", withdrawn, holder, now, storage, deposit)
    deposit.refresh_from_db()
    assert deposit.state == Deposit.State.KEPT


def test_an_item_of_no_agency_is_open_to_whoever_deposited_it(
    holder, officer, now, storage
):
    item = filed(holder, now, storage).item
    assert "withdraw" in ITEM.open_verbs(item, actor=holder)
    assert ITEM.open_verbs(item, actor=officer) == []


def test_a_deposit_changes_its_state_with_an_entry_only(holder, now):
    deposit = hashed(holder, now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk).update(state="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        deposit.delete()
