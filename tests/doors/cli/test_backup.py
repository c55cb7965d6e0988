"""A backup brings everything back, and gives nothing away."""

import os
import shutil

import pytest

from installation import STORAGE_KEY, install

FILL = """
import io
from django.utils import timezone
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Erasure
from hufu.base.journal import record, sequence_entries
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.prooflog import extend_log
at = timezone.now()
for number in range(50):
    row = Erasure(subject_kind="test", subject_id=str(number), term="t", at=at)
    record(row, "people:erasure:note", actor=Clockwork(), at=at, facts={"n": number})
sequence_entries(at=at)
extend_log(at=at)
stored = blob_store().put(io.BytesIO(b"a photograph of the goods" * 9000), 10**6)
print(stored.sha256)
"""
ROWS = """
import hashlib
from django.apps import apps
from django.core import serializers
for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
    rows = model._default_manager.order_by("pk")
    text = serializers.serialize("json", rows)
    print(model._meta.label, rows.count(), hashlib.sha256(text.encode()).hexdigest())
"""
READ = """
from hufu.doors.storage.blobs import blob_store
print(blob_store().open("{sha256}").read() == b"a photograph of the goods" * 9000)
"""


@pytest.fixture(scope="module")
def first(server, tmp_path_factory):
    return install(tmp_path_factory.mktemp("first"), server, f"first_{os.getpid()}")


@pytest.fixture(scope="module")
def empty(server, tmp_path_factory):
    """Return an installation that a restore replaces, which every test here may."""
    return install(tmp_path_factory.mktemp("second"), server, f"second_{os.getpid()}")


@pytest.fixture(scope="module")
def made(first, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    key, backup = folder / "backup-key", folder / "monday.hufu"
    sha256 = first.python(FILL).strip()
    assert first.django("backup_key", key).returncode == 0
    done = first.django("backup", backup, "--to", f"{key}.pub")
    assert done.returncode == 0, done.stderr
    return backup, key, sha256, first.python(ROWS)


@pytest.fixture
def backed_up(made, tmp_path):
    """Return a backup, its secret key, the hash of a file in it, and the rows."""
    return shutil.copy(made[0], tmp_path / "monday.hufu"), *made[1:]


def test_a_restore_brings_back_every_row_and_file(backed_up, empty):
    backup, key, sha256, rows = backed_up
    done = empty.django("restore", backup, "--key", key)
    assert done.returncode == 0, done.stderr
    assert empty.python(ROWS) == rows
    assert empty.python(READ.format(sha256=sha256)).strip() == "True"


def test_the_restored_journal_still_refuses_changes(backed_up, empty):
    backup, key, _, _ = backed_up
    assert empty.django("restore", backup, "--key", key, "--force").returncode == 0
    change = (
        "from django.db import DatabaseError\n"
        "from hufu.base.models import Entry\n"
        "try: Entry.objects.update(act='forged')\n"
        "except DatabaseError: print('refused')"
    )
    assert empty.python(change).strip() == "refused"


MORE = """
from django.utils import timezone
from hufu.base.journal import record, sequence_entries
from hufu.domain.people.actors import Clockwork
from hufu.domain.people.models import Erasure
at = timezone.now()
row = Erasure(subject_kind="test", subject_id="more", term="t", at=at)
record(row, "people:erasure:note", actor=Clockwork(), at=at)
sequence_entries(at=at)
"""


def test_a_restored_log_signs_nothing_before_its_witnesses_were_asked(
    backed_up, first, empty
):
    backup, key, _, _ = backed_up
    assert empty.django("restore", backup, "--key", key, "--force").returncode == 0
    empty.python(MORE)
    refused = empty.django("log", "extend")
    assert refused.returncode == 1
    assert "restored from a copy" in refused.stderr
    seen = first.home / "log/checkpoint"
    assert empty.django("log", "reconcile", seen).returncode == 0
    assert "1 acts" in empty.django("log", "extend").stdout


@pytest.mark.parametrize("where", [0.0, 0.3, 0.6, 0.9999])
def test_one_damaged_byte_is_noticed_before_anything_is_touched(
    backed_up, empty, where
):
    backup, key, _, _ = backed_up
    data = bytearray(backup.read_bytes())
    data[int(len(data) * where)] ^= 1
    backup.write_bytes(data)
    before = empty.python(ROWS)
    done = empty.django("restore", backup, "--key", key, "--force")
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert empty.python(ROWS) == before


def test_a_backup_cut_short_is_refused(backed_up, empty):
    backup, key, _, _ = backed_up
    backup.write_bytes(backup.read_bytes()[:-70_000])
    done = empty.django("restore", backup, "--key", key, "--force")
    assert "Nothing was changed" in done.stderr


def test_another_key_opens_nothing(backed_up, empty, tmp_path):
    other = tmp_path / "other-key"
    empty.django("backup_key", other)
    done = empty.django("restore", backed_up[0], "--key", other, "--force")
    assert "Nothing was changed" in done.stderr


def test_a_database_in_use_is_not_overwritten_unasked(backed_up, first):
    backup, key, _, rows = backed_up
    done = first.django("restore", backup, "--key", key)
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert first.python(ROWS) == rows
    assert first.django("restore", backup, "--key", key, "--force").returncode == 0
    assert first.python(ROWS) == rows


def test_no_key_is_in_a_backup_even_when_it_is_opened(backed_up, tmp_path):
    from hufu.doors.storage.envelopes import open_with  # noqa: PLC0415 - read by hand

    backup, key, _, _ = backed_up
    with backup.open("rb") as file:
        opened = open_with(file, key.read_text()).read()
    assert b"manifest.json" in opened
    for secret in (STORAGE_KEY.encode(), bytes(32) + b"key", key.read_bytes().strip()):
        assert secret not in opened
        assert secret not in backup.read_bytes()
    assert b"a photograph of the goods" not in opened
    assert b"keys/" not in opened


def test_key_and_backup_are_never_overwritten(backed_up, first):
    backup, key, _, _ = backed_up
    before = key.read_bytes(), backup.read_bytes()
    assert "exists" in first.django("backup_key", key).stderr
    again = first.django("backup", backup, "--to", f"{key}.pub")
    assert "exists" in again.stderr
    assert (key.read_bytes(), backup.read_bytes()) == before
    assert key.stat().st_mode & 0o077 == 0
