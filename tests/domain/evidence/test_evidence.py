import io

import pytest
from django.db import DatabaseError, transaction

import offices
from hufu.base.errors import Refusal
from hufu.base.models import Entry
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Blob, Custody, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now):
    return offices.agency(now)


@pytest.fixture
def keeper(now, office):
    return offices.officer(now, office, "investigator")


def deposit(actor, now, storage, agency, data=b"an invoice", **said):
    upload = services.Upload(io.BytesIO(data), said.pop("name", "invoice.txt"), **said)
    return services.deposit_item(
        actor=actor, at=now, storage=storage, upload=upload, agency=agency
    )


def refused(code, act, **said):
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert refusal.value.code == code


def acts(item):
    return [link.act for link in item.custody.all()]


def test_the_same_bytes_are_kept_once(keeper, office, now, storage):
    first = deposit(keeper, now, storage, office)
    second = deposit(keeper, now, storage, office, name="again.txt")
    assert first.blob == second.blob
    assert Blob.objects.count() == 1


def test_every_view_and_download_leaves_a_link_and_an_entry(
    keeper, office, now, storage
):
    item = deposit(keeper, now, storage, office)
    services.view_item(actor=keeper, at=now, item=item)
    _, stream = services.download_item(
        actor=keeper, at=now, storage=storage, item=item, purpose="to compare"
    )
    with stream:
        assert stream.read() == b"an invoice"
    assert acts(item) == ["deposited", "viewed", "downloaded"]
    assert Entry.objects.filter(subject_id=str(item.pk)).count() == 3
    assert "to compare" not in str(list(Entry.objects.values()))


def test_a_download_without_a_purpose_is_refused(keeper, office, now, storage):
    item = deposit(keeper, now, storage, office)
    refused(
        "reason_missing",
        services.download_item,
        actor=keeper,
        at=now,
        storage=storage,
        item=item,
        purpose=" ",
    )


def test_nobody_rewrites_the_chain_of_custody(keeper, office, now, storage):
    deposit(keeper, now, storage, office)
    with pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.update(reason="nothing happened")
    with pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.all().delete()


def test_another_agency_does_not_know_of_an_item(keeper, office, now, storage):
    item = deposit(keeper, now, storage, office)
    other = offices.officer(now, offices.agency(now, "beijing", "110000"), "director")
    assert not queries.visible_items(other).exists()
    refused("not_found", services.view_item, actor=other, at=now, item=item)


def test_a_restricted_item_is_seen_through_grants_only(keeper, office, now, storage):
    item = deposit(keeper, now, storage, office)
    colleague = offices.officer(now, office, "reviewer")
    services.restrict_item(actor=keeper, at=now, item=item)
    assert not queries.visible_items(colleague).exists()
    said = {"actor": keeper, "at": now, "item": item, "grantee": colleague.label}
    services.grant_item(**said)
    assert queries.visible_items(colleague).get() == item
    services.revoke_item(**said)
    assert not queries.visible_items(colleague).exists()


def test_a_party_keeps_sight_of_what_it_deposits_and_gets_the_bare_copy(
    office, now, storage
):
    account = offices.holder(now)
    item = deposit(account, now, storage, office, offices.PNG)
    assert queries.visible_items(account).get() == item
    assert queries.readable_blob(account, item) == item.working


def test_a_sealed_original_opens_only_for_a_director_with_a_reason(
    keeper, office, now, storage
):
    item = deposit(keeper, now, storage, office, offices.PNG, sealed=True)
    head = offices.officer(now, office, "director")
    said = {"at": now, "storage": storage, "item": item}
    _, stream = services.download_item(actor=keeper, purpose="to read", **said)
    stream.close()
    unseal = services.unseal_item
    refused("no_permission", unseal, actor=keeper, reason="curious", **said)
    refused("reason_missing", unseal, actor=head, reason="", **said)
    _, stream = unseal(actor=head, reason="The court asks for it", **said)
    with stream:
        assert stream.read() == offices.PNG
    assert acts(item)[-1] == "unsealed"


def test_a_sealed_file_without_a_safe_copy_stays_closed(keeper, office, now, storage):
    unknown = b"%PDF-1.7 broken"
    item = deposit(keeper, now, storage, office, unknown, sealed=True)
    refused(
        "sealed",
        services.download_item,
        actor=keeper,
        at=now,
        storage=storage,
        item=item,
        purpose="to read",
    )


def hand_over(keeper, item, receiver, now):
    return services.hand_over_item(
        actor=keeper,
        at=now,
        item=item,
        receiver=receiver,
        link=services.Link(place="Room 3", reason="comparison"),
    )


def test_a_hand_over_needs_two_people(keeper, office, now, storage):
    item = deposit(keeper, now, storage, office)
    other = offices.officer(now, office, "investigator", "second")
    handover = hand_over(keeper, item, other, now)
    accept = services.accept_hand_over
    refused("not_receiver", accept, actor=keeper, at=now, handover=handover)
    accept(actor=other, at=now, handover=handover)
    item.refresh_from_db()
    assert item.keeper == other.label
    assert acts(item) == ["deposited", "offered", "accepted"]
    refused("wrong_state", accept, actor=other, at=now, handover=handover)


def test_an_item_is_offered_to_one_officer_of_the_agency_at_a_time(
    keeper, office, now, storage
):
    item = deposit(keeper, now, storage, office)
    stranger = offices.officer(now, offices.agency(now, "beijing", "110000"))
    with pytest.raises(Refusal, match="another officer"):
        hand_over(keeper, item, keeper, now)
    with pytest.raises(Refusal, match="another officer"):
        hand_over(keeper, item, stranger, now)
    hand_over(keeper, item, offices.officer(now, office), now)
    with pytest.raises(Refusal, match="waiting"):
        hand_over(keeper, item, offices.officer(now, office, "reviewer"), now)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"\x7fELF\x02\x01\x01" + bytes(60), "file_type")],
)
def test_a_file_that_is_nothing_or_a_program_is_refused(
    keeper, now, storage, data, code
):
    with pytest.raises(Refusal) as refusal:
        deposit(keeper, now, storage, keeper.agency, data)
    assert refusal.value.code == code
    assert not Item.objects.exists()


def test_a_file_over_the_limit_is_refused(keeper, office, now, storage, settings):
    settings.HUFU_UPLOAD_LIMIT = 5
    with pytest.raises(Refusal) as refusal:
        deposit(keeper, now, storage, office)
    assert refusal.value.code == "file_too_large"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\证据.pdf", "证据.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_lose_paths_and_hidden_characters(keeper, now, storage, given, kept):
    assert deposit(keeper, now, storage, keeper.agency, name=given).name == kept
