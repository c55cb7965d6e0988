"""Proofs of inclusion as files."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.proof import trees
from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from engines.proof.trees import DATA
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.logs import Log

KEYS = [log_signer().key]
LEAVES = trees.leaves_of(20)


def envelope(index=7, extra=b""):
    log = Log.create(Memory(), log_signer(), ORIGIN, at=NOON)
    log.append(LEAVES, at=NOON)
    note = log.publish([cosigner().cosign(str(log.head), at=NOON)])
    return Envelope(index, tuple(log.view().prove_inclusion(index)), note, extra)


def test_a_proof_is_written_read_and_verified():
    for extra in (b"", b"more"):
        raw = bytes(envelope(extra=extra))
        read = Envelope.parse(raw)
        assert bytes(read) == raw
        assert read.extra == extra
        signed = read.verify(LEAVES[7], ORIGIN, KEYS, [cosigner().key])
        assert signed.checkpoint.size == 20
        assert len(signed.witnesses) == 1


def test_it_begins_as_the_specification_says():
    lines = str(envelope(extra=b"\0\0\0")).split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra AAAA", "index 7"]


def test_the_example_of_the_specification_is_read_and_written_alike():
    """Its signatures are cut short there; two others stand in for them."""
    lines = (DATA / "c2sp/tlog_proof.txt").read_text().split("\n— ")[0]
    text = lines.partition("\n\n")[2]
    signed = f"{log_signer().sign(text)}{cosigner().cosign(text, at=NOON)}"
    raw = f"{lines}\n{signed}".encode()
    read = Envelope.parse(raw)
    assert (read.index, len(read.proof), read.checkpoint.size) == (73894, 5, 109482)
    assert read.checkpoint.origin == "example.com/fancylog"
    assert read.extra.startswith(b"age-v1.2.1-darwin-arm64.tar.gz")
    assert bytes(read) == raw


def test_another_leaf_index_log_or_path_is_refused():
    good = envelope()
    swapped = replace(good, proof=good.proof[::-1])
    cut = replace(good, proof=good.proof[:-1])
    moved = replace(good, index=6)
    for bad in (swapped, cut, moved):
        with pytest.raises(ProofError):
            bad.verify(LEAVES[7], ORIGIN, KEYS)
    with pytest.raises(ProofError):
        good.verify(LEAVES[8], ORIGIN, KEYS)
    with pytest.raises(ProofError):
        good.verify(LEAVES[7], "other.example", KEYS)
    with pytest.raises(ProofError):
        good.verify(LEAVES[7], ORIGIN, [log_signer("other.example").key])


RAW = bytes(envelope())


@given(st.integers(0, len(RAW) * 8 - 1))
def test_no_bit_of_the_file_can_be_flipped_unseen(bit):
    changed = bytearray(RAW)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        read = Envelope.parse(bytes(changed))
        signed = read.verify(LEAVES[7], ORIGIN, KEYS, [cosigner().key])
    except ProofError:
        return
    # What is left are bits in the name of a witness, who is then unknown.
    assert not signed.witnesses


@given(st.integers(0, len(RAW) - 1))
def test_a_file_cut_anywhere_proves_less_or_nothing(length):
    try:
        signed = Envelope.parse(RAW[:length]).verify(LEAVES[7], ORIGIN, KEYS)
    except ProofError:
        return
    assert not signed.witnesses


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"c2sp.org/tlog-proof@v1",
        b"c2sp.org/tlog-proof@v2\nindex 1",
        b"c2sp.org/tlog-proof@v1\nindex 01",
        b"c2sp.org/tlog-proof@v1\nextra A\nindex 1",
        b"c2sp.org/tlog-proof@v1\nindex 1\n" + b"\n".join([b"A" * 43 + b"="] * 65),
        b"\xff",
    ],
)
def test_what_is_no_proof_is_refused(head):
    with pytest.raises(ProofError):
        Envelope.parse(head + b"\n\n" + bytes(envelope().note))
