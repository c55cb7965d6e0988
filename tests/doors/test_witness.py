"""A witness that really listens, asked by the house over HTTP."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hufu.doors.letters.witnesses import Peer, gather_cosignatures
from hufu.doors.storage.logfolder import LogFolder
from hufu.doors.witness.__main__ import main, open_key
from hufu.doors.witness.server import Server, known_logs
from hufu.engines.proof.checkpoints import open_checkpoint
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import NoteSigner
from hufu.engines.proof.logs import Log
from hufu.engines.proof.witness import Submission, Witness

ORIGIN = "office.example/log"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def signer():
    return NoteSigner(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32)))


@pytest.fixture
def log(tmp_path, signer):
    return Log.create(LogFolder(tmp_path / "log"), signer, ORIGIN, at=NOON)


@pytest.fixture
def peer(tmp_path, signer):
    """Let a witness listen that knows the log."""
    folder = tmp_path / "witness"
    cosigner = open_key(folder, "witness.example")
    (folder / "logs.json").write_text(json.dumps({ORIGIN: [str(signer.key)]}))
    witness = Witness(cosigner, known_logs(folder))
    server = Server(("127.0.0.1", 0), witness, folder, lambda: NOON)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Peer(cosigner.key, f"http://127.0.0.1:{server.server_port}", own=False)
    server.shutdown()
    thread.join()
    server.server_close()


def cosigned(log, peer):
    lines = list(gather_cosignatures(log.note, log.view(), [peer]))
    raw = bytes(log.note.with_signatures(lines))
    return open_checkpoint(raw, ORIGIN, [log._signer.key], [peer.key]).witnesses


def status_of(url, body):
    request = Request(url, data=body, method="POST")  # noqa: S310 - of this machine
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=10)  # noqa: S310 - of this machine
    refused.value.close()
    return refused.value.code


def test_a_log_that_grows_is_cosigned_at_every_size(log, peer):
    for size in (1, 2, 300):
        log.append([b"leaf %d" % i for i in range(log.head.size, size)], at=NOON)
        assert [s.key for s in cosigned(log, peer)] == [peer.key]


def test_a_second_tree_of_the_same_log_is_never_cosigned(log, peer, tmp_path, signer):
    log.append([b"one", b"two"], at=NOON)
    assert cosigned(log, peer)
    other = Log.create(LogFolder(tmp_path / "other"), signer, ORIGIN, at=NOON)
    other.append([b"one", b"another"], at=NOON)
    assert list(gather_cosignatures(other.note, other.view(), [peer])) == []


def test_a_log_that_became_smaller_is_a_fatal_finding(log, peer, tmp_path, signer):
    log.append([b"one", b"two"], at=NOON)
    assert cosigned(log, peer)
    older = Log.create(LogFolder(tmp_path / "older"), signer, ORIGIN, at=NOON)
    older.append([b"one"], at=NOON)
    with pytest.raises(FatalLogError, match="got smaller"):
        list(gather_cosignatures(older.note, older.view(), [peer]))


def test_a_witness_that_does_not_answer_stops_nobody(log, peer):
    log.append([b"one"], at=NOON)
    silent = Peer(peer.key, "http://127.0.0.1:1", own=False)
    assert len(list(gather_cosignatures(log.note, log.view(), [silent, peer]))) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/add-checkpoint", b"old 0\n\nnonsense", 400),
        ("/add-checkpoint", b"\xff\xfe", 400),
        ("/add-checkpoint", b"x" * (300 * 1024), 400),
        ("/", b"", 404),
    ],
)
def test_what_is_no_checkpoint_is_refused(peer, path, body, status):
    assert status_of(peer.url + path, body) == status


def test_a_log_that_the_witness_was_not_told_of_is_unknown(peer, tmp_path, signer):
    stranger = Log.create(LogFolder(tmp_path / "s"), signer, "else/log", at=NOON)
    body = bytes(Submission(0, (), stranger.note))
    assert status_of(peer.url + "/add-checkpoint", body) == 404


def test_its_memory_survives_a_restart(log, peer, tmp_path):
    log.append([b"one", b"two"], at=NOON)
    assert cosigned(log, peer)
    seen = list((tmp_path / "witness/seen").iterdir())
    assert len(seen) == 1
    assert json.loads(seen[0].read_text())["note"].startswith(f"{ORIGIN}\n2\n")


def test_a_key_keeps_its_name(tmp_path):
    first = open_key(tmp_path, "one.example")
    assert open_key(tmp_path, "one.example").key == first.key
    with pytest.raises(ProofError, match="start with --name"):
        open_key(tmp_path, "two.example")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_faulty_list_of_logs_is_named(tmp_path, capsys):
    tmp_path.joinpath("logs.json").write_text('{"a": ["no key"]}')
    assert main([str(tmp_path), "--name", "w.example"]) == 2
    assert "logs.json" in capsys.readouterr().err


def test_the_command_shows_its_key_without_a_database(tmp_path):
    command = [sys.executable, "-m", "hufu.doors.witness", str(tmp_path)]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [*command, "--name", "w.example", "--show-key"],
        check=True,
        env={"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("verifier key: w.example+")


def test_time_that_went_back_ends_in_an_error_not_in_a_signature(log, peer, tmp_path):
    log.append([b"one"], at=NOON)
    assert cosigned(log, peer)
    kept = next((tmp_path / "witness/seen").iterdir())
    later = json.loads(kept.read_text())
    later["at"] = (NOON + timedelta(days=1)).isoformat()
    kept.write_text(json.dumps(later))
    assert list(gather_cosignatures(log.note, log.view(), [peer])) == []
