"""Comparing database, journal and log: what was changed, and which row it is."""

from collections.abc import Iterator
from datetime import timedelta

from hufu.base.journal import verify_journal
from hufu.domain.evidence import queries
from hufu.domain.evidence.models import Leaf
from hufu.doors.storage import prooflog
from hufu.doors.storage.rowaudits import audit_rows
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.heads import second_heads
from hufu.engines.proof.logs import FOLLOWS
from hufu.engines.proof.receipts import Receipt

PROMISE = timedelta(minutes=10)  # from an act to its place in the log, at most


def audit_house() -> Iterator[str]:
    """Yield one sentence for everything that does not agree; nothing if all does."""
    for found in verify_journal():
        yield f"journal batch {found.batch}: {found.problem}"
    yield from audit_rows()
    yield from _check_receipts()
    head = prooflog.published_head()
    if head is None:
        if queries.leaves(prooflog.log_origin()).exists():
            yield "the log: its folder is gone, the database has places in it"
        return
    try:
        key = prooflog.log_signer().key
        verify_log(prooflog.log_folder(), prooflog.log_origin(), [key])
    except ProofError as error:
        yield f"the log: {error}"
        return
    yield from second_heads(head[1].entries())
    yield from _compare(head[1].entries())


def _check_receipts() -> Iterator[str]:
    """Compare every deposit with the receipt that was given for it."""
    for kept in queries.signed_receipts().iterator(chunk_size=2000):
        said, row = Receipt.parse(bytes(kept.content)).statement, kept.deposit
        if (said.sha256, said.size) != (row.sha256, row.size):
            yield f"deposit {row.pk}: its receipt says another hash or size"


def _compare(entries: Iterator[bytes]) -> Iterator[str]:
    """Compare every leaf of the log with the act that the database has for it."""
    rows = queries.leaves(prooflog.log_origin()).iterator(chunk_size=2000)
    waiting = next(rows, None)
    for index, entry in enumerate(entries):
        if index == 0 and entry.startswith(FOLLOWS):
            continue
        if waiting is None or waiting.index != index:
            yield f"leaf {index}: its act is gone from the database"
            continue
        yield from _check(waiting, entry)
        waiting = next(rows, None)


def _check(leaf: Leaf, entry: bytes) -> Iterator[str]:
    act = leaf.entry
    name = f"entry {act.pk} ({act.act} of {act.subject_kind} {act.subject_id})"
    if leaf.content != entry:
        yield f"leaf {leaf.index}: {name} was changed after it was logged"
    if leaf.placed_at - act.at > PROMISE:
        yield f"leaf {leaf.index}: {name} came later into the log than promised"
