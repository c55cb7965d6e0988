"""`./hufu log`: after a restore nothing is signed on somebody's word alone."""

import json
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError

import offices
from hufu.base.journal import sequence_entries
from hufu.doors.letters.witnesses import gather_cosignatures, peers
from hufu.doors.storage import prooflog
from hufu.doors.storage.auditing import audit_house
from hufu.doors.witness.__main__ import open_key
from hufu.doors.witness.server import Server, known_logs
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.logs import COMMIT, mark_restored
from hufu.engines.proof.notes import Note
from hufu.engines.proof.witness import Witness

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def log(now, tmp_path, settings, monkeypatch):
    """Let some acts be logged, and hold the clock."""
    settings.HUFU_HOME = tmp_path
    monkeypatch.setattr("hufu.doors.identity.timezone.now", lambda: now)
    offices.agency(now)
    extend(now)
    return tmp_path / "log"


def extend(now):
    sequence_entries(at=now)
    return prooflog.extend_log(at=now)


@pytest.fixture
def witness(log, now, tmp_path):
    """Let a witness listen that the house asks."""
    folder = tmp_path / "witness"
    cosigner = open_key(folder, "witness.example")
    keys = [str(prooflog.log_signer().key)]
    (folder / "logs.json").write_text(json.dumps({prooflog.log_origin(): keys}))
    known = Witness(cosigner, known_logs(folder))
    server = Server(("127.0.0.1", 0), known, folder, lambda: now)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    row = {"vkey": str(cosigner.key), "url": url, "own": False}
    (tmp_path / "witnesses.json").write_text(json.dumps([row]))
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def cosigned():
    note, view = prooflog.published_head()
    lines = list(gather_cosignatures(note, view, peers()))
    return bytes(note.with_signatures(lines))


def stands(log):
    return (log / COMMIT).read_bytes()


def restored(log, copy):
    """Bring a copy of the folder back, as `./hufu restore` does."""
    for path in sorted(log.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name, data in copy.items():
        place = log / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    mark_restored(prooflog.log_folder())


def copied(log):
    files = [path for path in log.rglob("*") if path.is_file()]
    return {str(path.relative_to(log)): path.read_bytes() for path in files}


def test_the_witnesses_themselves_are_asked_after_a_restore(log, now, witness):
    cosigned()
    restored(log, copied(log))
    offices.agency(now, "b")
    with pytest.raises(ProofError, match="restored from a copy"):
        extend(now)
    call_command("log", "reconcile")
    assert extend(now) > 0


def test_a_witness_that_saw_more_than_the_copy_holds_stops_the_log(log, now, witness):
    copy = copied(log)
    offices.agency(now, "b")
    extend(now)
    seen = cosigned()
    restored(log, copy)
    before = stands(log)
    with pytest.raises(CommandError, match="got smaller"):
        call_command("log", "reconcile")
    (log / "own").write_bytes(copy["checkpoint"])
    # What only the log signed is the operator's own word.
    with pytest.raises(CommandError, match="No witness of this office has cosigned"):
        call_command("log", "reconcile", log / "own")
    (log / "seen").write_bytes(seen)
    with pytest.raises(CommandError, match="got smaller"):
        call_command("log", "reconcile", log / "seen")
    assert stands(log) == before


def test_a_witness_that_is_silent_reconciles_nothing(log, now, witness, tmp_path):
    row = json.loads((tmp_path / "witnesses.json").read_text())[0]
    silent = [{**row, "url": "http://127.0.0.1:1"}]
    (tmp_path / "witnesses.json").write_text(json.dumps(silent))
    mark_restored(prooflog.log_folder())
    with pytest.raises(CommandError, match="Ask at least one witness"):
        call_command("log", "reconcile")


def test_a_new_log_is_begun_that_says_which_one_it_follows(
    log, now, settings, tmp_path, capsys
):
    before, seen = prooflog.log_origin(), tmp_path / "seen"
    seen.write_bytes((log / "checkpoint").read_bytes())
    mark_restored(prooflog.log_folder())
    with pytest.raises(CommandError, match="set HUFU_LOG_ORIGIN anew"):
        call_command("log", "follow", seen)
    settings.HUFU_LOG_ORIGIN = f"{before}/2"
    call_command("log", "follow", seen)
    assert f"{before}/2 follows {before}, " in capsys.readouterr().out
    note, view = prooflog.published_head()
    assert note.text.startswith(f"{before}/2\n1\n")
    told = view.entry(0).removeprefix(b"hufu-log-follows-v1\n")
    assert Note.parse(told) == Note.parse(seen.read_bytes())
    offices.agency(now, "b")
    assert extend(now) > 0
    assert list(audit_house()) == []
    assert len(list(tmp_path.glob("log-followed-*/commit"))) == 1


def test_a_log_that_follows_none_is_not_begun_where_another_was(log, now, settings):
    settings.HUFU_LOG_ORIGIN = "other.example/log"
    log.rename(log.with_name("log-lost"))
    offices.agency(now, "b")
    with pytest.raises(FatalLogError, match="says which one it follows"):
        extend(now)
    call_command("log", "follow", log.with_name("log-lost") / "checkpoint")
    assert extend(now) > 0


def test_a_checkpoint_that_this_house_never_signed_is_not_followed(
    log, settings, tmp_path
):
    settings.HUFU_LOG_ORIGIN = "else.example/2"
    seen = tmp_path / "seen"
    text = (log / "checkpoint").read_text()
    seen.write_text(text.replace("\n", "/other\n", 1))
    before = stands(log)
    with pytest.raises(CommandError, match="not over this text"):
        call_command("log", "follow", seen)
    assert stands(log) == before


def test_one_key_under_two_names_is_one_witness(witness, tmp_path):
    path = tmp_path / "witnesses.json"
    path.write_text(json.dumps(json.loads(path.read_text()) * 2))
    with pytest.raises(ImproperlyConfigured, match="one key stands there twice"):
        peers()
