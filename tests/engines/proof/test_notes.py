"""Signed notes, checkpoints and cosignatures, with the examples of C2SP."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.trees import DATA
from hufu.engines.proof.checkpoints import Checkpoint, open_checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey, _cosigned, verify_note
from hufu.engines.proof.merkle import EMPTY
from hufu.engines.proof.notes import Note, sign_note

VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
HEAD = Checkpoint(ORIGIN, 7, b"r" * 32)


def example(name):
    return (DATA / "c2sp" / name).read_bytes()


def signed(head=HEAD, *lines):
    return sign_note(str(head), log_signer().sign(str(head)), *lines)


def refused(call, *arguments):
    with pytest.raises(ProofError) as error:
        call(*arguments)
    return error.value.code


def test_the_example_note_is_signed_by_the_example_key():
    note = Note.parse(example("note_example.txt"))
    (found,) = verify_note(note, [VerifierKey.parse(VKEY)])
    assert str(found.key) == VKEY
    assert found.at is None
    assert bytes(note) == example("note_example.txt")


def test_a_text_with_blank_lines_is_cut_at_the_last_one():
    note = Note.parse(example("note_poem.txt"))
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert note.signatures[0].name == "quasimodo.example/salvatore"
    assert bytes(note) == example("note_poem.txt")


def test_the_example_checkpoints_are_read_and_written_alike():
    for name in ("checkpoint.txt", "cosigned_checkpoint.txt"):
        note = Note.parse(example(name))
        head = Checkpoint.parse(note.text)
        assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
        assert str(head) == note.text


def test_the_cosigned_message_is_that_of_the_specification():
    text = Note.parse(example("cosigned_checkpoint.txt")).text
    assert _cosigned(text, 1679315147) == example("cosigned_message.txt")


def test_the_time_of_the_example_cosignature_is_read():
    line = Note.parse(example("cosigned_checkpoint.txt")).signatures[1]
    assert line.name == "witness.example.com/w1"
    assert int.from_bytes(line.signature[:8]) == 1679315147
    assert len(line.signature) == 8 + 64


def test_a_checkpoint_counts_the_witnesses_that_signed():
    witnesses = [cosigner("witness.example/a"), cosigner("witness.example/b")]
    line = witnesses[0].cosign(str(HEAD), at=NOON)
    keys = [witness.key for witness in witnesses]
    opened = open_checkpoint(
        bytes(signed(HEAD, line)), ORIGIN, [log_signer().key], keys
    )
    assert opened.checkpoint == HEAD
    assert [s.key.name for s in opened.witnesses] == ["witness.example/a"]
    assert opened.witnesses[0].at == NOON


def test_a_witness_alone_does_not_make_a_checkpoint_of_the_log():
    witness = cosigner()
    note = sign_note(str(HEAD), witness.cosign(str(HEAD), at=NOON))
    log = [log_signer().key]
    assert (
        refused(open_checkpoint, bytes(note), ORIGIN, log, [witness.key]) == "unsigned"
    )


def test_a_checkpoint_of_another_log_is_refused():
    log = [log_signer().key]
    assert refused(open_checkpoint, bytes(signed()), "other.example", log) == "origin"


def test_a_replayed_cosignature_with_another_time_does_not_verify():
    witness = cosigner()
    line = witness.cosign(str(HEAD), at=NOON)
    later = witness.cosign(str(HEAD), at=NOON + timedelta(hours=1)).signature[:8]
    moved = type(line)(line.name, line.key_id, later + line.signature[8:])
    note = signed(HEAD, moved)
    assert refused(verify_note, note, [witness.key]) == "signature"


def test_a_known_key_whose_signature_is_wrong_spoils_the_note():
    other = sign_note("something else\n", log_signer().sign(str(HEAD)))
    assert refused(verify_note, other, [log_signer().key]) == "signature"


def test_unknown_signatures_are_ignored_and_alone_are_nothing():
    note = signed(HEAD, log_signer("else.example/log").sign("unrelated\n"))
    (found,) = verify_note(note, [log_signer().key])
    assert found.key.name == ORIGIN
    assert refused(verify_note, note, [log_signer("third.example").key]) == "unsigned"


def test_sixteen_signatures_are_read():
    lines = [cosigner(f"w{n}.example").cosign(str(HEAD), at=NOON) for n in range(16)]
    note = Note.parse(bytes(signed(HEAD, *lines)))
    keys = [cosigner(f"w{n}.example").key for n in range(16)]
    assert len(verify_note(note, keys)) == 16


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+Aeky",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_verifier_key_that_is_not_one_is_refused(vkey):
    assert refused(VerifierKey.parse, vkey) in {"vkey", "base64", "key_name"}


def test_a_key_of_an_unknown_type_is_named_as_such():
    assert refused(VerifierKey.parse, "a.example+00000000+BQ==") == "vkey_type"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\n",
        "text\n\n— name\n".encode(),
        "text\n\n— name AAAA\n".encode(),
        "text\n\n— name AAAAAAAA".encode(),
        "text\n\n— a+b AAAAAAAA\n".encode(),
        "te\txt\n\n— name AAAAAAAA\n".encode(),
        "text\r\n\n— name AAAAAAAA\n".encode(),
        "text\n\n— name AAAAAAA\n".encode(),
        b"text\n\n- name AAAAAAAA\n",
        b"\xff\n\n",
        b"x" * (1 << 21),
    ],
)
def test_what_is_no_note_is_refused(raw):
    refused(Note.parse, raw)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n1\n",
        "origin\n01\n" + "A" * 43 + "=\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n18446744073709551616\n" + "A" * 43 + "=\n",
        "origin\n1\nAAAA\n",
        "\n1\n" + "A" * 43 + "=\n",
        "origin\n1\n" + "A" * 43 + "=\n\n",
        "origin\n1\n" + "A" * 43 + "=",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    refused(Checkpoint.parse, text)


def test_an_empty_log_has_the_root_of_nothing():
    head = Checkpoint(ORIGIN, 0, EMPTY, ("extension",))
    assert Checkpoint.parse(str(head)) == head


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_a_note_or_refused(raw):
    try:
        note = Note.parse(raw)
    except ProofError:
        return
    assert bytes(note) == raw
