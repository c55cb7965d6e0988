"""Test vectors of RFC 6962 trees in the JSON form of transparency-dev/merkle."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.verification import (
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)


def read_vector(text: bytes) -> Mapping[str, Any]:
    """Read one vector; `ProofError` if it has not the form of one."""
    try:
        vector = json.loads(text)
    except ValueError as error:
        raise ProofError("vector", f"This is no JSON: {error}.") from error
    if not isinstance(vector, dict) or not isinstance(vector.get("wantErr"), bool):
        raise ProofError("vector", "This is no vector: wantErr is missing.")
    return vector


def check_vector(vector: Mapping[str, Any]) -> None:
    """Judge a vector as RFC 6962 would, or raise `ProofError` if we judge otherwise."""
    try:
        _verify(vector)
    except ProofError as error:
        if vector["wantErr"]:
            return
        raise ProofError("refused", f"A good proof was refused: {error}") from error
    except (KeyError, TypeError, binascii.Error) as error:
        raise ProofError("vector", f"This vector lacks a field: {error}.") from error
    if vector["wantErr"]:
        raise ProofError("accepted", "A bad proof was accepted.")


def _verify(vector: Mapping[str, Any]) -> None:
    proof = [_bytes(text) for text in vector["proof"] or ()]
    if "leafIdx" in vector:
        leaf, root = _bytes(vector["leafHash"]), _bytes(vector["root"])
        index = vector["leafIdx"]
        if "treeSize" in vector:
            verify_inclusion(leaf, index, vector["treeSize"], proof, root)
        else:
            subtree = range(vector["start"], vector["end"])
            verify_subtree_inclusion(leaf, index, subtree, proof, root)
        return
    roots = _bytes(vector["root1"]), _bytes(vector["root2"])
    if "size1" in vector:
        verify_consistency(vector["size1"], vector["size2"], proof, *roots)
    else:
        subtree = range(vector["start"], vector["end"])
        verify_subtree_consistency(subtree, vector["size"], proof, *roots)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
