"""A file that is gone or changed never leaves: a page says so, and whom to tell."""

import io
import shutil

import pytest
from django.test import Client
from django.urls import reverse

from hufu.domain.evidence import services as evidence
from hufu.domain.evidence.models import Custody, Item
from hufu.domain.people.models import Account
from hufu.doors.storage.blobs import blob_store
from records import Records

pytestmark = pytest.mark.django_db
WORDS = {
    "missing": {"en": "is missing from the store", "zh-hans": "存储中找不到该文件"},
    "changed": {"en": "not the one that was deposited", "zh-hans": "与存入时不一致"},
}
TELL = {"en": "its administrator", "zh-hans": "本机关管理员"}
DOORS = (
    "workbench:evidence-download",
    "workbench:evidence-unseal",
    "workbench:decision-pdf",
    "portal:evidence-download",
    "portal:decision-letter",
    "portal:case-exhibit",
)


@pytest.fixture
def records(settings, tmp_path, now, storage):
    settings.HUFU_HOME = tmp_path
    return Records(now, storage)


def remove(sha256):
    blob_store().remove(sha256)


def flip(sha256):
    """Change one byte on the disk."""
    place = blob_store().path_of(sha256)
    sealed = bytearray(place.read_bytes())
    sealed[-1] ^= 1
    place.write_bytes(sealed)


def swap(sha256):
    """Put another file, whole and sealed, under this one's name."""
    store = blob_store()
    other = next(
        one.blob_id for one in Item.objects.exclude(blob=sha256) if one.blob_id
    )
    shutil.copyfile(store.path_of(other), store.path_of(sha256))


HANDED = (Custody.Act.DOWNLOADED, Custody.Act.UNSEALED)
HARM = {"missing": remove, "changed": flip, "swapped": swap}


def deposit(records, *, sealed):
    told = io.BytesIO(b"told in confidence")
    upload = evidence.Upload(told, "a.txt", sealed=sealed)
    return evidence.deposit_item(
        actor=records.desk.handler,
        at=records.at,
        storage=records.storage,
        upload=upload,
        agency=records.agency,
    )


def asked(records, door):
    """Return who asks at this door, for which item, and how."""
    desk, decision = records.desk, records.ids["decision_id"]
    exhibit, party = records.ids["exhibit_id"], records.ids["party_id"]
    if door.startswith("workbench:evidence"):
        form = {"purpose": "to compare", "unseal-purpose": "to compare"}
        who = desk.director if door.endswith("unseal") else desk.handler
        item = deposit(records, sealed=door.endswith("unseal"))
        return who, item, reverse(door, args=[item.pk]), form
    if door == "portal:evidence-download":
        item = Item.objects.get(attachment__lead=records.complaint)
        return records.holder, item, reverse(door, args=[item.pk]), {"x": "y"}
    if door == "portal:case-exhibit":
        url = reverse(door, args=[party.pk, exhibit.pk])
        return records.respondent, exhibit.item, url, None
    who = desk.handler if door.startswith("workbench") else records.respondent
    return who, decision.letter_zh, reverse(door, args=[decision.pk, "zh"]), None


def ask(who, url, form, language):
    client = Client(headers={"Accept-Language": language})
    assert isinstance(who, Account)
    client.force_login(who)
    return client.get(url) if form is None else client.post(url, form)


def read(answer):
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    return body


@pytest.mark.parametrize("door", DOORS)
def test_a_whole_file_is_handed_out(records, door):
    who, item, url, form = asked(records, door)
    answer = ask(who, url, form, "en")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert read(answer)
    assert item.custody.filter(act__in=HANDED).exists() or door.endswith("letter")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("door", DOORS)
def test_a_lost_or_changed_file_is_told_and_not_handed_out(
    records, door, harm, language
):
    who, item, url, form = asked(records, door)
    with blob_store().open(item.blob_id) as stream:
        plain = stream.read()
    for blob in {item.blob_id, item.working_id or item.blob_id}:
        HARM[harm](blob)
    before = item.custody.count()
    answer = ask(who, url, form, language)
    body = read(answer)
    assert answer.status_code == 409
    assert plain not in body
    text = body.decode()
    assert WORDS["missing" if harm == "missing" else "changed"][language] in text
    assert TELL[language] in text
    assert item.blob_id[:16] in text or item.working_id[:16] in text
    assert item.custody.count() == before, "nothing left, so no custody entry"
