"""Receipts: what was signed at once, what the log adds, and whatever is not true."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer, private
from engines.proof.stores import Memory
from hufu.engines.proof.commitments import Opening
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import Cosigner
from hufu.engines.proof.logs import Log
from hufu.engines.proof.notes import sign_note
from hufu.engines.proof.receipts import (
    Receipt,
    Statement,
    prove_receipt,
    sign_receipt,
)

KEY = log_signer().key
OWN, OTHER = cosigner("own.example/w"), cosigner("far.example/w")
KNOWN = {OWN.key: True, OTHER.key: False}


def statement(number=7, sha256="ab" * 32, size=12):
    return Statement(
        deposit=f"deposit-{number}",
        sha256=sha256,
        size=size,
        at="2026-03-02T12:00:00.000000+00:00",
        promise=600,
        log=str(KEY),
    )


def opening(said, **changed):
    entry = {
        "act": "deposit",
        "actor": "party:1",
        "at": said.at,
        "facts": {"sha256": said.sha256, "size": said.size},
        "id": 4,
        "subject": f"evidence.deposit:{said.deposit}",
        **changed,
    }
    content = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return Opening("act", {"entry": content}, bytes(32))


OPENINGS = [opening(statement(number)) for number in range(20)]


def envelope(openings=OPENINGS, index=7, signer=None):
    signer = signer or log_signer()
    log = Log.create(Memory(), signer, signer.key.name, at=NOON)
    log.append([one.leaf() for one in openings], at=NOON)
    lines = [one.cosign(str(log.head), at=NOON) for one in (OWN, OTHER)]
    note = log.publish(lines)
    return Envelope(index, tuple(log.view().prove_inclusion(index)), note)


def proved(index=7, said=None, openings=OPENINGS, known=KNOWN):
    first = sign_receipt(said or statement(), log_signer())
    proof = envelope(openings, index)
    return prove_receipt(first, bytes(openings[index]), proof, known)


def refused(receipt, code=None, key=KEY):
    with pytest.raises(ProofError) as error:
        receipt.check_place(key)
    assert code is None or error.value.code == code


def test_a_receipt_is_signed_before_it_stands_in_the_log():
    first = Receipt.parse(bytes(sign_receipt(statement(), log_signer())))
    assert first.check_statement(KEY) == statement()
    assert first.check_place(KEY) is None


def test_later_it_shows_its_place_and_who_cosigned():
    read = Receipt.parse(bytes(proved()))
    assert read == proved()
    signed = read.check_place(KEY)
    assert signed.checkpoint.size == 20
    assert {one.key for one in signed.witnesses} == {OWN.key, OTHER.key}
    assert dict(read.witnesses) == KNOWN


def test_a_bare_hash_has_no_size():
    said = statement(size=None)
    whole = proved(said=said, openings=[opening(said)], index=0)
    assert whole.check_place(KEY).checkpoint.size == 1


def test_a_witness_that_nobody_knows_is_left_out():
    read = proved(known={OWN.key: True})
    assert read.witnesses == ((OWN.key, True),)
    assert len(read.check_place(KEY).witnesses) == 1


def test_another_logs_key_is_refused():
    stranger = log_signer("other.example/log")
    refused(proved(), "unsigned", stranger.key)
    refused(sign_receipt(statement(), stranger), "unsigned")


def test_the_same_key_under_another_statement_of_its_name_is_refused():
    said = replace(statement(), log=str(log_signer("other.example/log").key))
    refused(sign_receipt(said, log_signer()), "other_log")


def test_a_checkpoint_of_another_log_is_refused():
    other = envelope(signer=log_signer("other.example/log"))
    refused(replace(proved(), proof=other))


def test_the_hash_of_another_file_is_refused():
    refused(proved(said=statement(sha256="cd" * 32)), "other_deposit")
    note = proved().note
    swapped = replace(note, text=note.text.replace("ab" * 32, "cd" * 32))
    refused(replace(proved(), note=swapped), "signature")


def test_the_proof_of_another_leaf_is_refused():
    refused(proved(index=8), "other_deposit")
    refused(replace(proved(), opening=bytes(OPENINGS[8])))
    refused(replace(proved(), proof=envelope(index=8)))


@pytest.mark.parametrize(
    "changed",
    [
        {"act": "withdraw"},
        {"at": "2026-03-02T11:00:00.000000+00:00"},
        {"subject": "evidence.item:deposit-7"},
        {"facts": {"sha256": "ab" * 32, "size": 13}},
    ],
)
def test_an_act_that_says_something_else_is_refused(changed):
    refused(
        proved(openings=[opening(statement(), **changed)], index=0), "other_deposit"
    )


def test_a_swapped_or_shortened_path_is_refused():
    good = proved()
    for path in (good.proof.proof[::-1], good.proof.proof[:-1]):
        refused(replace(good, proof=replace(good.proof, proof=path)))


def test_a_witness_that_did_not_cosign_is_refused():
    listed = (*proved().witnesses, (cosigner("third.example/w").key, False))
    refused(replace(proved(), witnesses=listed), "witness")
    refused(replace(proved(), witnesses=()), "signature")


def with_lines(*signers):
    """Return a proved receipt whose checkpoint these have cosigned as well."""
    good = proved()
    text = good.proof.note.text
    note = good.proof.note.with_signatures([s.cosign(text, at=NOON) for s in signers])
    listed = (*good.witnesses, *((signer.key, False) for signer in signers))
    return replace(good, proof=replace(good.proof, note=note), witnesses=listed)


def test_a_witness_that_is_shown_under_a_second_name_is_refused():
    """A cosignature does not cover the name: whoever has one can copy it."""
    refused(with_lines(Cosigner("court.example/w", private(OTHER.key.name))), "witness")


def test_the_logs_own_key_is_refused_as_a_witness():
    refused(with_lines(Cosigner("court.example/w", private(ORIGIN))), "witness")


def test_a_cosignature_that_nobody_listed_is_refused():
    told = with_lines(cosigner("third.example/w"))
    refused(replace(told, witnesses=told.witnesses[:2]), "signature")


def test_a_witness_that_signs_twice_is_refused():
    good = proved()
    again = OTHER.cosign(good.proof.note.text, at=NOON.replace(hour=13))
    note = good.proof.note.with_signatures([again])
    refused(replace(good, proof=replace(good.proof, note=note)), "signature")


def test_no_signed_statement_can_be_taken_for_a_checkpoint():
    assert str(statement()).count("\n") == 1


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"format": "hufu-receipt-v1"}', "[" * 50_000, "\ud800"],
)
def test_what_is_no_receipt_is_refused(text):
    with pytest.raises(ProofError):
        Receipt.parse(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("part", ["statement", "opening", "proof", "witnesses"])
@pytest.mark.parametrize("wrong", [None, 3, "", [], [3], {"key": 1}, "\ud800"])
def test_a_part_of_another_kind_is_refused(part, wrong):
    value = {**json.loads(bytes(proved())), part: wrong}
    with pytest.raises(ProofError):
        Receipt.parse(json.dumps(value).encode()).check_place(KEY)


@pytest.mark.parametrize("text", ["{}\n", "[]\n", str(statement()).replace(":", ": ")])
def test_a_signed_text_that_is_no_statement_is_refused(text):
    refused(Receipt(sign_note(text, log_signer().sign(text))), "statement")


RAW = bytes(proved())


@given(st.integers(0, len(RAW) - 3))
def test_a_truncated_receipt_is_refused(length):
    with pytest.raises(ProofError):
        Receipt.parse(RAW[:length]).check_place(KEY)


@given(st.integers(0, 8 * len(RAW.rstrip()) - 1))
def test_a_bit_flipped_anywhere_is_noticed(bit):
    data = bytearray(RAW)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ProofError):
        Receipt.parse(bytes(data)).check_place(KEY)


@given(st.text(alphabet='{}[]":,\\n0123 abc', max_size=40))
def test_noise_is_refused(text):
    with pytest.raises(ProofError):
        Receipt.parse(text.encode())


def test_the_origin_is_the_name_of_the_key():
    assert KEY.name == ORIGIN
