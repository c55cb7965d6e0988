"""Receipts of deposits inside bundles: checked three ways, forged ones refused."""

import io
import json
import random
from dataclasses import replace

import pytest

from engines.proof.authority import Authority
from engines.proof.bundling import Bundling, sha256
from engines.proof.signers import ORIGIN, log_signer, private
from engines.proof.test_bundles import TRUST, edit
from engines.proof.test_receipt_stamps import stamp
from engines.proof.test_receipts import opening, proved, statement
from engines.proof.test_three_ways import INDEX, PHOTO, by_library, by_script, three
from hufu.engines.proof.bundles import verify_bundle
from hufu.engines.proof.commitments import canonical
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.keys import NoteSigner
from hufu.engines.proof.receipts import sign_receipt

RECEIPT = "data/receipts/0001.json"
MAKING = Bundling()
DEPOSITED = sha256(MAKING.files[PHOTO])


def made(said, *stamps):
    """Make the receipt of a deposit that stands in the log after another one."""
    acts = [opening(statement(1)), opening(said)]
    return replace(proved(1, said, acts), timestamps=stamps)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture(scope="module")
def good(authority):
    receipt = made(statement(sha256=DEPOSITED))
    over = stamp(authority, receipt.proof.note.text)
    return replace(receipt, timestamps=(over,))


@pytest.fixture(scope="module")
def contents():
    return MAKING.contents()


def bundled(contents, data):
    files = {**contents, RECEIPT: bytes(data)}
    edit(files, INDEX, lambda v: v["exhibits"][0].update(receipt=RECEIPT))
    return MAKING.pack(files).getvalue()


def found(data, code="receipt"):
    report = verify_bundle(io.BytesIO(data), TRUST)
    return [(one.verdict, one.message) for one in report.of(code)]


def test_a_receipt_with_its_place_and_its_stamp_is_believed_in_all_three_ways(
    contents, good, tmp_path
):
    data = bundled(contents, good)
    assert three(data, tmp_path) == [True] * 3
    ((verdict, said),) = found(data)
    assert verdict == Verdict.HOLDS
    assert "the deposit stands in the log of 2 entries, signed by 2 witnesses" in said
    ((verdict, said),) = found(data, "timestamp")
    assert verdict == Verdict.OPEN
    assert "The checkpoint of 2 entries in the receipt was there on" in said


@pytest.mark.parametrize("size", [12, None])
def test_a_receipt_that_has_no_place_yet_is_only_a_promise(contents, tmp_path, size):
    signed = sign_receipt(statement(sha256=DEPOSITED, size=size), log_signer())
    data = bundled(contents, signed)
    assert three(data, tmp_path) == [True] * 3
    ((verdict, said),) = found(data)
    assert verdict == Verdict.OPEN
    assert "no place in the log" in said


def test_a_bare_hash_of_no_size_is_believed_in_all_three_ways(contents, tmp_path):
    receipt = made(statement(sha256=DEPOSITED, size=None))
    assert three(bundled(contents, receipt), tmp_path) == [True] * 3


def of_another_file(_good):
    return made(statement())


def by_a_key_of_the_same_name(good):
    forger = NoteSigner(ORIGIN, private("forger"))
    said = replace(good.statement, log=str(forger.key))
    return sign_receipt(said, forger)


def by_a_key_that_lies_about_its_name(good):
    return sign_receipt(good.statement, NoteSigner(ORIGIN, private("forger")))


def earlier(good):
    old, new = b"2026-03-02T12:00:00.000000", b"2025-03-02T12:00:00.000000"
    assert old in bytes(good)
    return bytes(good).replace(old, new)


def with_the_proof_of_another(good):
    other = made(statement(9, sha256=DEPOSITED))
    return replace(good, opening=other.opening, proof=other.proof, timestamps=())


def with_another_opening(good):
    changed = good.opening.replace(b"party:1", b"party:2")
    assert changed != good.opening
    return replace(good, opening=changed)


def without_a_hash_of_its_proof(good):
    return replace(good, proof=replace(good.proof, proof=()))


def at_another_place(good):
    return replace(good, proof=replace(good.proof, index=0))


def with_a_damaged_stamp(good):
    (one,) = good.timestamps
    bad = one.reply.replace(b"Test authority", b"Best authority")
    assert bad != one.reply
    return replace(good, timestamps=(replace(one, reply=bad),))


FORGED = [
    of_another_file,
    by_a_key_of_the_same_name,
    by_a_key_that_lies_about_its_name,
    earlier,
    with_the_proof_of_another,
    with_another_opening,
    without_a_hash_of_its_proof,
    at_another_place,
    with_a_damaged_stamp,
]


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_receipt_is_refused_in_all_three_ways(contents, good, tmp_path, forge):
    data = bundled(contents, forge(good))
    assert three(data, tmp_path) == [False] * 3
    told = found(data) + found(data, "timestamp")
    assert Verdict.FAILS in [verdict for verdict, _said in told]


def test_a_stamp_over_another_checkpoint_is_refused_in_all_three_ways(
    contents, good, authority, tmp_path
):
    other = stamp(authority, "another checkpoint\n")
    data = bundled(contents, replace(good, timestamps=(other,)))
    assert three(data, tmp_path) == [False] * 3


def test_a_receipt_that_is_named_and_not_there_is_refused(contents, good, tmp_path):
    files = dict(contents)
    edit(files, INDEX, lambda v: v["exhibits"][0].update(receipt=RECEIPT))
    assert three(MAKING.pack(files).getvalue(), tmp_path) == [False] * 3


def _spaced(value):
    return json.dumps(value).encode() + b"\n"


def _said_in_vain(value):
    value["witnesses"][0]["key"] = str(log_signer("nobody.example").key)
    return canonical(value) + b"\n"


def _unlisted(value):
    value["witnesses"] = value["witnesses"][:1]
    return canonical(value) + b"\n"


def _more(value):
    return canonical({**value, "remark": "true"}) + b"\n"


def _without_proof(value):
    return canonical({**value, "proof": None, "opening": None}) + b"\n"


@pytest.mark.parametrize(
    "change", [_spaced, _said_in_vain, _unlisted, _more, _without_proof]
)
def test_what_is_no_receipt_as_receipts_are_is_refused_by_both_programs(
    contents, good, tmp_path, change
):
    data = bundled(contents, change(json.loads(bytes(good))))
    assert [by_library(data), by_script(data, tmp_path)] == [False, False]


def test_no_flipped_bit_of_a_receipt_divides_the_programs(contents, good, tmp_path):
    chance = random.Random(22)  # noqa: S311 - a repeatable story, no secret
    whole = bytes(good)
    # Roots that come with a stamp are the bundle's word: programs read broken ones
    # as they can.
    roots = range(whole.index(b'"roots"'), whole.index(b'"witnesses"'))
    # Some bytes of a token openssl reads although they are no DER as it should be; the
    # library refuses them.
    reply = range(whole.index(b'"reply"'), whole.index(b'"roots"'))
    for place in chance.sample(sorted({*range(len(whole))} - {*roots}), 25):
        bad = bytearray(whole)
        bad[place] ^= 1 << chance.randrange(8)
        data = bundled(contents, bad)
        library, script = by_library(data), by_script(data, tmp_path)
        assert library == script or (script and place in reply)
