"""Salted commitments: what a log shows, and the openings that stay private.

An opening is a canonical JSON file (RFC 8785). The leaf names its SHA-256 and its
SM3, so that `sha256sum` and `openssl dgst -sm3` over the file are all that checking
takes, and either hash alone binds the content. The salt keeps anybody from guessing
a content that has few possible values.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.hazmat.primitives import hashes

from hufu.engines.proof.errors import ProofError

FORMAT = "hufu-opening-v1"
LEAF = "hufu-commitment-v1"
SALT_WIDTH = 32


def sm3(data: bytes) -> bytes:
    """Return the SM3 of some bytes (GB/T 32905), 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def canonical(value: Mapping[str, Any]) -> bytes:
    """Write plain JSON values in the one way of RFC 8785."""
    try:
        return rfc8785.dumps(dict(value))
    except (rfc8785.CanonicalizationError, ValueError, TypeError) as error:
        raise ProofError("json", f"This cannot be written as JSON: {error}") from error


@dataclass(frozen=True)
class Opening:
    """What a leaf commits to: a kind of event, its facts, and 32 random bytes."""

    kind: str
    facts: Mapping[str, Any]
    salt: bytes

    @classmethod
    def parse(cls, data: bytes) -> "Opening":
        """Read an opening's file; only its canonical spelling counts."""
        try:
            value = json.loads(data)
            if value.pop("format") != FORMAT:
                raise ProofError("opening", f"This is not a {FORMAT}.")
            opening = cls(value["kind"], value["facts"], bytes.fromhex(value["salt"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ProofError("opening", f"This is no opening: {error}.") from error
        if bytes(opening) != data:
            raise ProofError("opening", "The opening is not canonical JSON.")
        return opening

    def __bytes__(self) -> bytes:
        if len(self.salt) != SALT_WIDTH:
            raise ProofError("salt", f"A salt has {SALT_WIDTH} bytes.")
        value = {"format": FORMAT, "kind": self.kind, "facts": dict(self.facts)}
        return canonical({**value, "salt": self.salt.hex()})

    def leaf(self) -> bytes:
        """Return the entry of the log."""
        return leaf_of(bytes(self))


def leaf_of(opening: bytes) -> bytes:
    """Return the leaf that commits to an opening's file."""
    sha256 = hashlib.sha256(opening).hexdigest()
    return f"{LEAF}\nsha256 {sha256}\nsm3 {sm3(opening).hex()}\n".encode()


def check_opening(leaf: bytes, data: bytes) -> Opening:
    """Check that a file opens a leaf, and return what it says."""
    if not hmac.compare_digest(leaf_of(data), leaf):
        raise ProofError("opening", "This file does not open this leaf.")
    return Opening.parse(data)
