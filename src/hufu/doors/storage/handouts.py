"""What every evidence bundle hands out beside its evidence: how to check it."""

from pathlib import Path

FOLDER = Path(__file__).parent / "handout"
CUT = "# isort: split\n"


def handouts() -> dict[str, bytes]:
    """Return the tag files that teach and run the verification, by name."""
    words = (FOLDER / "VERIFY.md").read_bytes()
    return {"VERIFY.md": words, "verify_bundle.py": verifier()}


def verifier() -> bytes:
    """Join the two halves of the verifier into the one file that is handed out."""
    first = (FOLDER / "reading.py").read_text("utf-8")
    second = (FOLDER / "checking.py").read_text("utf-8")
    return (first + second.partition(CUT)[2]).encode()
