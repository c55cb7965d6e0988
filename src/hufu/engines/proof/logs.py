"""A log that grows: sequencing with a commit point, publishing, recovery.

The order of writes is the whole safety of it:

1. tiles and entry bundles of the new size, which nothing points to yet;
2. `commit`, the signed checkpoint with its time: this single write is the commit
   point, and the file is not served;
3. `checkpoint`, the same note for everybody, later with cosignatures.

A signature is shown to nobody before its commit is durable, so a crash between any
two writes loses no committed leaf and leaves no second tree of the same size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hufu.engines.proof.checkpoints import (
    Checkpoint,
    SignedCheckpoint,
    open_checkpoint,
)
from hufu.engines.proof.edges import Edge
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import NoteSigner
from hufu.engines.proof.notes import Note, SignatureLine, sign_note
from hufu.engines.proof.tiles import Storage
from hufu.engines.proof.views import LogView

COMMIT = "commit"
CHECKPOINT = "checkpoint"
RESTORED = "restored"
WAITING = b"waiting\n"
HEADER = "hufu-log-commit-v1"
FOLLOWS = b"hufu-log-follows-v1\n"


@dataclass(frozen=True)
class Commit:
    """The last commit point: a signed checkpoint and when it was made."""

    at: datetime
    note: Note

    @classmethod
    def parse(cls, data: bytes) -> "Commit":
        """Read the file of that name."""
        head, _, note = data.partition(b"\n\n")
        title, _, at = head.decode(errors="replace").partition("\nat ")
        if title != HEADER:
            raise FatalLogError("commit", "The commit file cannot be read.")
        return cls(datetime.fromisoformat(at), Note.parse(note))

    def __bytes__(self) -> bytes:
        head = f"{HEADER}\nat {self.at.isoformat(timespec='microseconds')}\n\n"
        return head.encode() + bytes(self.note)


@dataclass(frozen=True)
class Sequenced:
    """Where a batch stands: its first leaf's index, and the checkpoint over it."""

    first: int
    checkpoint: Checkpoint


class Log:
    """The one writer of a log. Whoever opens it keeps every other writer out.

    After any exception the object is spent: open the log again, which recovers.
    """

    def __init__(self, storage: Storage, signer: NoteSigner, commit: Commit) -> None:
        self._storage = storage
        self._signer = signer
        self._commit = commit
        self._edge = _edge_of(storage, self.head.size)
        self._sound = True

    @classmethod
    def create(
        cls, storage: Storage, signer: NoteSigner, origin: str, *, at: datetime
    ) -> "Log":
        """Begin an empty log where none is."""
        for path in (COMMIT, CHECKPOINT):
            if _there(storage, path):
                raise FatalLogError("exists", f"There is a log already: {path}.")
        note = _signed(Checkpoint(origin, 0, Edge().root()), signer)
        storage.write(COMMIT, bytes(Commit(at, note)))
        return cls.open(storage, signer, at=at)

    @classmethod
    def open(cls, storage: Storage, signer: NoteSigner, *, at: datetime) -> "Log":
        """Open a log, and refuse one that is not what it last signed."""
        if not _there(storage, COMMIT):
            raise FatalLogError("commit", "There is no commit file: no log is here.")
        log = cls(storage, signer, Commit.parse(storage.read(COMMIT)))
        log._check_time(at)
        log._check_commit()
        if _there(storage, CHECKPOINT):
            log.check_seen(log.published())
        return log

    @property
    def head(self) -> Checkpoint:
        """Return the checkpoint that was committed last."""
        return Checkpoint.parse(self._commit.note.text)

    @property
    def note(self) -> Note:
        """Return it as the log signed it."""
        return self._commit.note

    def view(self) -> LogView:
        """Return the committed tree, for proofs and entries."""
        return LogView(self._storage, self.head.size)

    def published(self) -> SignedCheckpoint:
        """Return what everybody is shown; `FileNotFoundError` before the first."""
        raw = self._storage.read(CHECKPOINT)
        return open_checkpoint(raw, self.head.origin, [self._signer.key])

    def append(self, leaves: Sequence[bytes], *, at: datetime) -> Sequenced:
        """Sequence a batch. When this returns, its leaves have their places."""
        self._check_fit_to_sign(at)
        if not leaves:
            raise ProofError("empty", "There is nothing to sequence.")
        self._sound = False
        self._check_alone()
        before = self.head
        self._storage.write_all(self._edge.append(leaves))
        head = Checkpoint(before.origin, self._edge.size, self._edge.root())
        commit = Commit(at, _signed(head, self._signer))
        self._check_alone()
        self._storage.write(COMMIT, bytes(commit))  # the commit point
        self._commit = commit
        self._sound = True
        return Sequenced(before.size, head)

    def publish(self, cosignatures: Iterable[SignatureLine] = ()) -> Note:
        """Show the committed checkpoint, with the cosignatures it has by now."""
        note = self.note
        if _there(self._storage, CHECKPOINT):
            shown = Note.parse(self._storage.read(CHECKPOINT))
            if shown.text == note.text:
                note = note.with_signatures(shown.signatures)
        note = note.with_signatures(cosignatures)
        self._storage.write(CHECKPOINT, bytes(note))
        return note

    def check_seen(self, seen: SignedCheckpoint) -> None:
        """Compare with a checkpoint that others hold: published, or cosigned."""
        head = seen.checkpoint
        if head.size > self.head.size:
            message = (
                f"The tree got smaller: {head.size} leaves were signed and seen, "
                f"{self.head.size} are here. Sign nothing more."
            )
            raise FatalLogError("tree_smaller", message)
        if self.view().root(head.size) != head.root:
            message = f"The tree forked: another root was signed at {head.size} leaves."
            raise FatalLogError("forked", message)

    def reconcile(self, seen: Sequence[SignedCheckpoint], *, at: datetime) -> None:
        """After a restore: compare with what the witnesses last saw, then go on."""
        if not seen:
            message = "Ask at least one witness what it last saw of this log."
            raise ProofError("unreconciled", message)
        for checkpoint in seen:
            self.check_seen(checkpoint)
        done = f"reconciled {at.isoformat()} at {self.head.size} leaves\n"
        self._storage.write(RESTORED, done.encode())

    def _check_fit_to_sign(self, at: datetime) -> None:
        if not self._sound:
            raise FatalLogError("spent", "A write failed: open the log again.")
        self._check_time(at)
        if _there(self._storage, RESTORED) and self._storage.read(RESTORED) == WAITING:
            message = (
                "This log was restored from a copy. Nothing is signed until it is "
                "reconciled with its witnesses, or a new log follows it."
            )
            raise FatalLogError("unreconciled", message)

    def _check_alone(self) -> None:
        # No lock, only a last alarm for a caller that failed to keep others out.
        if self._storage.read(COMMIT) != bytes(self._commit):
            raise FatalLogError("writer", "Somebody else writes to this log.")

    def _check_time(self, at: datetime) -> None:
        if at < self._commit.at:
            message = (
                f"Time went back: the last commit was at {self._commit.at.isoformat()},"
                f" now it is {at.isoformat()}. Sign nothing more."
            )
            raise FatalLogError("time_back", message)

    def _check_commit(self) -> None:
        raw, head = bytes(self.note), self.head
        open_checkpoint(raw, head.origin, [self._signer.key])
        if self._edge.root() != head.root:
            raise FatalLogError("tiles", "The tiles are not those that were signed.")


def mark_restored(storage: Storage) -> None:
    """Note that a copy was brought back: signing waits for `reconcile`."""
    storage.write(RESTORED, WAITING)


def follow_log(
    storage: Storage,
    signer: NoteSigner,
    origin: str,
    predecessor: SignedCheckpoint,
    *,
    at: datetime,
) -> Log:
    """Begin a new log whose first leaf is the last known checkpoint of another."""
    if origin == predecessor.checkpoint.origin:
        raise ProofError("origin", "A log that follows another needs its own origin.")
    log = Log.create(storage, signer, origin, at=at)
    log.append([FOLLOWS + bytes(predecessor.note)], at=at)
    return log


def follows_another(log: Log) -> bool:
    """Say whether the log's first leaf is the checkpoint of a log before it."""
    return log.head.size > 0 and log.view().entry(0).startswith(FOLLOWS)


def _signed(head: Checkpoint, signer: NoteSigner) -> Note:
    text = str(head)
    return sign_note(text, signer.sign(text))


def _edge_of(storage: Storage, size: int) -> Edge:
    try:
        return Edge.read(storage, size)
    except (FileNotFoundError, ProofError) as error:
        message = f"The last tiles cannot be read: {error}."
        raise FatalLogError("tiles", message) from error


def _there(storage: Storage, path: str) -> bool:
    try:
        storage.read(path)
    except FileNotFoundError:
        return False
    return True
