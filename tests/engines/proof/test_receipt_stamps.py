"""Timestamps in a receipt: what they prove to whoever has the receipt alone."""

import hashlib
import json
from dataclasses import replace

import pytest

from engines.proof.authority import Authority
from engines.proof.signers import NOON, cosigner, log_signer
from engines.proof.stores import Memory
from engines.proof.test_receipts import KEY, KNOWN, OPENINGS, envelope, statement
from hufu.engines.proof.bundles import Trust
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.findings import Verdict
from hufu.engines.proof.logs import Log
from hufu.engines.proof.receipt_reports import verify_receipt
from hufu.engines.proof.receipts import (
    Receipt,
    ReceiptStamp,
    prove_receipt,
    sign_receipt,
)
from hufu.engines.proof.timestamps import Reply, make_request, read_certificates

FAR = cosigner("far.example/w").key


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "b")


def stamp(authority, text, algorithm="sha256", *, own=False):
    digest = hashlib.new(algorithm, text.encode()).digest()
    reply = authority.reply(make_request(digest, nonce=7, algorithm=algorithm))
    return ReceiptStamp("Test authority", own, reply, authority.root.decode())


def receipt(*stamps):
    first = sign_receipt(statement(), log_signer())
    return prove_receipt(first, bytes(OPENINGS[7]), envelope(), KNOWN, stamps)


@pytest.fixture(scope="module")
def good(authority):
    return receipt(stamp(authority, envelope().note.text))


def refused(receipt, authority):
    with pytest.raises(ProofError) as error:
        receipt.check_stamp(receipt.timestamps[0], read_certificates(authority.root))
    return error.value.code


def told(receipt, trust, code="timestamp"):
    report = verify_receipt(bytes(receipt), trust)
    return [(one.verdict, one.message) for one in report.of(code)]


def trusting(*authorities, **more):
    roots = [root for one in authorities for root in read_certificates(one.root)]
    return Trust([KEY], roots=roots, **more)


def test_the_receipt_carries_the_answer_as_it_came(good, authority):
    read = Receipt.parse(bytes(good))
    assert read == good
    done = read.check_stamp(read.timestamps[0], read_certificates(authority.root))
    assert done.at == Reply(good.timestamps[0].reply).at == read.timestamps[0].at


@pytest.mark.parametrize("algorithm", ["sha384", "sha512"])
def test_an_authority_may_use_a_longer_hash(authority, algorithm):
    made = receipt(stamp(authority, envelope().note.text, algorithm))
    roots = read_certificates(authority.root)
    assert made.check_stamp(made.timestamps[0], roots).algorithm == algorithm


def test_a_stamp_over_another_checkpoint_is_refused(authority):
    log = Log.create(Memory(), log_signer(), KEY.name, at=NOON)
    log.append([b"something else"], at=NOON)
    other = receipt(stamp(authority, log.note.text))
    assert refused(other, authority) == "imprint"
    verdict, message = told(other, trusting(authority))[0]
    assert verdict == Verdict.FAILS
    assert "over other data" in message


def test_a_stamp_under_another_root_is_refused(good, stranger):
    assert refused(good, stranger) == "chain"
    first, last = told(good, trusting(stranger))
    assert first[0] == Verdict.OPEN
    assert "By the roots given: No chain led to a trusted root" in first[1]
    assert last[0] == Verdict.FAILS
    assert "No timestamp is of an authority that the given roots" in last[1]


def test_no_bit_of_what_was_stamped_can_be_flipped(good, authority):
    whole = good.timestamps[0].reply
    for place in range(0, len(whole), 97):
        reply = bytearray(whole)
        reply[place] ^= 1 << place % 8
        changed = replace(good.timestamps[0], reply=bytes(reply))
        try:
            done = good.check_stamp(changed, read_certificates(authority.root))
        except ProofError:
            continue
        # Certificates nobody needs, and lengths in long form, are not signed.
        assert (done.at, done.digest) == (
            good.timestamps[0].at,
            Reply(whole).digest,
        )


def test_a_flipped_signature_is_refused_with_the_reason(good, authority):
    reply = bytearray(good.timestamps[0].reply)
    reply[-1] ^= 1
    broken = replace(
        good, timestamps=(replace(good.timestamps[0], reply=bytes(reply)),)
    )
    assert refused(broken, authority) == "signature"
    verdict, message = told(broken, trusting(authority))[0]
    assert verdict == Verdict.FAILS
    assert "The signature is not the authority's" in message


def test_of_several_authorities_one_that_is_trusted_is_enough(authority, stranger):
    text = envelope().note.text
    both = receipt(stamp(stranger, text), stamp(authority, text))
    verdicts = [verdict for verdict, _ in told(both, trusting(authority))]
    assert verdicts == [Verdict.OPEN, Verdict.HOLDS]
    verdicts = [verdict for verdict, _ in told(both, trusting(authority, stranger))]
    assert verdicts == [Verdict.HOLDS, Verdict.HOLDS]


def test_without_roots_it_is_said_whose_word_the_root_is(good):
    ((verdict, message),) = told(good, Trust([KEY]))
    assert verdict == Verdict.OPEN
    assert "whose root the receipt itself brings" in message
    assert "UTC, stamped by CN=Test authority" in message


def test_the_offices_own_authority_counts_for_nothing(authority):
    own = receipt(stamp(authority, envelope().note.text, own=True))
    for trust in (Trust([KEY]), trusting(authority)):
        assert "it counts for nothing" in told(own, trust)[0][1].lower()


def test_the_report_tells_hour_place_and_witnesses(good, authority):
    known = trusting(authority, witnesses=[FAR])
    report = verify_receipt(bytes(good), known, "ab" * 32)
    assert report.is_sound
    said = " ".join(one.message for one in report.findings)
    assert "took in the SHA-256 " + "ab" * 32 in said
    assert "at 2026-03-02 12:00:00 UTC, by its own clock" in said
    assert "entry 7 of 20" in said
    assert "2 witnesses cosigned the checkpoint, 1 independent" in said
    assert "1 known before" in said
    assert "The file is the one that was deposited" in said
    assert not [one for one in report.findings if one.verdict == Verdict.OPEN]


def test_another_file_another_log_and_a_changed_place_fail(good):
    assert not verify_receipt(bytes(good), sha256="cd" * 32).is_sound
    stranger = Trust([log_signer("other.example/log").key])
    assert not verify_receipt(bytes(good), stranger).is_sound
    swapped = replace(good, opening=bytes(OPENINGS[8]))
    assert not verify_receipt(bytes(swapped)).is_sound
    assert not verify_receipt(b"{}").is_sound


def test_before_it_is_logged_the_promise_is_told():
    first = bytes(sign_receipt(statement(), log_signer()))
    report = verify_receipt(first)
    assert report.is_sound
    assert "promised by 2026-03-02 12:10:00 UTC" in report.of("place")[0].message


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        "x",
        [1],
        [{}],
        [{"authority": "a", "own": 1, "reply": "AA==", "roots": "x"}],
        [{"authority": "a", "own": True, "reply": "A", "roots": "x"}],
        [{"authority": 3, "own": True, "reply": "AA==", "roots": "x"}],
        [{"authority": "a", "own": True, "reply": "AA==", "roots": "\ud800"}],
    ],
)
def test_timestamps_of_another_kind_are_refused(good, wrong):
    value = {**json.loads(bytes(good)), "timestamps": wrong}
    assert not verify_receipt(json.dumps(value).encode()).is_sound


@pytest.mark.parametrize(
    ("part", "wrong"), [("reply", "AAAA"), ("roots", ""), ("roots", "-----BEGIN x")]
)
def test_answers_and_roots_that_cannot_be_read_are_refused(good, part, wrong):
    value = json.loads(bytes(good))
    value["timestamps"][0][part] = wrong
    assert not verify_receipt(json.dumps(value).encode()).is_sound


def test_timestamps_without_a_place_are_refused(good):
    value = json.loads(bytes(good)) | {"opening": None, "proof": None}
    assert not verify_receipt(json.dumps(value).encode()).is_sound
