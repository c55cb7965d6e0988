"""A server that is killed while a file arrives: what was acknowledged is there."""

import hashlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time

import pytest

from hufu.doors.portal.tus import KIND, PART

pytestmark = pytest.mark.enable_socket
SIZE = 3 * PART + 12_345
TOKEN = "a" * 32
SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hufu.domain.people import services
from hufu.domain.people.actors import Clockwork
from hufu.doors.identity import now
facts = services.AccountFacts(username="h", role="holder", password="a long password")
account = services.open_account(actor=Clockwork(), at=now(), facts=facts)
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.save()
print(session.session_key)
"""
DEPOSITED = """
from hufu.domain.evidence.models import Deposit
from hufu.doors.storage.blobs import blob_store
import hashlib
one = Deposit.objects.get()
with blob_store().open(one.sha256) as stream:
    assert hashlib.sha256(stream.read()).hexdigest() == one.sha256
print(one.sha256, one.size)
"""


class Server:
    """The server in a process group of its own, so that all of it can be killed."""

    def __init__(self, installation):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        bind = f"127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "django", "serve"],
            env=installation.env | {"HUFU_BIND": bind},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.wait()

    def wait(self):
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the server does not answer")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Sender:
    def __init__(self, session):
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Tus-Resumable": "1.0.0",
        }

    def ask(self, server, method, path, body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, {**self.headers, **headers})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer

    def offset(self, server, path):
        answer = self.ask(server, "HEAD", path)
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])

    def begin_part(self, server, path, offset, content, announced):
        """Send a part of a body and leave the line open."""
        line = socket.create_connection(("127.0.0.1", server.port), 60)
        sent = {
            **self.headers,
            "Host": "127.0.0.1",
            "Content-Type": KIND,
            "Upload-Offset": offset,
            "Content-Length": announced,
        }
        said = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        line.sendall(f"PATCH {path} HTTP/1.1\r\n{said}\r\n".encode() + content)
        return line


def test_killed_at_any_moment_the_upload_goes_on_and_nothing_is_lost(installation):
    data = b"%PDF-1.7\n" + random.Random(3).randbytes(SIZE - 9)  # noqa: S311 - contents
    sender = Sender(installation.python(SIGN_IN).strip())
    server = Server(installation)
    sizes = {"Upload_Length": str(SIZE)}
    path = sender.ask(server, "POST", "/my/deposits/uploads/", **sizes).headers[
        "Location"
    ]
    for more in (PART + 1000, 2 * PART - 1):
        before = sender.offset(server, path)
        content = data[before : before + more]
        line = sender.begin_part(server, path, before, content, SIZE - before)
        whole = before + more // PART * PART
        while sender.offset(server, path) < whole:
            time.sleep(0.1)
        server.kill()
        line.close()
        server = Server(installation)
        assert sender.offset(server, path) == whole
    last = sender.offset(server, path)
    answer = sender.ask(
        server,
        "PATCH",
        path,
        data[last:],
        Upload_Offset=str(last),
        Content_Type=KIND,
    )
    assert answer.status == 204
    server.kill()
    server = Server(installation)
    assert sender.offset(server, path) == SIZE
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert sender.ask(server, "POST", f"{path}finish/", "note=", **form).status == 302
    server.kill()
    told = f"{hashlib.sha256(data).hexdigest()} {SIZE}"
    assert installation.python(DEPOSITED).strip() == told
    assert not list((installation.home / "uploads").glob("*"))
