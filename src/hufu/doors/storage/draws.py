"""The files of a draw: its plan, the draw to repeat, and the receipt of the plan."""

from collections.abc import Mapping

from hufu.domain.inspections.models import Draw
from hufu.doors.storage.receipts import receipt_of
from hufu.engines.proof.keys import VerifierKey


def draw_file(draw: Draw, name: str, known: Mapping[VerifierKey, bool]) -> bytes | None:
    """Return a file of a draw by its name; None where there is none, or not yet."""
    if name == "plan":
        return bytes(draw.plan)
    if name == "receipt":
        return bytes(receipt_of(draw.deposit, known))
    if name == "draw" and hasattr(draw, "outcome"):
        return bytes(draw.outcome.result)
    return None
