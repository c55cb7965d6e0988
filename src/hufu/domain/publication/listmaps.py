"""The map of a list on a day: its entries at places that only the key computes. Pure.

A list is not kept beside it. Whether a code was on it is found out by asking for the
code's place, so that the rows of past days tell nobody who was listed.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hufu.engines.proof import vrf
from hufu.engines.proof.commitments import Opening
from hufu.engines.proof.maps import SparseMap, alpha_of, leaf_of, place_of
from hufu.engines.proof.merkle import WIDTH

KIND = "list-entry"
ROW = 2 * WIDTH


@dataclass(frozen=True)
class DayMap:
    """A list on a day: the head that is published, and the rows that are not."""

    name: str
    day: date
    root: bytes
    key: bytes
    rows: bytes


def draw_map(*, name: str, day: date, codes: Iterable[str], seed: bytes) -> DayMap:
    """Give every code its place. Takes some milliseconds for each."""
    entries = {}
    for code in set(codes):
        output, _ = vrf.prove(seed, alpha_of(name, day, code))
        place = place_of(output)
        entries[place] = leaf_of(place, entry_of(name, day, code, seed))
    rows = b"".join(place + entries[place] for place in sorted(entries))
    root = SparseMap(entries).root()
    return DayMap(name, day, root, vrf.public_key(seed), rows)


def entry_of(name: str, day: date, code: str, seed: bytes) -> bytes:
    """Return the file that opens an entry; its salt follows from the key."""
    salt = hmac.digest(seed, b"salt\n" + alpha_of(name, day, code), hashlib.sha256)
    facts = {"list": name, "day": day.isoformat(), "code": code}
    return bytes(Opening(KIND, facts, salt))


def read_map(rows: bytes) -> SparseMap:
    """Bring back a map from its rows."""
    starts = range(0, len(rows), ROW)
    return SparseMap({rows[i : i + WIDTH]: rows[i + WIDTH : i + ROW] for i in starts})
