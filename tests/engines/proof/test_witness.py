"""A witness that cosigns growth only, and a monitor that compares views."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engines.proof import trees
from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from engines.proof.trees import DATA
from hufu.engines.proof.checkpoints import Checkpoint, open_checkpoint
from hufu.engines.proof.errors import FatalLogError, ProofError
from hufu.engines.proof.logs import Log
from hufu.engines.proof.merkle import EMPTY
from hufu.engines.proof.monitor import (
    SplitViewError,
    compare_views,
)
from hufu.engines.proof.notes import Note, sign_note
from hufu.engines.proof.witness import (
    BehindError,
    Seen,
    Submission,
    Witness,
    read_answer,
)

KEYS = [log_signer().key]
LATER = NOON + timedelta(hours=1)


def new_witness():
    return Witness(cosigner(), {ORIGIN: KEYS})


def grown(size, word="leaf"):
    storage = Memory()
    log = Log.create(storage, log_signer(), ORIGIN, at=NOON)
    log.append([b"%s %d" % (word.encode(), n) for n in range(size)], at=NOON)
    return storage, log


def submission(log, old=0):
    proof = log.view().prove_consistency(old) if old else ()
    return Submission(old, tuple(proof), log.note)


def cosigned(log, old=0, last=None):
    answer = new_witness().judge(submission(log, old), last, at=NOON)
    assert answer.status == 200, answer.body
    return answer.seen


def opened(log):
    return open_checkpoint(bytes(log.note), ORIGIN, KEYS)


def test_the_example_request_is_read_and_written_alike():
    raw = (DATA / "c2sp/add_checkpoint_request.txt").read_bytes()
    read = Submission.parse(raw)
    assert read.old == 20852014
    assert len(read.proof) == 4
    assert read.checkpoint.size == 20852163
    assert bytes(read) == raw


def test_the_example_answer_has_three_cosignatures_of_two_witnesses():
    text = (DATA / "c2sp/add_checkpoint_response.txt").read_text()
    note = Note.parse(f"x\n\n{text}".encode())
    assert [line.name for line in note.signatures] == ["witness.example/w1"] * 2 + [
        "witness.example/w2"
    ]


def test_a_log_that_grows_is_cosigned_step_by_step():
    _, log = grown(5)
    first = cosigned(log)
    log.append([b"six"], at=NOON)
    second = cosigned(log, 5, first)
    keys = [new_witness().key]
    signed = open_checkpoint(bytes(second.note), ORIGIN, KEYS, keys)
    assert signed.checkpoint.size == 6
    assert signed.witnesses[0].at == NOON


def test_the_same_checkpoint_may_be_cosigned_again():
    _, log = grown(5)
    assert cosigned(log, 5, cosigned(log)).checkpoint.size == 5


def test_the_answer_goes_under_the_checkpoint():
    _, log = grown(5)
    sent = submission(log)
    answer = new_witness().judge(sent, None, at=NOON)
    lines = read_answer(sent, [new_witness().key], answer.status, answer.body.encode())
    note = log.publish(lines)
    keys = [new_witness().key]
    assert open_checkpoint(bytes(note), ORIGIN, KEYS, keys).witnesses


def test_a_log_that_forgot_what_was_seen_is_told_the_size():
    _, log = grown(5)
    last = cosigned(log)
    log.append([b"six"], at=NOON)
    sent = submission(log)
    answer = new_witness().judge(sent, last, at=NOON)
    assert (answer.status, answer.body) == (409, "5\n")
    assert answer.content_type == "text/x.tlog.size"
    assert answer.seen is None
    with pytest.raises(BehindError) as behind:
        read_answer(sent, [], answer.status, answer.body.encode())
    assert cosigned(log, behind.value.size, last).checkpoint.size == 6


def test_a_split_view_is_refused():
    _, log = grown(5)
    _, fork = grown(8, "fork")
    last = cosigned(log)
    answer = new_witness().judge(submission(fork, 5), last, at=NOON)
    assert answer.status == 422
    assert answer.seen is None


def test_two_trees_of_one_size_are_a_split_view_too():
    _, log = grown(5)
    _, fork = grown(5, "fork")
    answer = new_witness().judge(submission(fork, 5), cosigned(log), at=NOON)
    assert answer.status == 422


def test_a_tree_that_got_smaller_is_refused_and_fatal_to_its_log():
    _, log = grown(5)
    _, older = grown(3)
    sent = submission(older, 3)
    answer = new_witness().judge(sent, cosigned(log), at=NOON)
    assert (answer.status, answer.body) == (409, "5\n")
    with pytest.raises(FatalLogError, match="The tree got smaller"):
        read_answer(sent, [], answer.status, answer.body.encode())


def test_a_proof_that_was_changed_or_cut_is_refused():
    _, log = grown(5)
    last = cosigned(log)
    log.append(trees.leaves_of(9), at=NOON)
    good = submission(log, 5)
    for proof in (
        good.proof[:-1],
        good.proof[::-1],
        (*good.proof[:-1], b"\0" * 32),
        (*good.proof, b"\0" * 32),
    ):
        answer = new_witness().judge(replace(good, proof=proof), last, at=NOON)
        assert answer.status == 422


def test_a_proof_from_nothing_is_refused():
    _, log = grown(5)
    sent = replace(submission(log), proof=(b"\0" * 32,))
    assert new_witness().judge(sent, None, at=NOON).status == 422


def test_an_unknown_log_is_404_and_an_unsigned_checkpoint_403():
    _, log = grown(5)
    stranger = Witness(cosigner(), {"other.example/log": KEYS})
    assert stranger.judge(submission(log), None, at=NOON).status == 404
    unknown = Witness(cosigner(), {ORIGIN: [log_signer("else.example").key]})
    assert unknown.judge(submission(log), None, at=NOON).status == 403
    forged = Note(log.note.text.replace("\n5\n", "\n6\n"), log.note.signatures)
    sent = Submission(0, (), forged)
    assert new_witness().judge(sent, None, at=NOON).status == 403


def test_an_old_size_beyond_the_new_one_is_400():
    _, log = grown(5)
    sent = replace(submission(log), old=6)
    assert new_witness().judge(sent, None, at=NOON).status == 400


def test_an_empty_tree_has_the_root_of_nothing():
    for root, status in ((EMPTY, 200), (b"x" * 32, 422)):
        text = str(Checkpoint(ORIGIN, 0, root))
        sent = Submission(0, (), sign_note(text, log_signer().sign(text)))
        assert new_witness().judge(sent, None, at=NOON).status == status


def test_what_is_signed_but_no_checkpoint_is_400():
    text = "no checkpoint\n"
    sent = Submission(0, (), sign_note(text, log_signer().sign(text)))
    assert new_witness().judge(sent, None, at=NOON).status == 400


def test_a_witness_whose_clock_went_back_signs_nothing():
    _, log = grown(5)
    last = replace(cosigned(log), at=LATER)
    with pytest.raises(FatalLogError, match="Time went back"):
        new_witness().judge(submission(log, 5), last, at=NOON)


def test_what_is_kept_holds_only_signatures_that_were_checked():
    _, log = grown(5)
    other = cosigner("stranger.example").cosign(log.note.text, at=NOON)
    sent = Submission(0, (), log.note.with_signatures([other]))
    seen = new_witness().judge(sent, None, at=NOON).seen
    assert isinstance(seen, Seen)
    names = [line.name for line in seen.note.signatures]
    assert names == [ORIGIN, "witness.example/w1"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old -1\n\norigin\n",
        b"old 01\n\norigin\n",
        b"new 0\n\norigin\n",
        b"old 0\nAAAA\n\norigin\n",
        b"old \xff\n\norigin\n",
        b"old 1\n" + b"A" * 43 + b"=\n" * 64 + b"\n",
    ],
)
def test_a_request_that_is_none_is_refused(body):
    with pytest.raises(ProofError):
        Submission.parse(body)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"oops"),
        (200, b""),
        (200, b"hello\n"),
        (409, b"many\n"),
        (200, "— witness.example/w1 AAAAAAAAAAAA\n".encode()),
    ],
)
def test_an_answer_that_is_none_is_refused(status, body):
    _, log = grown(5)
    with pytest.raises(ProofError):
        read_answer(submission(log), [new_witness().key], status, body)


def test_a_monitor_finds_two_clients_that_were_shown_two_trees():
    storage, log = grown(8)
    _, fork = grown(5, "fork")
    with pytest.raises(SplitViewError, match="at 5 and 8 leaves") as split:
        compare_views(opened(log), opened(fork), storage)
    assert set(split.value.notes) == {log.note, fork.note}
    _, same = grown(8, "fork")
    with pytest.raises(SplitViewError):
        compare_views(opened(log), opened(same), storage)


def test_a_monitor_agrees_with_views_of_one_tree():
    storage, log = grown(5)
    early = opened(log)
    compare_views(early, early, storage)
    log.append([b"six"], at=NOON)
    compare_views(early, opened(log), storage)
    compare_views(opened(log), early, storage)


def test_wrong_tiles_are_no_proof_against_a_log():
    _, log = grown(5)
    early = opened(log)
    log.append([b"six"], at=NOON)
    wrong, _ = grown(6, "wrong")
    with pytest.raises(ProofError) as error:
        compare_views(early, opened(log), wrong)
    assert error.value.code == "tiles"


def test_views_of_two_logs_are_not_compared():
    storage, log = grown(5)
    text = str(Checkpoint("other.example", 5, log.head.root))
    signer = log_signer("other.example")
    raw = bytes(sign_note(text, signer.sign(text)))
    other = open_checkpoint(raw, "other.example", [signer.key])
    with pytest.raises(ProofError, match="different logs"):
        compare_views(opened(log), other, storage)
