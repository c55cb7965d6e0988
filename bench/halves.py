"""Which half of the data a mark, a listing or a pair belongs to: its hash decides."""

import hashlib


def is_development(name):
    """Say whether a name is in the half that may be looked at and fitted to."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0
