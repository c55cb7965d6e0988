"""Rounds of a drand beacon: a BLS signature that the whole network made, or none.

Of the scheme `bls-unchained-g1-rfc9380` (drand's quicknet): signatures of 48 bytes on
G1 of BLS12-381, keys of 96 bytes on G2, messages hashed to the curve by RFC 9380. What
is checked is public, so that nothing here needs constant time.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.isogeny import isogeny
from hufu.engines.proof.pairings import (
    G1_WIDTH,
    G2_WIDTH,
    NEGATIVE_G2,
    P,
    Point1,
    R,
    add1,
    is_one,
    multiply1,
    multiply2,
    read_point1,
    read_point2,
)

SCHEME = "bls-unchained-g1-rfc9380"
TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
BLOCK, DIGEST, FIELD = 64, 32, 64
COFACTOR = 0xD201000000010001
# The curve that is 11-isogenous to BLS12-381's, and the Z of its map (RFC 9380, 8.8.1).
A = int(
    "144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5c"
    "f428082d584c1d",
    16,
)
B = int(
    "12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5"
    "d1cc48e98e172be0",
    16,
)
Z = 11
EVEN = 2


@dataclass(frozen=True)
class Chain:
    """A beacon: the key of its network, when it began, the seconds of a round."""

    key: bytes
    genesis: int
    period: int

    def second_of(self, number: int) -> int:
        """Return when a round becomes public, in seconds since 1970."""
        return self.genesis + (number - 1) * self.period

    def round_at(self, second: int) -> int:
        """Return the first round that becomes public at a second or after it."""
        return max(1, -((self.genesis - second) // self.period) + 1)

    def as_source(self) -> dict[str, Any]:
        """Name the beacon as a plan does, so that its rounds can be checked."""
        return {
            "scheme": SCHEME,
            "public_key": self.key.hex(),
            "genesis": self.genesis,
            "period": self.period,
        }

    def randomness(self, number: int, signature: bytes) -> bytes:
        """Return the random value of a round, if the network signed it."""
        if not 0 < number < 1 << 64:
            raise ProofError("beacon", f"There is no round {number}.")
        if len(signature) != G1_WIDTH or len(self.key) != G2_WIDTH:
            raise ProofError("beacon", f"This is no signature or key of {SCHEME}.")
        signed, key = read_point1(signature), read_point2(self.key)
        if multiply1(signed, R) is not None or multiply2(key, R) is not None:
            raise ProofError("beacon", "A point lies outside its group.")
        message = hash_to_curve(hashlib.sha256(number.to_bytes(8)).digest())
        if not is_one([(signed, NEGATIVE_G2), (message, key)]):
            raise ProofError("beacon", "The network has not signed this round so.")
        return hashlib.sha256(signature).digest()


QUICKNET = Chain(
    bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    genesis=1_692_803_367,
    period=3,
)


def hash_to_curve(message: bytes, tag: bytes = TAG) -> Point1:
    """Hash to a point of G1 (RFC 9380, BLS12381G1_XMD:SHA-256_SSWU_RO_)."""
    data = _expand(message, tag, 2 * FIELD)
    halves = (data[:FIELD], data[FIELD:])
    first, second = (_map(int.from_bytes(half) % P) for half in halves)
    return multiply1(add1(first, second), COFACTOR)


def _expand(message: bytes, tag: bytes, length: int) -> bytes:
    """expand_message_xmd (RFC 9380 section 5.3.1)."""
    suffix = tag + bytes([len(tag)])
    head = bytes(BLOCK) + message + length.to_bytes(2) + b"\0" + suffix
    zero = hashlib.sha256(head).digest()
    block, out = bytes(DIGEST), b""
    for number in range(1, length // DIGEST + 1):
        mixed = bytes(a ^ b for a, b in zip(zero, block, strict=True))
        block = hashlib.sha256(mixed + bytes([number]) + suffix).digest()
        out += block
    return out


def _map(u: int) -> Point1:
    """Map a number to the curve: simplified SWU, then the isogeny (6.6.2, 6.6.3)."""
    tv = (Z * Z * pow(u, 4, P) + Z * u * u) % P
    x = -B * pow(A, -1, P) * (1 + pow(tv, -1, P)) % P if tv else B * pow(Z * A, -1, P)
    square = (x**3 + A * x + B) % P
    if pow(square, (P - 1) // 2, P) == P - 1:
        x = Z * u * u * x % P
        square = (x**3 + A * x + B) % P
    y = pow(square, (P + 1) // 4, P)
    if y % EVEN != u % EVEN:
        y = P - y
    up_x, down_x, up_y, down_y = (_value(each, x) for each in isogeny())
    return up_x * pow(down_x, -1, P) % P, y * up_y * pow(down_y, -1, P) % P


def _value(coefficients: list[int], x: int) -> int:
    total = 0
    for one in reversed(coefficients):
        total = (total * x + one) % P
    return total
