"""Rounds of a drand beacon: the network's signature, or none (BLS, RFC 9380)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hufu.engines.proof.beacons import QUICKNET, SCHEME, Chain, hash_to_curve
from hufu.engines.proof.draws import Draw, DrawPlan
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.pairings import G1_WIDTH, G2, P, R, multiply1, multiply2

ROUND = 1000
SIGNATURE = bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
VALUE = bytes.fromhex(
    "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
)
SOURCE = {
    "name": "drand quicknet",
    "round": ROUND,
    "known_at": "2023-08-23T15:59:24+00:00",
    "scheme": SCHEME,
    "public_key": QUICKNET.key.hex(),
    "genesis": QUICKNET.genesis,
    "period": QUICKNET.period,
}
PLAN = DrawPlan("inspections", ("a", "b", "c", "d"), 2, SOURCE)
DRAW = Draw(PLAN, VALUE, SIGNATURE, PLAN.draw(VALUE))


def code_of(call, *arguments):
    with pytest.raises(ProofError) as error:
        call(*arguments)
    return error.value.code


def test_a_published_round_of_quicknet_is_verified():
    assert QUICKNET.randomness(ROUND, SIGNATURE) == VALUE


def test_the_first_example_of_rfc_9380_is_reproduced():
    tag = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"
    point = hash_to_curve(b"", tag)
    assert f"{point[0]:096x}" == (
        "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4"
        "e8cf62d9c09db0fac349612b759e79a1"
    )
    assert multiply1(point, R) is None
    assert multiply2(G2, R) is None


def test_another_round_another_signature_or_another_key_is_refused():
    negative = bytes([SIGNATURE[0] ^ 0x20]) + SIGNATURE[1:]
    key = QUICKNET.key
    for number, signature, chain in (
        (ROUND + 1, SIGNATURE, QUICKNET),
        (ROUND, negative, QUICKNET),
        (ROUND, SIGNATURE, replace(QUICKNET, key=bytes([key[0] ^ 0x20]) + key[1:])),
        (0, SIGNATURE, QUICKNET),
        (1 << 64, SIGNATURE, QUICKNET),
    ):
        assert code_of(chain.randomness, number, signature) == "beacon"


def outside_the_group():
    """Return a point of the curve that lies in no group of the right order."""
    x = next(
        x
        for x in range(1, 100)
        if pow(x**3 + 4, (P - 1) // 2, P) == 1
        and multiply1((x, pow(x**3 + 4, (P + 1) // 4, P)), R) is not None
    )
    return bytes([0x80]) + x.to_bytes(G1_WIDTH - 1)


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        SIGNATURE[:-1],
        SIGNATURE + b"x",
        bytes(48),
        b"\xc0" + bytes(47),
        b"\x9f" + b"\xff" * 47,
        bytes([SIGNATURE[0] & 0x7F]) + SIGNATURE[1:],
        outside_the_group(),
    ],
)
def test_what_is_no_signature_is_refused(signature):
    assert code_of(QUICKNET.randomness, ROUND, signature) == "beacon"


def test_what_is_no_key_is_refused():
    for key in (b"", b"\xc0" + bytes(95), QUICKNET.key[:-1] + b"\0"):
        chain = Chain(key, QUICKNET.genesis, QUICKNET.period)
        assert code_of(chain.randomness, ROUND, SIGNATURE) == "beacon"


def test_a_draw_by_a_beacon_holds_with_the_networks_signature_only():
    DRAW.verify()
    assert Draw.parse(bytes(DRAW)) == DRAW
    assert PLAN.chain() == QUICKNET
    chosen = b"a signature of one's own"
    forged = replace(DRAW, signature=chosen)
    assert code_of(forged.verify) == "beacon"
    assert code_of(replace(DRAW, signature=b"").verify) == "beacon"
    other = bytes(32)
    swapped = replace(DRAW, value=other, drawn=PLAN.draw(other))
    assert code_of(swapped.verify) == "beacon"


@pytest.mark.parametrize(
    "change",
    [
        {"known_at": "2023-08-24T15:59:24+00:00"},
        {"known_at": "soon"},
        {"round": "1000"},
        {"round": 1001},
        {"public_key": "zz"},
        {"genesis": None},
        {"period": float("inf")},
    ],
)
def test_a_plan_whose_hour_or_key_is_not_the_beacons_is_refused(change):
    plan = replace(PLAN, source=SOURCE | change)
    assert code_of(plan.chain) == "beacon"


def test_the_hour_of_a_round_is_that_of_its_chain():
    at = datetime.fromtimestamp(QUICKNET.second_of(ROUND), UTC)
    assert at.isoformat() == SOURCE["known_at"]
