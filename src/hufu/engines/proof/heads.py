"""Heads of lists: leaves that say in the clear which root a list had on a day.

Every other leaf is a commitment that nobody can read. A head is open, so that anybody
who reads the log sees whether a list had two on one day: then each party could be
told another story.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hufu.engines.proof import acts
from hufu.engines.proof.commitments import Opening, leaf_of
from hufu.engines.proof.errors import ProofError

KIND = "map"
ACT = "commit_list"
LEAF = "hufu-list-head-v1"
LINES = re.compile(
    rf"{LEAF}\nlist (.+)\nday (\d{{4}}-\d\d-\d\d)\nroot ([0-9a-f]{{64}})\n"
    r"key ([0-9a-f]{64})\nhufu-commitment-v1\nsha256 [0-9a-f]{64}\nsm3 [0-9a-f]{64}\n"
)


@dataclass(frozen=True)
class MapHead:
    """What the log says of a list: its root on a day, and the key of its places.

    `at` is when the list was read, where the leaf is the act of a journal.
    """

    name: str
    day: date
    root: bytes
    key: bytes
    at: str = ""

    def opening(self, salt: bytes) -> Opening:
        """Return the opening of its leaf; it is published, nothing in it is private."""
        facts = {
            "name": self.name,
            "day": self.day.isoformat(),
            "root": self.root.hex(),
            "vrf_key": self.key.hex(),
        }
        return Opening(KIND, facts, salt)

    @classmethod
    def of(cls, opening: Opening) -> "MapHead":
        """Read it from an opening."""
        if not is_head(opening):
            raise ProofError("map", f"This opens a {opening.kind}, not a map.")
        facts, at = opening.facts, ""
        try:
            if opening.kind == acts.KIND:
                entry = json.loads(opening.facts["entry"])
                facts, at = dict(entry["facts"]), str(entry["at"])
            day = date.fromisoformat(facts["day"])
            root, key = bytes.fromhex(facts["root"]), bytes.fromhex(facts["vrf_key"])
            return cls(str(facts["name"]), day, root, key, at)
        except (KeyError, ValueError, TypeError) as error:
            raise ProofError("map", f"This opens no map: {error}.") from error

    @classmethod
    def read(cls, leaf: bytes) -> "MapHead | None":
        """Read it from a leaf; None where the leaf is of another kind."""
        if not leaf.startswith(LEAF.encode()):
            return None
        found = LINES.fullmatch(leaf.decode("utf-8", "replace"))
        if found is None:
            raise ProofError("map", "A leaf begins as the head of a list and is none.")
        name, day, root, key = found.groups()
        try:
            on = date.fromisoformat(day)
        except ValueError as error:
            raise ProofError("map", f"A head of a list names no day: {day}.") from error
        return cls(name, on, bytes.fromhex(root), bytes.fromhex(key))

    def leaf(self, opening: Opening) -> bytes:
        """Return the leaf: the head in the clear, and a commitment to its opening."""
        lines = (f"list {self.name}", f"day {self.day.isoformat()}")
        hexes = (f"root {self.root.hex()}", f"key {self.key.hex()}", "")
        return "\n".join((LEAF, *lines, *hexes)).encode() + leaf_of(bytes(opening))


def is_head(opening: Opening) -> bool:
    """Say whether an opening is that of a list's head."""
    return opening.kind == KIND or (opening.kind == acts.KIND and _act(opening) == ACT)


def _act(opening: Opening) -> Any:
    try:
        return json.loads(opening.facts["entry"])["act"]
    except (KeyError, ValueError, TypeError):
        return ""


def leaf_for(opening: Opening) -> bytes:
    """Return the leaf of any opening: open for the head of a list, closed otherwise."""
    if is_head(opening):
        return MapHead.of(opening).leaf(opening)
    return opening.leaf()


def heads_in(entries: Iterable[bytes]) -> Iterator[tuple[int, MapHead]]:
    """Yield every head of a list that a log holds, with its index."""
    for index, entry in enumerate(entries):
        if head := MapHead.read(entry):
            yield index, head


def second_heads(entries: Iterable[bytes]) -> Iterator[str]:
    """Yield a sentence for every head beyond the first of its list and day."""
    first: dict[tuple[str, date], int] = {}
    for index, head in heads_in(entries):
        place = first.setdefault((head.name, head.day), index)
        if place != index:
            said = f"Entries {place} and {index} are two heads"
            yield f"{said} of the list {head.name} on {head.day}"
