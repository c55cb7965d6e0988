"""Lists as maps, certificates of presence and absence, fair draws."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.proof.signers import NOON, ORIGIN, cosigner, log_signer
from engines.proof.stores import Memory
from hufu.engines.proof import vrf
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.commitments import Opening
from hufu.engines.proof.draws import DrawPlan, _below, beacon_value
from hufu.engines.proof.envelopes import Envelope
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.heads import MapHead, heads_in, leaf_for, second_heads
from hufu.engines.proof.logs import Log
from hufu.engines.proof.maps import (
    DEPTH,
    NOTHING,
    MapProof,
    SparseMap,
    alpha_of,
    leaf_of,
    place_of,
)

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
DAY = date(2026, 3, 2)
NAME = "serious-violation list"
LISTED = [f"91440300MA5{n:07d}" for n in range(8)]
CLEAN = "91110000MA00000000"


def code_of(call, *arguments, **named):
    with pytest.raises(ProofError) as error:
        call(*arguments, **named)
    return error.value.code


def test_the_first_example_of_rfc_9381_is_reproduced():
    key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    proof = (
        "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f"
        "26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab12"
        "68a1b0db10836d9826a528ca76567805"
    )
    output = (
        "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff"
        "66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae"
    )
    assert vrf.public_key(SEED).hex() == key
    assert vrf.prove(SEED, b"") == (bytes.fromhex(output), bytes.fromhex(proof))
    assert vrf.verify(bytes.fromhex(key), b"", bytes.fromhex(proof)).hex() == output


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=40), st.data())
def test_a_vrf_proof_holds_for_its_input_and_key_only(alpha, data):
    output, proof = vrf.prove(SEED, alpha)
    public = vrf.public_key(SEED)
    assert vrf.verify(public, alpha, proof) == output
    assert code_of(vrf.verify, public, alpha + b"x", proof) == "vrf"
    bit = data.draw(st.integers(0, 8 * len(proof) - 1))
    changed = bytearray(proof)
    changed[bit // 8] ^= 1 << bit % 8
    assert code_of(vrf.verify, public, alpha, bytes(changed)) in {"vrf", "point"}


def test_keys_that_would_let_a_vrf_lie_are_refused():
    _, proof = vrf.prove(SEED, b"")
    small = (1).to_bytes(32, "little")
    assert code_of(vrf.verify, small, b"", proof) == "vrf"
    assert code_of(vrf.verify, b"", b"", proof) == "vrf"
    assert code_of(vrf.verify, b"\xff" * 32, b"", proof) == "point"


def naive_root(entries, depth=0):
    if not entries:
        return NOTHING
    if depth == DEPTH:
        return next(iter(entries.values()))
    halves = ({}, {})
    for place, leaf in entries.items():
        halves[place[depth // 8] >> (7 - depth % 8) & 1][place] = leaf
    left, right = (naive_root(half, depth + 1) for half in halves)
    return hashlib.sha256(b"\x01" + left + right).digest()


places = st.integers(0, 30).map(lambda n: hashlib.sha256(b"%d" % n).digest())


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(places, places), places)
def test_maps_equal_their_definition_and_prove_every_place(entries, place):
    made = SparseMap(entries)
    root = naive_root(entries)
    assert made.root() == root
    found = made.leaf(place)
    assert found == entries.get(place, NOTHING)
    proof = made.prove(place)
    proof.verify(place, found, root)
    assert code_of(proof.verify, place, b"\1" * 32, root) == "root"
    if found != NOTHING:
        assert code_of(proof.verify, place, NOTHING, root) == "root"


def test_two_places_that_differ_in_the_last_bit_only_are_told_apart():
    one, two = bytes(32), bytes(31) + b"\1"
    made = SparseMap({one: b"1" * 32, two: b"2" * 32})
    made.prove(one).verify(one, b"1" * 32, made.root())
    made.prove(two).verify(two, b"2" * 32, made.root())


def test_a_proof_with_hashes_too_many_or_too_few_is_refused():
    made = SparseMap({bytes(32): b"1" * 32, b"\xff" * 32: b"2" * 32})
    good = made.prove(bytes(32))
    for bad in (
        MapProof(good.present, ()),
        MapProof(good.present, good.hashes * 2),
        MapProof(-1, good.hashes),
        MapProof(1 << DEPTH, good.hashes),
    ):
        assert code_of(bad.verify, bytes(32), b"1" * 32, made.root()) == "map"
    short = MapProof(good.present, (b"x",))
    assert code_of(short.verify, bytes(32), b"1" * 32, made.root()) == "width"


def entry_of(code):
    return bytes(Opening("list entry", {"code": code}, hashlib.sha256(b"s").digest()))


def place_on(code, day=DAY, seed=SEED):
    return place_of(vrf.prove(seed, alpha_of(NAME, day, code))[0])


def new_map(codes=LISTED, day=DAY):
    entries = {}
    for code in codes:
        place = place_on(code, day)
        entries[place] = leaf_of(place, entry_of(code))
    return SparseMap(entries)


def logged(made, day=DAY):
    head = MapHead(NAME, day, made.root(), vrf.public_key(SEED))
    opening = head.opening(b"s" * 32)
    log = Log.create(Memory(), log_signer(), ORIGIN, at=NOON)
    log.append([b"before", head.leaf(opening), b"after"], at=NOON)
    note = log.publish([cosigner().cosign(str(log.head), at=NOON)])
    return opening, Envelope(1, tuple(log.view().prove_inclusion(1)), note)


MAP = new_map()
OPENING, ENVELOPE = logged(MAP)


def certificate(code, made=MAP):
    output, proof = vrf.prove(SEED, alpha_of(NAME, DAY, code))
    place = place_of(output)
    entry = entry_of(code).decode() if made.leaf(place) != NOTHING else ""
    return Certificate(code, entry, proof, made.prove(place), OPENING, ENVELOPE)


def certify(given_certificate):
    read = Certificate.parse(bytes(given_certificate))
    return read.verify(ORIGIN, [log_signer().key], [cosigner().key])


def test_a_listed_code_is_certified_present():
    found = certify(certificate(LISTED[3]))
    assert found.is_present
    assert (found.head.name, found.head.day) == (NAME, DAY)
    assert len(found.checkpoint.witnesses) == 1


def test_another_code_is_certified_absent():
    found = certify(certificate(CLEAN))
    assert not found.is_present
    assert found.code == CLEAN


def test_absence_cannot_be_shown_for_a_listed_code():
    listed, clean = certificate(LISTED[0]), certificate(CLEAN)
    assert code_of(certify, replace(listed, entry="")) == "root"
    assert code_of(certify, replace(clean, code=LISTED[0])) == "vrf"
    moved = replace(listed, entry="", map_proof=clean.map_proof)
    assert code_of(certify, moved) == "root"


def test_presence_cannot_be_shown_for_another_code():
    listed = certificate(LISTED[0])
    assert code_of(certify, replace(listed, code=CLEAN)) == "vrf"
    clean = replace(certificate(CLEAN), entry=listed.entry)
    assert code_of(certify, clean) == "root"


def test_a_certificate_over_a_map_that_was_not_logged_is_refused():
    without = new_map(LISTED[1:])
    head = MapHead(NAME, DAY, without.root(), vrf.public_key(SEED))
    forged = replace(certificate(LISTED[0], without), head=head.opening(b"s" * 32))
    assert code_of(certify, forged) == "root"


def test_a_head_stands_open_in_the_log_and_opens_its_certificate():
    (found,) = heads_in([b"before", leaf_for(OPENING), b"after"])
    assert found == (1, MapHead(NAME, DAY, MAP.root(), vrf.public_key(SEED)))
    hidden = Log.create(Memory(), log_signer(), ORIGIN, at=NOON)
    hidden.append([OPENING.leaf()], at=NOON)
    closed = replace(certificate(CLEAN), logged=Envelope(0, (), hidden.publish()))
    assert code_of(certify, closed) == "root"


def test_two_heads_of_one_list_and_day_are_found_by_whoever_reads_the_log():
    without = MapHead(NAME, DAY, new_map(LISTED[1:]).root(), vrf.public_key(SEED))
    tomorrow = MapHead(NAME, date(2026, 3, 3), without.root, without.key)
    other = MapHead("another list", DAY, without.root, without.key)
    leaves = [leaf_for(head.opening(b"s" * 32)) for head in (tomorrow, without, other)]
    assert list(second_heads([leaf_for(OPENING), leaves[0], leaves[2]])) == []
    entries = [b"x", leaf_for(OPENING), *leaves]
    said = f"Entries 1 and 3 are two heads of the list {NAME} on {DAY}"
    assert list(second_heads(entries)) == [said]


def test_a_leaf_that_only_begins_as_a_head_is_refused():
    good = leaf_for(OPENING)
    for bad in (good[:-1], good + b"x", good.replace(b"day 2026-03", b"day 2026-13")):
        assert code_of(list, heads_in([bad])) == "map"
    smuggled = replace(MapHead.of(OPENING), name="a\nday 2026-03-09")
    assert code_of(list, heads_in([smuggled.leaf(OPENING)])) == "map"


def test_places_change_from_day_to_day_so_that_the_past_does_not_leak():
    tomorrow = date(2026, 3, 3)
    assert place_on(LISTED[0]) != place_on(LISTED[0], tomorrow)
    assert place_on(LISTED[0]) != place_on(
        LISTED[0], DAY, b"another secret" + b"." * 18
    )


def test_a_certificate_tells_nothing_of_its_neighbours():
    text = bytes(certificate(CLEAN)).decode()
    for code in LISTED:
        assert code not in text
        assert place_on(code).hex() not in text
        assert leaf_of(place_on(code), entry_of(code)).hex() not in text


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v | {"format": "other"},
        lambda v: v | {"status": "present"},
        lambda v: v | {"vrf_proof": "zz"},
        lambda v: v | {"head": "{}"},
        lambda v: v | {"logged": ""},
        lambda v: v | {"proof": {}},
        lambda v: v | {"proof": {"present": "x", "hashes": []}},
        lambda v: [v],
    ],
)
def test_what_is_no_certificate_is_refused(change):
    value = change(json.loads(bytes(certificate(CLEAN))))
    with pytest.raises(ProofError):
        Certificate.parse(json.dumps(value).encode())


def test_only_the_canonical_spelling_counts():
    data = bytes(certificate(CLEAN))
    assert code_of(Certificate.parse, data + b" ") == "certificate"
    assert code_of(Certificate.parse, b"{" * (1 << 20)) == "certificate"
    assert code_of(Certificate.parse, b"x" * (1 << 21)) == "certificate"


FILE = bytes(certificate(LISTED[1]))


@given(st.integers(0, 8 * len(FILE) - 1))
def test_no_bit_of_a_certificate_can_be_flipped_unseen(bit):
    changed = bytearray(FILE)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        proved = certify(Certificate.parse(bytes(changed)))
    except ProofError:
        return
    # Only the line of a cosignature is not signed by the log: it counts no more.
    assert (proved.code, proved.is_present) == (LISTED[1], True)
    assert proved.checkpoint.witnesses == ()


@given(st.integers(0, len(FILE) - 1))
def test_a_certificate_cut_anywhere_is_none(length):
    with pytest.raises(ProofError):
        Certificate.parse(FILE[:length])


def test_a_leaf_of_another_kind_is_no_map():
    other = replace(certificate(CLEAN), head=Opening("deposit", {}, b"s" * 32))
    assert code_of(certify, other) == "map"
    empty = replace(certificate(CLEAN), head=Opening("map", {}, b"s" * 32))
    assert code_of(certify, empty) == "map"


def test_codes_cannot_smuggle_lines():
    assert code_of(alpha_of, NAME, DAY, "a\nb") == "code"


SOURCE = {"chain": "drand quicknet", "round": 12_345_678}
PLAN = DrawPlan("inspections in March", tuple(sorted(LISTED)), 3, SOURCE)
VALUE = hashlib.sha256(b"a value from elsewhere").digest()


def test_anybody_repeats_a_draw():
    drawn = PLAN.draw(VALUE)
    assert len(set(drawn)) == 3
    assert set(drawn) <= set(LISTED)
    PLAN.verify(VALUE, drawn)
    assert code_of(PLAN.verify, VALUE, drawn[::-1]) == "draw"
    assert code_of(PLAN.verify, hashlib.sha256(b"x").digest(), drawn) == "draw"


def test_a_draw_is_always_the_same():
    plan = DrawPlan("test", ("a", "b", "c", "d"), 4, {"round": 1})
    assert plan.digest().hex() == (
        hashlib.sha256(
            b'{"candidates":["a","b","c","d"],"format":"hufu-draw-v1",'
            b'"purpose":"test","seats":4,"source":{"round":1}}'
        ).hexdigest()
    )
    assert sorted(plan.draw(VALUE)) == ["a", "b", "c", "d"]
    assert plan.draw(VALUE) == plan.draw(VALUE)


def test_who_changes_the_plan_changes_the_draw():
    later = replace(PLAN, source=SOURCE | {"round": 12_345_679})
    assert PLAN.digest() != later.digest()
    many = [hashlib.sha256(b"%d" % n).digest() for n in range(20)]
    assert [PLAN.draw(v) for v in many] != [later.draw(v) for v in many]


def test_a_draw_favours_nobody():
    plan = DrawPlan("test", ("a", "b", "c", "d", "e"), 1, {})
    values = (hashlib.sha256(b"%d" % n).digest() for n in range(5000))
    counted = Counter(plan.draw(value)[0] for value in values)
    # Chi-square with four degrees of freedom: beyond 30 once in 200,000 draws.
    assert sum((n - 1000) ** 2 / 1000 for n in counted.values()) < 30


def test_numbers_beyond_the_last_full_run_are_thrown_away():
    assert _below(3, iter([2**256 - 1, 5])) == 2
    assert _below(4, iter([2**256 - 1])) == 3


@pytest.mark.parametrize(
    ("candidates", "seats"),
    [((), 1), (("a",), 0), (("a",), 2), (("b", "a"), 1), (("a", "a"), 1)],
)
def test_a_plan_that_leaves_room_for_choice_is_refused(candidates, seats):
    assert code_of(DrawPlan, "test", candidates, seats, {}) == "draw"


def test_a_short_value_is_no_randomness():
    assert code_of(PLAN.draw, b"1234") == "draw"


def test_a_beacon_s_value_is_that_of_its_signature():
    value = hashlib.sha256(b"signature").digest()
    assert beacon_value(value, b"signature") == value
    assert code_of(beacon_value, value, b"another") == "beacon"
