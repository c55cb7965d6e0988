"""ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381): a hash that only its key can compute.

Everybody can check the result, and for each input there is only one: whoever runs a
map can neither be guessed by others nor move an entry to where it is not looked for.
Plain integers, not in constant time: evaluate it where nobody can measure.
"""

import hashlib
import hmac
from typing import NamedTuple

from hufu.engines.proof.errors import ProofError

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
SUITE = b"\x03"
KEY_WIDTH, CHALLENGE_WIDTH, PROOF_WIDTH = 32, 16, 80
MOST_TRIES = 256


class Point(NamedTuple):
    """A point in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z."""

    x: int
    y: int
    z: int
    t: int


NEUTRAL = Point(0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    left = (a.y - a.x) * (b.y - b.x) % P
    right = (a.y + a.x) * (b.y + b.x) % P
    c, d = 2 * a.t * b.t * D % P, 2 * a.z * b.z % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _negative(point: Point) -> Point:
    return Point(-point.x % P, point.y, point.z, -point.t % P)


def _encode(point: Point) -> bytes:
    inverse = pow(point.z, -1, P)
    x, y = point.x * inverse % P, point.y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decode(data: bytes) -> Point:
    """Read a point (RFC 8032 section 5.1.3); only its one spelling counts."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT % P
    if y >= P or v * x * x % P != u or (x == 0 and sign):
        raise ProofError("point", "These bytes are no point of the curve.")
    if x & 1 != sign:
        x = P - x
    return Point(x, y, 1, x * y % P)


BASE = _decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def public_key(seed: bytes) -> bytes:
    """Return the public key of a secret of 32 bytes; it is that of Ed25519."""
    return _encode(_times(_secret(seed)[0], BASE))


def _hash_to_curve(public: bytes, alpha: bytes) -> Point:
    for count in range(MOST_TRIES):
        head = SUITE + b"\x01" + public + alpha + bytes([count]) + b"\x00"
        try:
            return _times(8, _decode(hashlib.sha512(head).digest()[:32]))
        except ProofError:
            continue
    raise ProofError("point", "No point was found for this input.")


def _challenge(*points: bytes) -> int:
    data = SUITE + b"\x02" + b"".join(points) + b"\x00"
    digest = hashlib.sha512(data).digest()
    return int.from_bytes(digest[:CHALLENGE_WIDTH], "little")


def _output(gamma: Point) -> bytes:
    data = SUITE + b"\x03" + _encode(_times(8, gamma)) + b"\x00"
    return hashlib.sha512(data).digest()


def prove(seed: bytes, alpha: bytes) -> tuple[bytes, bytes]:
    """Return the output (64 bytes) for an input, and its proof (80 bytes)."""
    scalar, prefix = _secret(seed)
    public = _encode(_times(scalar, BASE))
    point = _hash_to_curve(public, alpha)
    encoded = _encode(point)
    gamma = _times(scalar, point)
    nonce = int.from_bytes(hashlib.sha512(prefix + encoded).digest(), "little") % Q
    u, v = _encode(_times(nonce, BASE)), _encode(_times(nonce, point))
    challenge = _challenge(public, encoded, _encode(gamma), u, v)
    answer = (nonce + challenge * scalar) % Q
    proof = _encode(gamma) + challenge.to_bytes(CHALLENGE_WIDTH, "little")
    return _output(gamma), proof + answer.to_bytes(32, "little")


def verify(public: bytes, alpha: bytes, proof: bytes) -> bytes:
    """Return the output for an input, or raise `ProofError`."""
    if len(public) != KEY_WIDTH or len(proof) != PROOF_WIDTH:
        raise ProofError("vrf", "The key or the proof has a wrong length.")
    key, gamma = _decode(public), _decode(proof[:32])
    challenge = int.from_bytes(proof[32 : 32 + CHALLENGE_WIDTH], "little")
    answer = int.from_bytes(proof[32 + CHALLENGE_WIDTH :], "little")
    if answer >= Q or _encode(_times(8, key)) == _encode(NEUTRAL):
        raise ProofError("vrf", "The key or the proof is out of range.")
    point = _hash_to_curve(public, alpha)
    u = _add(_times(answer, BASE), _negative(_times(challenge, key)))
    v = _add(_times(answer, point), _negative(_times(challenge, gamma)))
    found = _challenge(public, _encode(point), proof[:32], _encode(u), _encode(v))
    # Constant time costs nothing here, even though all of it is public.
    width = CHALLENGE_WIDTH
    if not hmac.compare_digest(found.to_bytes(width), challenge.to_bytes(width)):
        raise ProofError("vrf", "The proof is not that of this key for this input.")
    return _output(gamma)
