"""`./hufu deposit`: a file, a folder, a hash; one answer, and nothing halfway."""

import hashlib
import os
import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

import offices
from hufu.domain.evidence.models import Deposit
from hufu.domain.people.models import Account
from hufu.doors.cli.depositing import Depositor
from hufu.doors.cli.manifests import write_manifest
from hufu.doors.cli.proof import main
from hufu.doors.letters import demo_authority
from hufu.doors.storage import prooflog
from hufu.doors.storage.blobs import blob_store
from hufu.engines.proof.receipts import Receipt
from hufu.engines.proof.waczs import verify_wacz
from sites import html, internet

pytestmark = pytest.mark.django_db
DATA = b"a drawing of a teapot"
HASH = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def here(now, settings, tmp_path, monkeypatch):
    """Return the folder from which the command is called."""
    settings.HUFU_HOME = tmp_path / "home"
    settings.HUFU_HOME.mkdir()
    offices.holder(now)
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.setenv("HUFU_CALLED_FROM", str(folder))
    return folder


@pytest.fixture
def folder(here):
    folder = here / "works"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "one.txt").write_bytes(b"one")
    (folder / "中文.txt").write_bytes(b"two")
    (folder / "a.txt").write_bytes(DATA)
    return folder


def deposit(*words, user=None):
    said, noted = StringIO(), StringIO()
    user = user or Account.objects.get().username
    call_command("deposit", *words, "--as", user, stdout=said, stderr=noted)
    return said.getvalue(), noted.getvalue()


def refused(match, *words):
    with pytest.raises(CommandError, match=match) as stopped:
        deposit(*words)
    assert stopped.value.returncode == 2
    assert not Deposit.objects.exists()


def read(said):
    receipt = Receipt.parse(said.encode())
    place = receipt.check_place(prooflog.log_signer().key)
    return receipt, place


def test_a_file_is_answered_with_a_receipt_that_stands_in_the_log(here):
    demo_authority.make_demo_authority()
    (here / "teapot.txt").write_bytes(DATA)
    receipt, place = read(deposit("teapot.txt")[0])
    assert receipt.statement.sha256 == HASH
    assert place.checkpoint.size > 0
    assert receipt.timestamps[0].authority == demo_authority.NAME
    made = Deposit.objects.get()
    assert made.name == "teapot.txt"
    with blob_store().open(HASH) as stream:
        assert stream.read() == DATA


def test_of_a_bare_hash_nothing_else_is_known(here):
    receipt, place = read(deposit("--hash", HASH.upper())[0])
    assert place
    assert receipt.statement.size is None
    assert Deposit.objects.get().item is None


def test_the_receipt_goes_into_a_file_that_the_other_command_verifies(here, capsys):
    (here / "teapot.txt").write_bytes(DATA)
    said, noted = deposit("teapot.txt", "--out", "receipt.json")
    assert said == ""
    assert "receipt.json is written" in noted
    words = ["verify", str(here / "receipt.json"), "--file", str(here / "teapot.txt")]
    assert main(words) == 0
    assert "The file is the one that was deposited" in capsys.readouterr().out


def test_of_a_folder_the_manifest_is_deposited_and_written(here, folder):
    said, noted = deposit("works")
    manifest = here / "works.manifest-sha256.txt"
    assert str(manifest) in noted
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    assert read(said)[0].statement.sha256 == digest
    check = ["sha256sum", "--strict", "-c", str(manifest)]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    (folder / "a.txt").write_bytes(b"changed")
    assert subprocess.run(check, cwd=folder, check=False).returncode == 1


def test_a_manifest_is_the_same_whatever_the_order_on_the_disk(here, folder, tmp_path):
    again = tmp_path / "again"
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            place = again / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    assert write_manifest(again) == write_manifest(folder)
    text = write_manifest(folder).decode()
    assert text.startswith("# hufu-manifest-v1: 3 files, 27 bytes\n# 21 bytes\n")
    names = [line[66:] for line in text.splitlines() if not line.startswith("#")]
    assert names == ["a.txt", "b/one.txt", "中文.txt"]


def test_a_link_is_neither_followed_nor_passed_over(here, folder):
    (folder / "link").symlink_to("/etc/passwd")
    refused("link: what it points to may change", "works")
    (folder / "link").unlink()
    (folder / "loop").symlink_to(folder)
    refused("link: what it points to may change", "works")
    assert not (here / "works.manifest-sha256.txt").exists()


def test_a_pipe_is_not_waited_for(here, folder):
    os.mkfifo(folder / "pipe")
    refused("is no file", "works")


@pytest.mark.parametrize("name", ["a\nb", b"\xff", "tab\t"])
def test_a_name_that_no_manifest_can_tell_is_refused(here, folder, name):
    raw = name if isinstance(name, bytes) else name.encode()
    (folder / os.fsdecode(raw)).write_bytes(b"x")
    refused("Rename it", "works")


def test_an_empty_folder_is_refused(here):
    (here / "empty" / "within").mkdir(parents=True)
    refused("no file in this folder", "empty")


def test_a_manifest_that_is_there_is_left_alone(here, folder):
    (here / "works.manifest-sha256.txt").write_text("mine")
    refused("Move it away first", "works")
    assert (here / "works.manifest-sha256.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("match", "words"),
    [
        ("Name a file", ()),
        ("Name a file", ("x", "--hash", HASH)),
        ("no SHA-256", ("--hash", "abc")),
        ("No such file", ("missing.txt",)),
        ("Nothing was captured", ("http://user:secret@shop.example/",)),
    ],
)
def test_what_cannot_be_deposited_is_said(here, match, words):
    refused(match, *words)


def test_a_file_that_exists_or_an_unknown_account_stops_it(here):
    (here / "receipt.json").write_text("mine")
    refused("Choose another name", "--hash", HASH, "--out", "receipt.json")
    with pytest.raises(CommandError, match="Name one with --as"):
        deposit("--hash", HASH, user="nobody-here")


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(here, settings):
    settings.HUFU_DEPOSIT_LIMIT = 5
    (here / "teapot.txt").write_bytes(DATA)
    refused("larger than", "teapot.txt")
    assert not [p for p in (settings.HUFU_HOME / "blobs").rglob("*") if p.is_file()]


@pytest.mark.browser
def test_a_web_page_is_captured_and_the_archive_deposited(here):
    depositor = Depositor(Account.objects.get(), "counterfeits")
    with internet(lambda _path: html("<title>Teapots</title><h1>Teapots")) as net:
        made = depositor.deposit_page("http://shop.example/", net.network())
    assert made.name == "shop.example.wacz"
    copy = here / "copy.wacz"
    with blob_store().open(made.sha256) as stream:
        copy.write_bytes(stream.read())
    with copy.open("rb") as file:
        assert verify_wacz(file).is_sound
