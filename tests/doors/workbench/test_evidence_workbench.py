import io

import pytest
from django.urls import reverse

import offices
from hufu.domain.evidence.models import HandOver
from hufu.domain.evidence.services import Upload, deposit_item
from hufu.doors.identity import now as hour
from hufu.doors.storage.blobs import blob_store

pytestmark = pytest.mark.django_db
PAGE = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def office(db):
    return offices.agency(hour())


@pytest.fixture
def keeper(client, office):
    account = offices.officer(hour(), office, "investigator")
    client.force_login(account)
    return account


def deposit(account, data=PAGE, **said):
    upload = Upload(io.BytesIO(data), "shop.html", **said)
    return deposit_item(
        actor=account,
        at=hour(),
        storage=blob_store(),
        upload=upload,
        agency=account.agency,
    )


def url(name, one):
    return reverse(f"workbench:{name}", args=[one.pk])


def acts(item):
    return [link.act for link in item.custody.all()]


def test_opening_the_page_of_an_item_is_a_link_of_its_custody(client, keeper):
    item = deposit(keeper)
    shown = client.get(url("evidence-item", item)).content.decode()
    assert item.blob_id in shown
    assert "investigator shenzhen" in shown
    assert acts(item) == ["deposited", "viewed"]


def test_a_saved_page_leaves_as_a_file_and_never_as_a_page(client, keeper):
    item = deposit(keeper)
    answer = client.post(url("evidence-download", item), {"purpose": "to compare"})
    assert b"".join(answer.streaming_content) == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert acts(item)[-1] == "downloaded"


def test_a_download_asks_for_its_purpose(client, keeper):
    item = deposit(keeper)
    assert client.post(url("evidence-download", item)).status_code == 422
    assert client.get(url("evidence-download", item)).status_code == 405
    assert acts(item) == ["deposited"]


def test_only_a_director_opens_a_sealed_original_and_says_why(client, keeper, office):
    item = deposit(keeper, offices.PNG, sealed=True)
    typed = {"unseal-purpose": "The court asks"}
    assert client.post(url("evidence-unseal", item), typed).status_code == 403
    client.force_login(offices.officer(hour(), office, "director"))
    assert client.post(url("evidence-unseal", item)).status_code == 422
    answer = client.post(url("evidence-unseal", item), typed)
    assert b"".join(answer.streaming_content) == offices.PNG
    assert acts(item)[-1] == "unsealed"


def test_a_hand_over_is_signed_by_the_other_officer(client, keeper, office):
    item, other = deposit(keeper), offices.officer(hour(), office, "reviewer")
    typed = {
        "hand-receiver": str(other.pk),
        "hand-place": "Room 3",
        "hand-reason": "review",
    }
    assert client.post(url("evidence-hand-over", item)).status_code == 422
    client.post(url("evidence-hand-over", item), typed)
    offered = HandOver.objects.get()
    assert client.post(url("evidence-sign", offered)).status_code == 404
    client.force_login(other)
    assert b"Room 3" in client.get(reverse("workbench:evidence")).content
    client.post(url("evidence-sign", offered), {"answer": "accept"})
    item.refresh_from_db()
    assert item.keeper == other.label


def test_another_agencys_officer_gets_404_on_every_address(client, keeper):
    item = deposit(keeper)
    far = offices.agency(hour(), "beijing", "110000")
    strangers = [offices.officer(hour(), far, r) for r in ("director", "investigator")]
    for stranger in strangers:
        client.force_login(stranger)
        assert client.get(url("evidence-item", item)).status_code == 404
        for name in ("evidence-download", "evidence-unseal", "evidence-hand-over"):
            answer = client.post(url(name, item), {"purpose": "x"})
            assert answer.status_code in {403, 404}, name
        listed = client.get(reverse("workbench:evidence")).content
        assert item.name.encode() not in listed
    assert acts(item) == ["deposited"]
