"""The compiled copy of the rule pack that a start reads instead of its files."""

from pathlib import Path

from hufu.base.law import compiled_place, pack
from hufu.engines import law


def compile_rules() -> Path:
    """Write the compiled pack if it is missing or damaged, and drop old ones."""
    place = compiled_place()
    if not _is_whole(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        arriving = place.with_suffix(".arriving")
        arriving.write_text(law.compile_pack(pack()), "utf-8")
        arriving.replace(place)
    for old in place.parent.glob(f"{pack().name}-*.json"):
        if old != place:
            old.unlink()
    return place


def _is_whole(place: Path) -> bool:
    try:
        law.Book.read_compiled(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, law.PackError):
        return False
    return True
