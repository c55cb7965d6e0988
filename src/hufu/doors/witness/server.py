"""A witness over HTTP (c2sp.org/tlog-witness): what it saw is kept in a folder."""

import fcntl
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from hufu.doors.storage.logfolder import LogFolder
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.notes import Note
from hufu.engines.proof.witness import BAD, Answer, Seen, Submission, Witness

LONGEST = 256 * 1024  # of a request, bytes
PATIENCE = 30  # seconds for a request to arrive
PATH = "/add-checkpoint"
FAILED = 500
log = logging.getLogger("hufu.witness")


class Memory:
    """What the witness last cosigned, a file for each log: kept before it answers."""

    def __init__(self, root: Path) -> None:
        """Take the folder."""
        self._folder = LogFolder(root)

    def recall(self, origin: str) -> Seen | None:
        """Return what was last cosigned of a log."""
        try:
            kept = json.loads(self._folder.read(_file_of(origin)))
        except FileNotFoundError:
            return None
        note = Note.parse(kept["note"].encode())
        return Seen(note, datetime.fromisoformat(kept["at"]))

    def keep(self, origin: str, seen: Seen) -> None:
        """Remember a cosigned checkpoint, durably."""
        kept = {"at": seen.at.isoformat(), "note": str(seen.note)}
        self._folder.write(_file_of(origin), json.dumps(kept).encode())


def _file_of(origin: str) -> str:
    return f"seen/{hashlib.sha256(origin.encode()).hexdigest()}.json"


def answer_submission(
    witness: Witness, root: Path, body: bytes, *, now: Callable[[], datetime]
) -> Answer:
    """Judge one request, one at a time, and keep what is cosigned before answering."""
    try:
        submission = Submission.parse(body)
        origin = submission.checkpoint.origin
    except ProofError as error:
        return Answer(BAD, f"{error}\n")
    memory = Memory(root)
    with (root / "witness.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = witness.judge(submission, memory.recall(origin), at=now())
        if answer.seen:
            memory.keep(origin, answer.seen)
    return answer


def known_logs(root: Path) -> dict[str, list[VerifierKey]]:
    """Read `logs.json`: the verifier keys of the logs to cosign, by origin."""
    path = root / "logs.json"
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {
            origin: [VerifierKey.parse(vkey) for vkey in vkeys]
            for origin, vkeys in rows.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError, ProofError) as error:
        message = f'{path}: expected {{"origin": ["vkey", ...]}}: {error}'
        raise ProofError("logs", message) from error


class Server(ThreadingHTTPServer):
    """Listens for checkpoints."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        witness: Witness,
        root: Path,
        now: Callable[[], datetime],
    ) -> None:
        """Take where to listen, the witness, its folder and its clock."""
        self.witness, self.root, self.now = witness, root, now
        super().__init__(address, Handler)

    def judge(self, body: bytes) -> Answer:
        """Answer one submission."""
        return answer_submission(self.witness, self.root, body, now=self.now)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the witness."""

    server: Server
    timeout = PATIENCE
    server_version = "hufu-witness"
    sys_version = ""

    def do_POST(self) -> None:
        """Take a checkpoint."""
        length = self.headers.get("Content-Length", "")
        if self.path != PATH:
            return self._send(Answer(404, f"Only {PATH} is here.\n"))
        if not length.isdecimal() or int(length) > LONGEST:
            return self._send(Answer(BAD, "Say a Content-Length within the limit.\n"))
        try:
            answer = self.server.judge(self.rfile.read(int(length)))
        except FatalLogError as error:
            answer = Answer(FAILED, f"{error}\n")
        return self._send(answer)

    def _send(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, template: str, *values: object) -> None:
        """Say what was asked, without the visitor's address."""
        log.info(template, *values)
