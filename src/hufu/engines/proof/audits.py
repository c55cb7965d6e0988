"""Checking a whole log from its files: every entry, every tile, the checkpoint."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hufu.engines.proof import merkle
from hufu.engines.proof.checkpoints import SignedCheckpoint, open_checkpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.keys import VerifierKey
from hufu.engines.proof.logs import CHECKPOINT
from hufu.engines.proof.tiles import (
    FULL,
    Reading,
    Tile,
    entries_in,
    hashes_in,
    tiles_of,
    width_of,
)
from hufu.engines.proof.views import LogView


@dataclass(frozen=True)
class LogReport:
    """What was checked of a log."""

    head: SignedCheckpoint
    tiles: int

    @property
    def size(self) -> int:
        """Return how many entries were hashed."""
        return self.head.checkpoint.size


def verify_log(
    storage: Reading,
    origin: str,
    log: Iterable[VerifierKey],
    witnesses: Iterable[VerifierKey] = (),
) -> LogReport:
    """Recompute a log in tlog-tiles form, a tile at a time.

    `ProofError` names the first file that is missing or does not agree.
    """
    raw = _required(storage, CHECKPOINT)
    signed = open_checkpoint(raw, origin, log, witnesses)
    head = signed.checkpoint
    try:
        for tile in tiles_of(head.size):
            _check_tile(storage, tile, head.size)
        root = LogView(storage, head.size).root()
    except FileNotFoundError as error:
        raise ProofError("missing", f"A file is missing: {error}.") from error
    if root != head.root:
        raise ProofError("root", "The tiles lead to another root than was signed.")
    return LogReport(signed, sum(1 for _ in tiles_of(head.size)))


def _check_tile(storage: Reading, tile: Tile, size: int) -> None:
    """Compare a tile's hashes with what lies one level below it."""
    if tile.level < 0:
        return
    hashes = hashes_in(storage, tile)
    below = _leaves(storage, tile) if tile.level == 0 else _heads(storage, tile, size)
    for place, (found, wanted) in enumerate(zip(hashes, below, strict=True)):
        if found != wanted:
            message = f"{tile.path} does not agree at place {place}"
            raise ProofError("tile", f"{message} with what lies below it.")


def _leaves(storage: Reading, tile: Tile) -> Iterator[bytes]:
    for entry in entries_in(storage, Tile(-1, tile.index, tile.width)):
        yield merkle.leaf_hash(entry)


def _heads(storage: Reading, tile: Tile, size: int) -> Iterator[bytes]:
    for place in range(tile.width):
        index = tile.index * FULL + place
        width = width_of(tile.level - 1, index, size)
        yield merkle.head(hashes_in(storage, Tile(tile.level - 1, index, width)))


def _required(storage: Reading, path: str) -> bytes:
    try:
        return storage.read(path)
    except FileNotFoundError as error:
        raise ProofError("missing", f"There is no {path} here.") from error
