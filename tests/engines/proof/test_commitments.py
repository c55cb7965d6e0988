"""Salted commitments: they bind, and they tell nothing."""

import hashlib
import json
import subprocess

import pytest

from hufu.engines.proof.commitments import Opening, check_opening, leaf_of, sm3
from hufu.engines.proof.errors import ProofError

FACTS = {"digest": "sha256:" + "0" * 64, "title": "虎符"}
OPENING = Opening("deposit", FACTS, b"s" * 32)


def test_sm3_is_the_published_one():
    wanted = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abc").hex() == wanted


def test_an_opening_opens_its_leaf_and_no_other():
    assert check_opening(OPENING.leaf(), bytes(OPENING)) == OPENING
    other = Opening("deposit", FACTS, b"t" * 32)
    with pytest.raises(ProofError, match="does not open"):
        check_opening(OPENING.leaf(), bytes(other))


def test_standard_tools_compute_the_leaf(tmp_path):
    path = tmp_path / "opening.json"
    path.write_bytes(bytes(OPENING))
    ours = OPENING.leaf().decode().splitlines()
    for name, command in (
        ("sha256", ["sha256sum", path]),
        ("sm3", ["openssl", "dgst", "-sm3", "-r", path]),
    ):
        said = subprocess.run(command, capture_output=True, check=True).stdout
        assert f"{name} {said.split()[0].decode()}" in ours


def test_the_leaf_shows_nothing_of_its_opening():
    leaf = OPENING.leaf()
    assert len(leaf) == len(Opening("x", {}, b"u" * 32).leaf())
    unsalted = json.dumps(FACTS).encode()
    assert hashlib.sha256(unsalted).hexdigest().encode() not in leaf
    assert OPENING.leaf() != Opening("deposit", FACTS, b"v" * 32).leaf()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'"x"',
        b"{}",
        b'{"format":"other","kind":"k","facts":{},"salt":""}',
        bytes(OPENING) + b"\n",
        bytes(OPENING).replace(b":", b": "),
        bytes(OPENING).replace(b"73", b"zz"),
    ],
)
def test_what_is_no_opening_is_refused(data):
    with pytest.raises(ProofError):
        check_opening(leaf_of(data), data)


def test_a_short_salt_is_refused():
    with pytest.raises(ProofError, match="32 bytes"):
        Opening("deposit", FACTS, b"short").leaf()


def test_facts_that_are_no_json_are_refused():
    with pytest.raises(ProofError, match="JSON"):
        Opening("deposit", {"at": object()}, b"s" * 32).leaf()
