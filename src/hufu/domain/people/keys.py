"""What is kept of an API key: a hash, from which nobody finds the key again."""

import hashlib


def hash_of(token: str) -> str:
    """Return the SHA-256 of a token. It is long and random, so it needs no salt."""
    return hashlib.sha256(f"hufu-api-key-v1:{token}".encode()).hexdigest()
