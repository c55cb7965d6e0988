"""A witness (c2sp.org/tlog-witness): cosigns trees that only grow, refuses the rest.

Pure: whoever runs it reads what was last cosigned for the log, asks for a judgement,
and writes `Answer.seen` before answering, all under one lock.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hufu.engines.proof.checkpoints import Checkpoint, read_decimal, read_hash
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import Cosigner, VerifierKey, verify_note
from hufu.engines.proof.merkle import EMPTY
from hufu.engines.proof.notes import Note, SignatureLine, encode_base64
from hufu.engines.proof.verification import verify_consistency

MOST_LINES = 63
TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
OK, BAD, FORBIDDEN, UNKNOWN, CONFLICT, UNPROVED = 200, 400, 403, 404, 409, 422


@dataclass(frozen=True)
class Submission:
    """The body of add-checkpoint: an old size, a proof from there, a checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    @classmethod
    def parse(cls, body: bytes) -> "Submission":
        """Read a request; `ProofError` is a 400."""
        head, blank, rest = body.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise ProofError("request", "The proof is not ASCII.") from error
        if not blank or not first.startswith("old ") or len(lines) > MOST_LINES:
            raise ProofError("request", "This is no request to add a checkpoint.")
        old = read_decimal(first.removeprefix("old "))
        return cls(old, tuple(map(read_hash, lines)), Note.parse(rest))

    @property
    def checkpoint(self) -> Checkpoint:
        """Return what is to be cosigned; nothing of it is believed yet."""
        return Checkpoint.parse(self.note.text)

    def __bytes__(self) -> bytes:
        lines = [f"old {self.old}", *map(encode_base64, self.proof), ""]
        return "\n".join(lines).encode() + b"\n" + bytes(self.note)


@dataclass(frozen=True)
class Seen:
    """What a witness last cosigned of a log, and when."""

    note: Note
    at: datetime

    @property
    def checkpoint(self) -> Checkpoint:
        """Return the head that was cosigned."""
        return Checkpoint.parse(self.note.text)


@dataclass(frozen=True)
class Answer:
    """What to answer over HTTP; `seen` is to be kept first, if there is one."""

    status: int
    body: str
    content_type: str = TEXT
    seen: Seen | None = None


class Witness:
    """Judges submissions of the logs it knows, by their origin and keys."""

    def __init__(
        self, cosigner: Cosigner, logs: Mapping[str, Sequence[VerifierKey]]
    ) -> None:
        self._cosigner = cosigner
        self._logs = logs

    @property
    def key(self) -> VerifierKey:
        """Return the key that others know it by."""
        return self._cosigner.key

    def judge(
        self, submission: Submission, last: Seen | None, *, at: datetime
    ) -> Answer:
        """Answer one submission; `last` is what was cosigned for its origin."""
        if last and at < last.at:
            message = f"Time went back: the last cosignature is of {last.at}."
            raise FatalLogError("time_back", message)
        try:
            head = submission.checkpoint
        except ProofError as error:
            return Answer(BAD, f"{error}\n")
        if head.origin not in self._logs:
            return Answer(UNKNOWN, "This witness does not know this log.\n")
        try:
            verify_note(submission.note, self._logs[head.origin])
        except ProofError as error:
            return Answer(FORBIDDEN, f"{error}\n")
        return self._judge_growth(submission, last, at=at)

    def _judge_growth(
        self, submission: Submission, last: Seen | None, *, at: datetime
    ) -> Answer:
        head, size = submission.checkpoint, last.checkpoint.size if last else 0
        if submission.old > head.size:
            return Answer(BAD, "The old size is larger than the checkpoint's.\n")
        if submission.old != size:
            return Answer(CONFLICT, f"{size}\n", SIZE)
        try:
            _check_growth(last.checkpoint if last else None, head, submission.proof)
        except ProofError as error:
            return Answer(UNPROVED, f"{error}\n")
        line = self._cosigner.cosign(submission.note.text, at=at)
        keys = self._logs[head.origin]
        log = [s for s in submission.note.signatures if any(k.signed(s) for k in keys)]
        note = Note(submission.note.text, (*log, line))
        return Answer(OK, str(line), seen=Seen(note, at))


def _check_growth(
    last: Checkpoint | None, head: Checkpoint, proof: Sequence[bytes]
) -> None:
    if head.size == 0 and head.root != EMPTY:
        raise ProofError("root", "An empty tree has another root.")
    if last is None or last.size == 0:
        if proof:
            raise ProofError("length", "Nothing has to be proved from nothing.")
        return
    verify_consistency(last.size, head.size, proof, last.root, head.root)


LINES = re.compile(r"(— [^\n]+\n)+")


class BehindError(ProofError):
    """The witness last saw another size than the submission began from."""

    def __init__(self, size: int) -> None:
        super().__init__("behind", f"The witness last saw {size} leaves.")
        self.size = size


def read_answer(
    submission: Submission, keys: Iterable[VerifierKey], status: int, body: bytes
) -> list[SignatureLine]:
    """Return the cosignatures of known witnesses from an answer, each checked.

    `BehindError` tells from which size to submit again. A witness that has seen
    more leaves than the log has is fatal: the tree got smaller.
    """
    text = body.decode(errors="replace")
    if status == CONFLICT:
        size = read_decimal(text.strip())
        if size > submission.checkpoint.size:
            message = (
                f"The tree got smaller: a witness has seen {size} leaves, "
                f"{submission.checkpoint.size} are here. Sign nothing more."
            )
            raise FatalLogError("tree_smaller", message)
        raise BehindError(size)
    if status != OK or not LINES.fullmatch(text):
        message = f"The witness answered {status}: {text.strip()[:200]}"
        raise ProofError("witness", message)
    lines = [SignatureLine.parse(line) for line in text.splitlines()]
    note = Note(submission.note.text, tuple(lines))
    known = [signature.key for signature in verify_note(note, keys)]
    return [line for line in lines if any(key.signed(line) for key in known)]
