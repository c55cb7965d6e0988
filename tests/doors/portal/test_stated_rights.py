"""The pages on which a holder records what no office registers."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import offices
from hufu.domain.rights.models import Claim, Right

pytestmark = pytest.mark.django_db
HASH = "b" * 64
WORK = {
    "name": "Rill (a fictional program)",
    "subtype": "software",
    "author": "Rill Ltd (fictional)",
    "author_kind": "organisation",
    "created_on": "2020-02-02",
}


@pytest.fixture
def holder(now):
    return offices.holder(now)


@pytest.fixture
def desk(client, holder, settings, tmp_path):
    settings.HUFU_HOME = tmp_path
    client.force_login(holder, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(what):
    return reverse("portal:right-state", args=[what])


@pytest.mark.parametrize("what", ["work", "secret", "knowledge"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_form_opens_in_both_languages(desk, what, language):
    desk.cookies["django_language"] = language
    assert desk.get(page(what)).status_code == 200


def test_another_kind_has_no_page(desk):
    assert desk.get(page("patent")).status_code == 404


def test_a_secret_is_recorded_by_its_hash_typed_in(desk):
    answer = desk.post(
        page("secret"), {"name": "Recipe 7", "sha256": f" {HASH.upper()} "}
    )
    right = Right.objects.get()
    assert answer.url == reverse("portal:my-right", args=[right.pk])
    assert right.secret_sha256 == HASH
    shown = desk.get(answer.url).text
    assert HASH in shown
    assert "stated by the holder" in shown


def test_the_page_of_a_secret_has_no_field_a_secret_could_be_sent_with(desk):
    shown = desk.get(page("secret")).text
    assert "The secret never leaves you." in shown
    fields = re.findall(r"<input[^>]*type=\"file\"[^>]*>", shown)
    assert [re.findall(r"name=\"(\w+)\"", field) for field in fields] == [[], ["proof"]]
    outside = shown.index('id="hash-file"')
    assert not shown[:outside].rpartition("<form")[2].count("enctype")


def test_the_script_that_works_out_a_hash_is_our_own_and_sends_nothing(desk):
    assert "portal/hash.js" in desk.get(page("secret")).text
    script = Path(finders.find("portal/hash.js")).read_text(encoding="utf-8")
    for word in ("fetch", "XMLHttpRequest", "sendBeacon", "http", "import"):
        assert word not in script


@pytest.mark.parametrize("typed", ["", "abc", "z" * 64, "a" * 65])
def test_a_malformed_hash_is_refused_and_what_was_typed_stays(desk, typed):
    answer = desk.post(page("secret"), {"name": "Recipe 7", "sha256": typed})
    assert answer.status_code == 200
    assert "Recipe 7" in answer.text
    assert not Right.objects.exists()


def test_a_work_is_deposited_and_downloaded_by_its_holder(desk):
    file = SimpleUploadedFile("rill.txt", b"print('rill')\n")
    answer = desk.post(page("work"), {**WORK, "work": file})
    shown = desk.get(answer.url).text
    assert sha256(b"print('rill')\n").hexdigest() in shown
    assert "2070-12-31" in shown
    right = Right.objects.get()
    link = reverse("portal:evidence-download", args=[right.deposit_id])
    assert link in shown
    assert b"".join(desk.post(link)) == b"print('rill')\n"


def test_with_proof_the_work_goes_to_an_officer(desk, now):
    office = offices.agency(now, "register", "000000", "ip_office")
    offices.officer(now, office, "registrar")
    proof = SimpleUploadedFile("certificate.txt", b"certificate")
    desk.post(page("work"), {**WORK, "sha256": HASH, "proof": proof})
    assert Claim.objects.get().right == Right.objects.get()


def test_a_listed_work_is_found_with_its_label_and_hidden_again(desk, client):
    answer = desk.post(page("work"), {**WORK, "sha256": HASH, "is_listed": "on"})
    right = Right.objects.get()
    found = client.get(reverse("portal:rights"), {"text": "Rill"}).text
    assert "stated by the holder" in found
    assert (
        "no officer has verified it"
        in client.get(reverse("portal:right", args=[right.pk])).text
    )
    desk.post(reverse("portal:right-list", args=[right.pk]), {"act": "end"})
    assert "Only you see it." in desk.get(answer.url).text
    client.logout()
    hidden = client.get(reverse("portal:right", args=[right.pk]))
    assert hidden.status_code == 404


def test_a_secret_is_not_found_by_strangers(desk, client):
    desk.post(page("secret"), {"name": "Recipe 7", "sha256": HASH})
    right = Right.objects.get()
    assert desk.get(reverse("portal:right", args=[right.pk])).status_code == 200
    client.logout()
    assert (
        "Recipe 7" not in client.get(reverse("portal:rights"), {"text": "Recipe"}).text
    )
    assert client.get(reverse("portal:right", args=[right.pk])).status_code == 404
    assert client.get(reverse("api:right", args=[right.pk])).status_code == 404
