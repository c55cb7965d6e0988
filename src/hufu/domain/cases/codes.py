"""Codes printed on a served notice: 128 random bits, stored only as a digest."""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BYTES, LETTERS, GROUP = 16, 26, 5
ALIKE = str.maketrans("OIL", "011")


def code_of(random: bytes) -> str:
    """Write 16 random bytes in groups that can be read aloud (Crockford's Base32)."""
    if len(random) != BYTES:
        raise ValueError("a notice code needs 16 bytes")
    number = int.from_bytes(random, "big")
    code = "".join(ALPHABET[number >> (5 * i) & 31] for i in range(LETTERS))
    return "-".join(code[i : i + GROUP] for i in range(0, LETTERS, GROUP))


def hash_of(typed: str) -> str:
    """Return the digest under which a code is stored, however it was typed."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(ALIKE)
    return hashlib.sha256(f"hufu-notice-v1:{plain}".encode()).hexdigest()
