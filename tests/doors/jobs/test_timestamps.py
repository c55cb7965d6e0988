"""Timestamps over the log: asked for, verified, kept raw; what fails is told."""

import io
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

import offices
from engines.proof.authority import Authority as Openssl
from hufu.base.journal import sequence_entries
from hufu.domain.evidence.kept import Stamp, StampTrouble
from hufu.doors.jobs.tasks import stamp_log
from hufu.doors.letters import demo_authority, timestamps
from hufu.doors.storage import prooflog
from hufu.engines.proof.timestamps import Reply, read_certificates

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def home(now, settings, tmp_path):
    """Publish a log that holds some acts."""
    settings.HUFU_HOME = tmp_path
    offices.officer(now, offices.agency(now), "investigator")
    grow(now)
    return tmp_path


def grow(now):
    sequence_entries(at=now)
    prooflog.extend_log(at=now)


class Stub:
    """An authority on the network, honest until `change` spoils its answers."""

    def __init__(self, folder):
        self.openssl = Openssl(folder / "openssl")
        self.change, self.asked = lambda answer: answer, []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.asked.append(body)
                answer = stub.change(stub.openssl.reply(body))
                self.send_response(200 if answer else 500)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def list_in(self, home, roots=None):
        (home / "roots.pem").write_bytes(roots or self.openssl.root)
        url = f"http://127.0.0.1:{self.server.server_port}/"
        row = {"name": "Far", "url": url, "roots": "roots.pem", "own": False}
        (home / "authorities.json").write_text(json.dumps([row]))

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def far(home):
    stub = Stub(home)
    stub.list_in(home)
    yield stub
    stub.close()


def test_without_an_authority_nothing_is_asked(home):
    assert stamp_log.call() == 0
    assert not Stamp.objects.exists()


def test_one_stamp_covers_the_head_and_is_kept_as_it_came(home, far):
    assert stamp_log.call() == 1
    stamp = Stamp.objects.get()
    note, view = prooflog.published_head()
    assert (stamp.log, stamp.size, stamp.own) == (
        prooflog.log_origin(),
        view.size,
        False,
    )
    assert stamp.note == str(note)
    reply = Reply(bytes(stamp.reply))
    roots = read_certificates(stamp.roots.encode())
    digest = timestamps.hashlib.sha256(note.text.encode()).digest()
    assert reply.verify(digest, roots, far.asked[0]).at == stamp.stamped_at


def test_a_head_is_stamped_once_and_a_grown_one_anew(home, far, now):
    stamp_log.call()
    assert stamp_log.call() == 0
    offices.holder(now)
    grow(now)
    assert stamp_log.call() == 1
    assert len(far.asked) == 2


def test_only_a_hash_leaves_the_house(home, far):
    stamp_log.call()
    origin = prooflog.log_origin().encode()
    assert len(far.asked[0]) < 100
    assert origin not in far.asked[0]


def _silent(_answer):
    return b""


def _cut(answer):
    return answer[:-20]


def _page(_answer):
    return b"<html>Sign in to the network</html>"


def _flipped(answer):
    return answer[:-1] + bytes([answer[-1] ^ 1])


def _endless(_answer):
    return bytes(timestamps.LARGEST + 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_silent, "authority: It did not answer: HTTP Error 500"),
        (_cut, "reply: "),
        (_page, "reply: "),
        (_flipped, "signature: "),
        (_endless, "authority: The answer is too long"),
    ],
)
def test_an_answer_that_does_not_hold_is_not_kept_and_the_reason_is(
    home, far, change, reason
):
    far.change = change
    assert stamp_log.call() == 0
    assert not Stamp.objects.exists()
    assert StampTrouble.objects.get().reason.startswith(reason)


def test_a_replayed_token_is_refused(home, far):
    old = []

    def replay(answer):
        old.append(answer)
        return old[0]

    far.change = replay
    assert stamp_log.call() == 1
    (listed,) = timestamps.authorities()
    note, _view = prooflog.published_head()
    with pytest.raises(timestamps.ProofError) as error:
        timestamps.ask_authority(listed, note.text.encode())
    assert error.value.code == "nonce"


def test_a_forged_token_of_another_authority_is_refused(home, far):
    far.list_in(home, Openssl(home / "other").root)
    assert stamp_log.call() == 0
    assert StampTrouble.objects.get().reason.startswith("chain: ")


def test_what_failed_is_counted_tried_again_and_forgotten_when_it_holds(home, far):
    far.change = _silent
    stamp_log.call()
    stamp_log.call()
    assert StampTrouble.objects.get().tries == 2
    far.change = bytes
    assert stamp_log.call() == 1
    assert not StampTrouble.objects.exists()


def test_one_authority_that_fails_does_not_keep_the_other_from_stamping(home, far):
    demo_authority.make_demo_authority()
    far.change = _silent
    assert stamp_log.call() == 1
    assert Stamp.objects.get().own
    assert StampTrouble.objects.get().authority == "Far"


def test_the_demonstrations_authority_says_that_it_is_not_independent(home):
    assert demo_authority.make_demo_authority()
    assert not demo_authority.make_demo_authority()
    assert stamp_log.call() == 1
    stamp = Stamp.objects.get()
    assert stamp.own
    (root,) = read_certificates(stamp.roots.encode())
    assert "not independent" in root.subject.rfc4514_string()


def test_an_officer_sees_what_is_missing(home, far, client, now):
    far.change = _silent
    stamp_log.call()
    client.force_login(offices.officer(now, offices.agency(now, "b"), "investigator"))
    shown = client.get(reverse("workbench:evidence")).text
    assert "Timestamps are missing" in shown
    assert "HTTP Error 500" in shown
    out = io.StringIO()
    call_command("log", "show", stdout=out)
    assert "not stamped" in out.getvalue()


def test_a_stamp_is_never_changed_or_taken_back(home, far):
    stamp_log.call()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Stamp.objects.update(size=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Stamp.objects.all().delete()


@pytest.mark.parametrize("text", ["{", '[{"name": "Far"}]', "[1]"])
def test_a_list_that_cannot_be_read_says_what_it_should_be(home, text):
    (home / "authorities.json").write_text(text)
    with pytest.raises(ImproperlyConfigured, match="expected a list of"):
        timestamps.authorities()


def test_roots_that_are_not_there_are_named(home, far):
    Path(home / "roots.pem").unlink()
    with pytest.raises(ImproperlyConfigured, match=r"names .*roots\.pem"):
        timestamps.authorities()
