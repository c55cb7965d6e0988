"""Files that arrive in parts on the portal: whole or not at all, and nobody else's."""

import base64
import hashlib
import io
import os
import random
import shutil
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

import offices
from hufu.domain.evidence import flood
from hufu.domain.evidence.models import Deposit
from hufu.domain.evidence.services import uploads
from hufu.domain.evidence.uploads import PartialUpload, UploadPart
from hufu.domain.people.models import Account
from hufu.doors.jobs.tasks import drop_expired_uploads
from hufu.doors.portal import tus
from hufu.doors.storage.blobs import blob_store

pytestmark = pytest.mark.django_db
CREATE = reverse("portal:deposit-uploads")
VERSION = {"tus-resumable": "1.0.0"}
DATA = b"a drawing of a teapot, " * 1000
SIZE = len(DATA)


@pytest.fixture
def desk(desk, monkeypatch):
    monkeypatch.setattr(tus, "PART", 10_000)
    return desk


def metadata(**told):
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in told.items()
    )


def create(desk, size=SIZE, **told):
    headers = {"upload-length": str(size), **VERSION}
    headers["upload-metadata"] = metadata(filename="teapot.txt", **told)
    return desk.post(CREATE, headers=headers)


def begin(desk, size=SIZE, **told):
    answer = create(desk, size, **told)
    assert answer.status_code == 201
    return answer["Location"]


def patch(desk, url, offset, content, **headers):
    headers = {"upload-offset": str(offset), **VERSION, **headers}
    return desk.patch(url, content, content_type=tus.KIND, headers=headers)


def head(desk, url):
    answer = desk.head(url, headers=VERSION)
    return answer.status_code, int(answer.get("Upload-Offset", -1))


def finish(desk, url, note=""):
    return desk.post(f"{url}finish/", {"note": note})


def folders(settings):
    return list((settings.HUFU_HOME / "uploads").glob("*"))


def test_a_server_says_what_it_speaks(desk):
    answer = desk.options(CREATE)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert "creation" in answer["Tus-Extension"]
    assert answer["Tus-Max-Size"] == str(2 * 1024**3)
    answer = desk.post(CREATE, headers={"upload-length": "3"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_file_arrives_in_parts_and_becomes_a_deposit(desk, settings):
    url = begin(desk)
    assert head(desk, url) == (200, 0)
    assert patch(desk, url, 0, DATA[:7]).status_code == 204
    answer = patch(desk, url, 7, DATA[7:15_000])
    assert answer["Upload-Offset"] == "15000"
    assert answer["Upload-Expires"].endswith("GMT")
    assert head(desk, url) == (200, 15_000)
    patch(desk, url, 15_000, DATA[15_000:])
    made = desk.get(finish(desk, url, "v3").url)
    assert made.status_code == 200
    deposit = Deposit.objects.get()
    assert (deposit.sha256, deposit.note) == (hashlib.sha256(DATA).hexdigest(), "v3")
    with blob_store().open(deposit.sha256) as stream:
        assert stream.read() == DATA
    assert not folders(settings)
    assert not UploadPart.objects.exists()


def test_asked_again_it_is_the_same_deposit(desk):
    url = begin(desk)
    patch(desk, url, 0, DATA)
    assert finish(desk, url).url == finish(desk, url).url
    assert Deposit.objects.count() == 1
    assert desk.delete(url, headers=VERSION).status_code == 204
    assert Deposit.objects.count() == 1


def test_parts_lie_sealed_on_the_disk(desk, settings):
    patch(desk, begin(desk), 0, DATA[:9000])
    (place,) = folders(settings)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"drawing" in path.read_bytes()]


def test_a_part_at_another_place_is_refused_and_nothing_counted(desk):
    url = begin(desk)
    patch(desk, url, 0, DATA[:9000])
    for offset in (0, 8999, 9001, len(DATA) + 5):
        assert patch(desk, url, offset, b"x").status_code == 409
    assert head(desk, url) == (200, 9000)


def test_more_than_was_announced_is_refused(desk):
    url = begin(desk)
    assert patch(desk, url, 0, DATA + b"x").status_code == 413
    assert head(desk, url) == (200, 0)


def test_a_part_that_was_changed_on_its_way_is_asked_for_again(desk):
    url = begin(desk)
    digest = base64.b64encode(hashlib.sha256(DATA[:9000]).digest()).decode()
    sent = {"upload-checksum": f"sha256 {digest}"}
    assert patch(desk, url, 0, b"X" + DATA[1:9000], **sent).status_code == 460
    assert head(desk, url) == (200, 0)
    assert patch(desk, url, 0, DATA[:9000], **sent).status_code == 204
    for bad in ("md5 AAAA", "sha256 ?"):
        again = patch(desk, url, 9000, b"x", **{"upload-checksum": bad})
        assert again.status_code == 400


def test_a_file_with_another_hash_than_stated_is_not_deposited(desk):
    url = begin(desk, sha256="0" * 64)
    patch(desk, url, 0, DATA)
    shown = finish(desk, url, "my words")
    assert "has another SHA-256 than was stated" in shown.text
    assert "my words" in shown.text
    assert not Deposit.objects.exists()
    url = begin(desk, sha256=hashlib.sha256(DATA).hexdigest())
    patch(desk, url, 0, DATA)
    assert finish(desk, url).status_code == 302


def test_what_has_not_arrived_as_a_whole_is_not_deposited(desk):
    url = begin(desk)
    patch(desk, url, 0, DATA[:9000])
    assert "not arrived as a whole" in finish(desk, url).text
    assert not Deposit.objects.exists()


def test_nobody_else_knows_of_an_upload(desk, client, now):
    url = begin(desk)
    client.force_login(offices.holder(now, "Another"))
    assert head(client, url)[0] == 404
    assert patch(client, url, 0, DATA).status_code == 404
    assert client.delete(url, headers=VERSION).status_code == 404
    assert finish(client, url).status_code == 404
    assert client.post(f"{url}drop/").status_code == 404
    assert "teapot.txt" not in client.get(reverse("portal:deposit-file")).text
    client.logout()
    assert create(client).status_code == 302
    assert PartialUpload.objects.get().arrived == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_what_was_begun_and_drops_or_finishes_it(desk, language):
    desk.cookies["django_language"] = language
    url = begin(desk, mark="17")
    page = reverse("portal:deposit-file")
    assert f'data-upload="{url}"' in desk.get(page).text
    assert "finish/" not in desk.get(page).text.split("data-upload=")[1]
    patch(desk, url, 0, DATA)
    assert f"{url}finish/" in desk.get(page).text
    assert desk.post(f"{url}drop/").url == page
    assert "data-upload=" not in desk.get(page).text
    assert head(desk, url)[0] == 404


def test_what_its_sender_drops_is_gone(desk, settings):
    url = begin(desk)
    patch(desk, url, 0, DATA[:9000])
    assert desk.delete(url, headers=VERSION).status_code == 204
    assert head(desk, url)[0] == 404
    assert not folders(settings)


def test_what_is_not_finished_in_time_is_forgotten(desk, now, settings, monkeypatch):
    old = begin(desk)
    patch(desk, old, 0, DATA[:9000])
    later = now + uploads.LIFE - timedelta(hours=1)
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: later)
    desk.force_login(Account.objects.get())  # nobody stays signed in so long
    fresh = begin(desk)
    patch(desk, fresh, 0, DATA[:9000])
    stray = settings.HUFU_HOME / "uploads" / "0-stray"
    stray.mkdir()
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: now + uploads.LIFE)
    assert head(desk, old)[0] == 404
    assert drop_expired_uploads.call() == 2
    assert [place.name in fresh for place in folders(settings)] == [True]
    assert head(desk, fresh) == (200, 9000)


def test_what_a_crash_left_of_a_whole_file_is_swept_the_next_day(desk, now, settings):
    root = settings.HUFU_HOME / "blobs"
    root.mkdir()
    for name, age in (("arriving-old", 25), ("arriving-new", 1)):
        (root / name).write_bytes(b"half")
        at = (now - timedelta(hours=age)).timestamp()
        os.utime(root / name, (at, at))
    drop_expired_uploads.call()
    assert [path.name for path in root.iterdir()] == ["arriving-new"]


def test_parts_that_are_gone_are_told_in_words(desk, settings):
    url = begin(desk)
    patch(desk, url, 0, DATA)
    shutil.rmtree(settings.HUFU_HOME / "uploads")
    assert "Drop it and send it again" in finish(desk, url).text
    assert not Deposit.objects.exists()


def test_an_account_has_only_so_many_uploads_on_their_way(desk, monkeypatch):
    monkeypatch.setattr(flood, "LIMITS", flood.Limits(uploads_waiting=2))
    first = begin(desk)
    begin(desk)
    answer = create(desk)
    assert answer.status_code == 429
    assert "Finish one of yours, or drop it" in answer.text
    desk.delete(first, headers=VERSION)
    begin(desk)
    monkeypatch.setattr(flood, "LIMITS", flood.Limits(bytes_waiting=2 * len(DATA)))
    assert create(desk, 1).status_code == 429


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"upload-length": "-1"}, 400),
        ({"upload-length": "many"}, 400),
        ({"upload-length": "9" * 40}, 400),
        ({"upload-length": "0"}, 400),
        ({"upload-length": str(2 * 1024**3 + 1)}, 413),
        ({"upload-length": "3", "upload-metadata": "filename ?"}, 400),
        ({"upload-length": "3", "upload-metadata": "sha256 YWJj"}, 400),
    ],
)
def test_what_cannot_be_begun_is_refused_in_words(desk, headers, status):
    answer = desk.post(CREATE, headers={**VERSION, **headers})
    assert answer.status_code == status
    assert answer.text
    assert not PartialUpload.objects.exists()


def test_a_full_disk_is_told_before_anything_is_sent(desk, monkeypatch):
    monkeypatch.setattr(tus, "has_room", lambda _size: False)
    answer = create(desk)
    assert answer.status_code == 507
    assert "no room" in answer.text


def test_a_part_of_another_type_is_refused(desk):
    url = begin(desk)
    sent = {"upload-offset": "0", **VERSION}
    answer = desk.patch(url, DATA, content_type="text/plain", headers=sent)
    assert answer.status_code == 415


def test_a_kind_of_file_that_is_not_taken_is_refused_with_its_first_part(desk):
    url = begin(desk, 20_000)
    answer = patch(desk, url, 0, b"\x7fELF\x02\x01\x01" + bytes(9993))
    assert answer.status_code == 415
    assert "pack it into a ZIP file" in answer.text
    assert head(desk, url) == (200, 0)


def test_a_zip_file_is_known_by_its_beginning(desk):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("noise.bin", random.Random(7).randbytes(30_000))  # noqa: S311 - contents
    data = out.getvalue()
    url = begin(desk, len(data))
    assert patch(desk, url, 0, data).status_code == 204
    finish(desk, url)
    assert Deposit.objects.get().item.blob.media_type == "application/zip"


def test_without_scripts_the_form_sends_a_file_as_before(desk):
    page = desk.get(reverse("portal:deposit-file")).text
    assert 'enctype="multipart/form-data"' in page
    assert "Without scripts a file may have" in page
