"""Keys for tests, made from their names: the same in every run."""

import hashlib
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hufu.engines.proof.keys import Cosigner, NoteSigner

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORIGIN = "hufu.example/log"


def private(name):
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def log_signer(name=ORIGIN):
    return NoteSigner(name, private(name))


def cosigner(name="witness.example/w1"):
    return Cosigner(name, private(name))
