"""The proof log of this installation: its key, its folder, its one writer."""

import fcntl
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db.models import QuerySet

from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Leaf
from hufu.doors.storage.blobs import read_key
from hufu.doors.storage.logfolder import LogFolder
from hufu.engines.proof.checkpoints import Checkpoint, SignedCheckpoint
from hufu.engines.proof.commitments import SALT_WIDTH
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.keys import NoteSigner
from hufu.engines.proof.logs import (
    CHECKPOINT,
    COMMIT,
    Log,
    follow_log,
    follows_another,
)
from hufu.engines.proof.notes import Note, SignatureLine
from hufu.engines.proof.views import LogView

Head = tuple[Note, LogView]


def log_folder() -> LogFolder:
    """Return where the log's files lie, as any static file server can serve them."""
    return LogFolder(settings.HUFU_HOME / "log")


def log_origin() -> str:
    """Return the name of the log, which is also its key's."""
    place = urlsplit(settings.HUFU_SITE_URL)
    return settings.HUFU_LOG_ORIGIN or f"{place.netloc}{place.path}/log"


def log_signer() -> NoteSigner:
    """Return the log's key; ImproperlyConfigured says how to make one."""
    seed = read_key("HUFU_LOG_KEY", settings.HUFU_LOG_KEY)
    return NoteSigner(log_origin(), Ed25519PrivateKey.from_private_bytes(seed))


@contextmanager
def writing_log(*, at: datetime) -> Iterator[Log]:
    """Open the log as its one writer, beginning it where none was."""
    folder, signer = log_folder(), log_signer()
    settings.HUFU_HOME.mkdir(parents=True, exist_ok=True)
    # The system frees this lock when its holder dies; whoever waits goes on.
    with (settings.HUFU_HOME / "log.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if (folder.root / COMMIT).exists():
            yield Log.open(folder, signer, at=at)
        elif queries.leaves(log_origin()).exists():
            message = f"The log {log_origin()} has leaves and no folder any more."
            raise FatalLogError("vanished", f"{message} Sign nothing more.")
        else:
            yield Log.create(folder, signer, log_origin(), at=at)


def begin_heir(seen: SignedCheckpoint, *, at: datetime) -> Log:
    """Begin a log under today's name that says which one it follows.

    The folder of the log before is kept beside it.
    """
    folder, signer = log_folder(), log_signer()
    settings.HUFU_HOME.mkdir(parents=True, exist_ok=True)
    with (settings.HUFU_HOME / "log.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if queries.leaves(log_origin()).exists():
            message = f"Leaves are in {log_origin()} already: set HUFU_LOG_ORIGIN anew."
            raise ProofError("exists", message)
        if folder.root.exists():
            aside = f"log-followed-{secrets.token_hex(4)}"
            folder.root.rename(folder.root.with_name(aside))
        log = follow_log(folder, signer, log_origin(), seen, at=at)
        log.publish()
    return log


def extend_log(*, at: datetime) -> int:
    """Bring the log up to the journal; return how many leaves it got.

    First the database says which act takes which place, then the log follows it. A
    crash between the two leaves places that the next turn fills.
    """
    done = 0
    with writing_log(at=at) as log:
        _check_database(log)
        services.note_key(at=at, vkey=str(log_signer().key))
        while _place(log, at=at) or _waiting(log):
            done += _follow(log, at=at)
        log.publish()
    return done


def _place(log: Log, *, at: datetime) -> int:
    return services.place_leaves(
        at=at,
        log=log.head.origin,
        first=log.head.size,
        draw_salt=lambda: secrets.token_bytes(SALT_WIDTH),
    )


def _waiting(log: Log) -> QuerySet[Leaf]:
    return queries.leaves(log.head.origin, log.head.size)[: services.MOST_LEAVES]


def _follow(log: Log, *, at: datetime) -> int:
    leaves = [leaf.content for leaf in _waiting(log)]
    log.append(leaves, at=at)
    return len(leaves)


def _check_database(log: Log) -> None:
    if queries.leaves_elsewhere(log.head.origin).exists() and not follows_another(log):
        message = (
            f"Acts stand in another log than {log.head.origin}: begin it with ./hufu "
            "log follow, so that it says which one it follows."
        )
        raise FatalLogError("unfollowed", message)
    last = queries.leaves(log.head.origin).last()
    known = last.index + 1 if last else int(follows_another(log))
    if known < log.head.size:
        message = (
            f"The log holds {log.head.size} leaves, the database knows {known}: it is "
            "older than the log. Bring the newer database back, or begin a new log."
        )
        raise FatalLogError("database_older", message)


def published_head() -> Head | None:
    """Return the checkpoint that everybody is shown, and its tree; None before it."""
    folder = log_folder()
    try:
        note = Note.parse(folder.read(CHECKPOINT))
    except FileNotFoundError:
        return None
    return note, LogView(folder, Checkpoint.parse(note.text).size)


def head_of(note: Note) -> Head:
    """Return a checkpoint of this log, however old, with its tree."""
    return note, LogView(log_folder(), Checkpoint.parse(note.text).size)


def add_cosignatures(
    note: Note, lines: Sequence[SignatureLine], *, at: datetime
) -> None:
    """Show cosignatures with the checkpoint, unless the log has grown meanwhile."""
    with writing_log(at=at) as log:
        if lines and log.note.text == note.text:
            log.publish(lines)


def prove_leaf(leaf: Leaf, head: Head | None = None) -> Envelope | None:
    """Return the proof that an act stands in the published log; None before that.

    Whoever proves many acts names the head, and has them all under one.
    """
    head = head or published_head()
    if head is None:
        return None
    note, view = head
    if Checkpoint.parse(note.text).origin != leaf.log or leaf.index >= view.size:
        return None
    return Envelope(leaf.index, tuple(view.prove_inclusion(leaf.index)), note)
