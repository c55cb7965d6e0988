"""Logs that grow: sequencing, what is fatal, what comes after a restore."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.proof import trees
from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from hufu.engines.proof.audits import verify_log
from hufu.engines.proof.checkpoints import open_checkpoint
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.logs import Log, follow_log, mark_restored
from hufu.engines.proof.merkle import leaf_hash
from hufu.engines.proof.notes import sign_note
from hufu.engines.proof.tiles import Tile, tiles_of, width_of
from hufu.engines.proof.verification import verify_consistency, verify_inclusion
from hufu.engines.proof.views import LogView

SECOND = timedelta(seconds=1)
KEYS = [log_signer().key]


def new_log(storage):
    return Log.create(storage, log_signer(), ORIGIN, at=NOON)


def open_log(storage, at=NOON):
    return Log.open(storage, log_signer(), at=at)


def grown(*batches):
    storage, size = Memory(), 0
    log = new_log(storage)
    for batch in batches:
        log.append(trees.leaves_of(batch, size), at=NOON)
        size += batch
    log.publish()
    return storage, log


def code_of(call, *arguments, **named):
    with pytest.raises(ProofError) as error:
        call(*arguments, **named)
    return error.value.code


def test_paths_and_widths_are_those_of_the_specification():
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(-1, 0, 12).path == "tile/entries/000.p/12"
    tiles = list(tiles_of(70_000))
    by_level = {n: [t for t in tiles if t.level == n] for n in (-1, 0, 1, 2)}
    assert [len(by_level[n]) for n in (-1, 0, 1, 2)] == [274, 274, 2, 1]
    assert [by_level[n][-1].width for n in (-1, 0, 1, 2)] == [112, 112, 17, 1]
    assert [tile.path for tile in tiles_of(256)] == [
        "tile/entries/000",
        "tile/0/000",
        "tile/1/000.p/1",
    ]
    assert width_of(0, 1, 256) == 0
    assert list(tiles_of(0)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.data())
def test_a_log_in_tiles_is_the_tree_of_its_leaves(batches, data):
    storage, log = grown(*batches)
    size = sum(batches)
    leaves = trees.leaves_of(size)
    assert log.head.root == trees.mth(leaves)
    assert list(log.view().entries()) == leaves
    assert verify_log(storage, ORIGIN, KEYS).size == size
    index = data.draw(st.integers(0, size - 1))
    proof = log.view().prove_inclusion(index)
    assert proof == trees.path(index, leaves)
    assert log.view().entry(index) == leaves[index]
    old = data.draw(st.integers(1, size))
    assert log.view().prove_consistency(old) == trees.proof(old, leaves)


def test_a_log_of_two_levels_of_full_tiles_agrees_with_its_proofs():
    storage, log = grown(65_536, 300, 5)
    size = 65_841
    verify_log(storage, ORIGIN, KEYS)
    view = log.view()
    for index in (0, 255, 256, 65_535, 65_536, 65_791, 65_840):
        leaf = leaf_hash(b"leaf %d" % index if index < 65_536 else view.entry(index))
        verify_inclusion(leaf, index, size, view.prove_inclusion(index), log.head.root)
    proof = view.prove_consistency(65_536)
    old_root = view.root(65_536)
    verify_consistency(65_536, size, proof, old_root, log.head.root)


def test_a_reopened_log_goes_on_where_it_was():
    storage, _ = grown(300, 7)
    log = open_log(storage)
    placed = log.append([b"next"], at=NOON + SECOND)
    assert placed.first == 307
    assert placed.checkpoint.root == trees.mth([*trees.leaves_of(307), b"next"])
    log.publish()
    verify_log(storage, ORIGIN, KEYS)


def test_only_files_of_the_layout_are_written():
    storage, _ = grown(300)
    names = {tile.path for tile in tiles_of(300)} | {"commit", "checkpoint"}
    assert set(storage.files) == names


def test_leaves_that_were_committed_are_never_written_over():
    storage, log = grown(300)
    before = {t.path: storage.files[t.path] for t in tiles_of(300)}
    log.append(trees.leaves_of(500), at=NOON)
    assert before.items() <= storage.files.items()


def test_the_checkpoint_is_published_with_the_cosignatures_it_has():
    storage, log = grown(3)
    witnesses = [cosigner("witness.example/a"), cosigner("witness.example/b")]
    for witness in witnesses:
        log.publish([witness.cosign(str(log.head), at=NOON)])
    raw = storage.files["checkpoint"]
    opened = open_checkpoint(raw, ORIGIN, KEYS, [w.key for w in witnesses])
    assert len(opened.witnesses) == 2
    open_log(storage)
    assert storage.files["checkpoint"] == raw


def test_time_that_goes_back_is_fatal():
    storage, log = grown(3)
    earlier = NOON - SECOND
    with pytest.raises(FatalLogError, match="Time went back"):
        log.append([b"x"], at=earlier)
    with pytest.raises(FatalLogError, match="Time went back"):
        open_log(storage, at=earlier)
    assert log.append([b"x"], at=NOON).first == 3


def test_a_tree_that_got_smaller_is_fatal():
    storage, log = grown(3)
    copy = dict(storage.files)
    log.append([b"lost by the restore"], at=NOON)
    log.publish()
    older = Memory({**copy, "checkpoint": storage.files["checkpoint"]})
    with pytest.raises(FatalLogError, match=r"The tree got smaller: 4 .* 3 are here"):
        open_log(older)


def test_a_tree_that_forked_is_fatal():
    storage, log = grown(3)
    _, other = grown(2)
    other.append([b"another third"], at=NOON)
    seen = open_checkpoint(bytes(other.note), ORIGIN, KEYS)
    with pytest.raises(FatalLogError, match="another root was signed at 3 leaves"):
        log.check_seen(seen)
    storage.files["checkpoint"] = bytes(other.note)
    assert code_of(open_log, storage) == "forked"


def test_after_a_restore_nothing_is_signed_until_the_witnesses_agree():
    storage, log = grown(3)
    copy = Memory(storage.files)
    log.append([b"after the copy"], at=NOON)
    seen = open_checkpoint(bytes(log.note), ORIGIN, KEYS)
    mark_restored(copy)
    restored = open_log(copy)
    assert code_of(restored.append, [b"x"], at=NOON) == "unreconciled"
    assert code_of(restored.reconcile, [], at=NOON) == "unreconciled"
    assert code_of(restored.reconcile, [seen], at=NOON) == "tree_smaller"
    assert code_of(open_log(copy).append, [b"x"], at=NOON) == "unreconciled"


def test_a_restored_log_that_lost_nothing_goes_on():
    storage, log = grown(3)
    seen = open_checkpoint(bytes(log.note), ORIGIN, KEYS)
    mark_restored(storage)
    log = open_log(storage)
    log.reconcile([seen], at=NOON)
    assert log.append([b"x"], at=NOON).first == 3


def test_a_new_log_says_which_one_it_follows():
    _, log = grown(3)
    seen = open_checkpoint(bytes(log.note), ORIGIN, KEYS)
    origin = f"{ORIGIN}/2"
    heir = Memory()
    new = follow_log(heir, log_signer(origin), origin, seen, at=NOON)
    assert new.view().entry(0) == b"hufu-log-follows-v1\n" + bytes(log.note)
    same = (Memory(), log_signer(), ORIGIN, seen)
    assert code_of(follow_log, *same, at=NOON) == "origin"


def test_two_writers_do_not_both_commit():
    storage, log = grown(3)
    other = open_log(storage)
    other.append([b"one"], at=NOON)
    assert code_of(log.append, [b"two"], at=NOON) == "writer"
    assert code_of(log.append, [b"two"], at=NOON) == "spent"
    assert list(open_log(storage).view().entries(3)) == [b"one"]


def test_a_log_is_not_begun_over_another():
    storage, _ = grown(3)
    assert code_of(new_log, storage) == "exists"
    del storage.files["commit"]
    assert code_of(open_log, storage) == "commit"
    assert code_of(new_log, storage) == "exists"


def test_tiles_that_are_lost_or_changed_are_not_signed_over():
    for change in ("gone", "changed"):
        storage, _ = grown(300)
        for path in ("tile/1/000.p/1", "tile/0/001.p/44", "tile/entries/001.p/44"):
            files = dict(storage.files)
            if change == "gone":
                del files[path]
            else:
                files[path] = files[path][:-1] + b"\0"
            assert code_of(open_log, Memory(files)) == "tiles"


def test_a_commit_signed_by_somebody_else_is_not_continued():
    storage, _ = grown(3)
    assert code_of(Log.open, storage, log_signer("else.example"), at=NOON) == "unsigned"


def test_nothing_and_too_much_are_not_sequenced():
    storage, log = grown(3)
    assert code_of(log.append, [], at=NOON) == "empty"
    assert code_of(log.append, [b"x" * 65_536], at=NOON) == "entry"
    assert open_log(storage).append([b"x" * 65_535], at=NOON).first == 3


@pytest.mark.parametrize("path", [tile.path for tile in tiles_of(600)])
def test_the_audit_names_every_file_that_was_changed_or_taken(path):
    storage, _ = grown(600)
    for bit in (0, 20 * 8):
        files = dict(storage.files)
        changed = bytearray(files[path])
        changed[bit // 8] ^= 1
        files[path] = bytes(changed)
        with pytest.raises(ProofError):
            verify_log(Memory(files), ORIGIN, KEYS)
    files = dict(storage.files)
    files[path] = files[path][:-1]
    with pytest.raises(ProofError):
        verify_log(Memory(files), ORIGIN, KEYS)
    del files[path]
    with pytest.raises(ProofError, match=path):
        verify_log(Memory(files), ORIGIN, KEYS)


def test_an_administrator_who_swaps_an_entry_is_found_by_its_place():
    storage, _ = grown(300)
    path = "tile/entries/001.p/44"
    storage.files[path] = storage.files[path].replace(b"leaf 290", b"leaf 9.0")
    with pytest.raises(ProofError, match=r"tile/0/001.p/44 does not agree at place 34"):
        verify_log(storage, ORIGIN, KEYS)


def test_an_administrator_who_rewrites_everything_but_the_signature_is_found():
    storage, _ = grown(300)
    forged, _ = grown(299)
    forged = Memory({**forged.files, "checkpoint": storage.files["checkpoint"]})
    with pytest.raises(ProofError):
        verify_log(forged, ORIGIN, KEYS)


def test_a_root_that_the_tiles_do_not_lead_to_is_found():
    storage, log = grown(300)
    text = str(replace(log.head, root=b"r" * 32))
    storage.files["checkpoint"] = bytes(sign_note(text, log_signer().sign(text)))
    assert code_of(verify_log, storage, ORIGIN, KEYS) == "root"
    assert code_of(open_log, storage) == "forked"
    del storage.files["checkpoint"]
    assert code_of(verify_log, storage, ORIGIN, KEYS) == "missing"


def test_a_commit_file_that_cannot_be_read_is_fatal():
    storage, _ = grown(3)
    storage.files["commit"] = b"something\n\nelse"
    assert code_of(open_log, storage) == "commit"


def test_a_bundle_whose_lengths_are_wrong_is_refused():
    storage, _ = grown(3)
    path = "tile/entries/000.p/3"
    entries = storage.files[path]
    for data in (entries[:-1], entries + b"\0", entries + entries, b""):
        files = Memory({**storage.files, path: data})
        assert code_of(verify_log, files, ORIGIN, KEYS) == "bundle"


def test_a_partial_tile_may_have_been_replaced_by_the_full_one():
    storage, log = grown(300)
    old = open_checkpoint(storage.files["checkpoint"], ORIGIN, KEYS)
    log.append(trees.leaves_of(300), at=NOON)
    for path in [p for p in storage.files if ".p/" in p and "/001.p/44" in p]:
        del storage.files[path]
    assert LogView(storage, 300).root() == old.checkpoint.root
    assert list(LogView(storage, 300).entries(299)) == [b"leaf 299"]
    assert verify_log(storage, ORIGIN, KEYS).size == 300


def test_a_view_knows_no_leaf_beyond_its_size():
    _, log = grown(5)
    assert code_of(list, log.view().entries(6)) == "index"
    assert code_of(log.view().prove_inclusion, 5) == "index"
    assert code_of(log.view().root, 6) == "index"
