"""A log whose process dies at every write: nothing lost, nothing forked."""

import random

import pytest

from engines.proof import trees
from engines.proof.signers import NOON, ORIGIN, log_signer
from engines.proof.stores import Died, Mortal
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.checkpoints import Checkpoint
from hufu.engines.proof.logs import COMMIT, Commit, Log
from hufu.engines.proof.notes import Note

SIGNER = log_signer()
FATES = ("before", "after")


def sequence(storage, batches):
    """Do what a sequencer does, from whatever state an earlier one left."""
    if COMMIT in storage.files:
        log = Log.open(storage, SIGNER, at=NOON)
    else:
        log = Log.create(storage, SIGNER, ORIGIN, at=NOON)
    done = set(log.view().entries())
    for batch in batches:
        waiting = [leaf for leaf in batch if leaf not in done]
        if waiting:
            log.append(waiting, at=NOON)
        log.publish()
    return log


def lives(batches, deaths, shuffle=lambda _: None):
    """Let sequencers die one after the other until one has done all."""
    files, signed = {}, []
    for death in [*deaths, None]:
        storage = Mortal(files, [death] if death else (), shuffle)
        try:
            sequence(storage, batches)
        except Died:
            check_consistent(files)
        signed += storage.signed
        if not death:
            return files, signed, storage.writes
    raise AssertionError


def check_consistent(files):
    """Whatever the moment, what is committed and what is shown hold together."""
    storage = Mortal(files)
    if COMMIT not in files:
        assert "checkpoint" not in files
        return
    log = Log.open(storage, SIGNER, at=NOON)
    list(log.view().entries())
    if "checkpoint" in files:
        verify_log(storage, ORIGIN, [SIGNER.key])


def check_nothing_lost_and_nothing_forked(files, signed, batches):
    storage = Mortal(files)
    assert verify_log(storage, ORIGIN, [SIGNER.key]).size == sum(map(len, batches))
    log = Log.open(storage, SIGNER, at=NOON)
    assert list(log.view().entries()) == [leaf for batch in batches for leaf in batch]
    for path, raw in signed:
        note = Commit.parse(raw).note if path == COMMIT else Note.parse(raw)
        head = Checkpoint.parse(note.text)
        assert log.view().root(head.size) == head.root


def cut(*counts):
    batches, start = [], 0
    for count in counts:
        batches.append(trees.leaves_of(count, start))
        start += count
    return batches


@pytest.mark.parametrize(
    "counts", [(1,), (1, 1, 1), (255, 1, 1), (256, 256), (254, 3, 300), (600, 1)]
)
@pytest.mark.parametrize("fate", FATES)
def test_a_death_at_any_write_loses_nothing_and_forks_nothing(counts, fate):
    batches = cut(*counts)
    _, _, writes = lives(batches, [])
    for moment in range(writes):
        files, signed, _ = lives(batches, [(moment, fate)])
        check_nothing_lost_and_nothing_forked(files, signed, batches)


@pytest.mark.parametrize("seed", range(20))
def test_thousands_of_deaths_one_after_the_other(seed):
    chance = random.Random(seed)  # noqa: S311 - a repeatable story, no secret
    for _ in range(20):
        batches = cut(*(chance.choice([1, 2, 5, 200, 256]) for _ in range(4)))
        deaths = [(chance.randrange(12), chance.choice(FATES)) for _ in range(6)]
        files, signed, _ = lives(batches, deaths, chance.shuffle)
        check_nothing_lost_and_nothing_forked(files, signed, batches)


def test_leaves_that_wait_in_another_order_after_the_crash_fork_nothing():
    """The uncommitted tiles of the first life are simply written over."""
    files = {}
    storage = Mortal(files)
    Log.create(storage, SIGNER, ORIGIN, at=NOON)
    first = Mortal(files, {3: "before"})
    with pytest.raises(Died):
        sequence(first, cut(300))
    assert any(path.startswith("tile/") for path in files)
    batches = [list(reversed(cut(300)[0]))]
    second = Mortal(files)
    sequence(second, batches)
    check_nothing_lost_and_nothing_forked(files, second.signed, batches)
