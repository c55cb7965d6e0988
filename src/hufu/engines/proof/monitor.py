"""A monitor: whether two signed views of a log belong to one tree."""

from hufu.engines.proof.checkpoints import SignedCheckpoint
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.tiles import Reading
from hufu.engines.proof.views import LogView


class SplitViewError(ProofError):
    """A log signed two trees. The two notes prove it to anybody."""

    def __init__(self, first: SignedCheckpoint, second: SignedCheckpoint) -> None:
        sizes = f"{first.checkpoint.size} and {second.checkpoint.size}"
        origin = first.checkpoint.origin
        message = f"Split view: {origin} signed two trees, at {sizes} leaves."
        super().__init__("split_view", message)
        self.notes = (first.note, second.note)


def compare_views(
    first: SignedCheckpoint, second: SignedCheckpoint, storage: Reading
) -> None:
    """Check that two signed checkpoints agree, with the tiles that the log serves.

    `SplitViewError` if the log signed two trees; another `ProofError` if its tiles
    are not those of the larger one, which proves nothing against the log's key.
    """
    _check_same_log(first, second)
    small, large = sorted((first, second), key=lambda seen: seen.checkpoint.size)
    if small.checkpoint.size == large.checkpoint.size:
        if small.checkpoint.root != large.checkpoint.root:
            raise SplitViewError(small, large)
        return
    view = LogView(storage, large.checkpoint.size)
    if view.root() != large.checkpoint.root:
        raise ProofError("tiles", "The tiles are not those of the larger checkpoint.")
    if view.root(small.checkpoint.size) != small.checkpoint.root:
        raise SplitViewError(small, large)


def _check_same_log(first: SignedCheckpoint, second: SignedCheckpoint) -> None:
    if first.checkpoint.origin != second.checkpoint.origin:
        raise ProofError("origin", "The two checkpoints are of different logs.")
