"""The rule pack in force here."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu import packs
from hufu.engines import law


@cache
def book() -> law.Book:
    """Return the rule pack in force here, read once.

    The compiled form is only a faster copy: where it is missing, of other files or
    damaged, the files themselves are read.
    """
    try:
        return law.Book.read_compiled(compiled_place().read_text("utf-8"))
    except (OSError, UnicodeDecodeError, law.PackError):
        return law.Book.read(pack())


def pack() -> Path:
    """Return the folder of the pack in force here."""
    return packs.folder(settings.HUFU_PACK)


def compiled_place() -> Path:
    """Return where the compiled form of exactly these files lies, once it was made."""
    name = f"{pack().name}-{law.digest_pack(pack())}.json"
    return Path(settings.HUFU_HOME) / "law" / name


def basis(name: str, day: date) -> str:
    """Cite what a rule said on a day, in the language in use; empty where it is silent.

    A refusal stands without its article; it must not fall for want of one. A rule that
    nobody has read in the law itself is cited as such.
    """
    rule = book().rules.get(name)
    if rule is None or not rule.says(day):
        return ""
    ruling = rule.on(day)
    cited = ruling.source.cite(get_language() or "en")
    if ruling.is_confirmed:
        return cited
    return _("%(article)s (unconfirmed)") % {"article": cited}
