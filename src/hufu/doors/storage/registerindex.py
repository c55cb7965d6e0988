"""The index of the public register: a folder, renewed with the register, and mapped."""

import csv
import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from hufu.base.models import Entry
from hufu.domain.rights.models import Right
from hufu.domain.watch.marks import public_marks_on
from hufu.domain.watch.queries import standing_names
from hufu.doors.storage.compiling import is_compiling
from hufu.engines.detection import Match

if TYPE_CHECKING:
    from hufu.engines.detection.index import Index

# The engine is imported where it is used: its compiler is 60 MiB and a second.
MADE_FROM = "made-from"
PAIRS = "data/known_pairs.csv"
log = logging.getLogger("hufu.storage")


@dataclass(frozen=True, slots=True)
class Near:
    """A right that stands on the register, and what makes it near."""

    right: Right
    match: Match


def folder() -> Path:
    """Return where the index lies."""
    return Path(settings.HUFU_HOME) / "register-index"


def renew_register_index(day: date) -> bool:
    """Build the index anew if the register changed, or if it cannot be used.

    Whoever reads sees the old index or the new one; killed midway the old one stays.
    """
    key = _key()
    is_whole = key is not None and _opened(folder(), key) is not None
    if is_whole and _made_from() == _source(day):
        return False
    build_register_index(folder(), day)
    return True


def build_register_index(place: Path, day: date) -> "tuple[Index, str]":
    """Build the index of the register of a day and put it in force; say its version."""
    from hufu.doors.storage.indexfolder import IndexFolder  # noqa: PLC0415 - see above
    from hufu.engines.detection.index import Index  # noqa: PLC0415 - see above

    # Read first: what changes while the index is built makes it be built again.
    source = _source(day)
    index = Index.build(public_marks_on(day), list(known_pairs()))
    kept = IndexFolder(place)
    version = kept.write(index)
    kept.put(MADE_FROM, [source.encode()])
    return index, version


def known_pairs() -> Iterator[tuple[str, str]]:
    """Give the known names of one brand in two scripts."""
    from hufu.engines.detection.near import known_pairs  # noqa: PLC0415 - see above

    path = settings.BASE_DIR / PAIRS
    with path.open(encoding="utf-8", newline="") as file:
        yield from known_pairs(csv.DictReader(file))


def register_index() -> "Index | None":
    """Map the index once for each process; None where there is none to be used."""
    key = _key()
    return None if key is None or is_compiling() else _opened(folder(), key)


def near(found: Sequence[Match], day: date) -> list[Near]:
    """Give the rights of matches that still stand, in the order of the matches."""
    if not found:
        return []
    chosen = standing_names(day).filter(pk__in=[match.mark_id for match in found])
    rights = chosen.select_related("register", "holder").prefetch_related("classes")
    held = {str(right.pk): right for right in rights}
    return [Near(held[m.mark_id], m) for m in found if m.mark_id in held]


def _key() -> tuple[int, int] | None:
    """Tell one list of segments from the next; they are moved into place whole."""
    from hufu.engines.detection.files import MANIFEST  # noqa: PLC0415 - see above

    try:
        told = (folder() / MANIFEST).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino


@lru_cache(maxsize=1)
def _opened(place: Path, _key: tuple[int, int]) -> "Index | None":
    from hufu.engines.detection.files import IndexFileError, open_index  # noqa: PLC0415 - see above

    try:
        return open_index(place)
    except IndexFileError as error:
        log.error("The index of the register is not used: %s", error)  # noqa: TRY400 - the message says it all
        return None


def _source(day: date) -> str:
    """Name the register of a day: every act on it leaves an entry."""
    last = Entry.objects.filter(subject_kind__startswith="rights.").last()
    pairs = hashlib.sha256((settings.BASE_DIR / PAIRS).read_bytes()).hexdigest()
    return f"{day} {last.pk if last else 0} {pairs}"


def _made_from() -> str:
    try:
        return (folder() / MADE_FROM).read_text("utf-8")
    except OSError:
        return ""
