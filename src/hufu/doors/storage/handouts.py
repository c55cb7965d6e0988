"""What every evidence bundle hands out beside its evidence: how to check it."""

from pathlib import Path

FOLDER = Path(__file__).parent / "handout"
NAMES = ("VERIFY.md", "verify_bundle.py")


def handouts() -> dict[str, bytes]:
    """Return the tag files that teach and run the verification, by name."""
    return {name: (FOLDER / name).read_bytes() for name in NAMES}
