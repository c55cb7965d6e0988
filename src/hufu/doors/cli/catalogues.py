"""Message catalogues: compiling them without gettext, and what they lack."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[2]
# How many arguments come before the text: the context of the p-functions.
KEYWORDS = {
    f"{name}{ending}": int("p" in name.removesuffix("gettext"))
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
    for ending in ("", "_lazy", "_noop")
} | {"_": 0}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(
    rf"\b(?:n?p?gettext|_)\(\s*{TEXT}(?:\s*,\s*(?:{TEXT}|\w+))*\s*\)", re.DOTALL
)
TEMPLATES = {".html", ".txt", ".xml"}


def catalogues() -> list[Path]:
    """Find every catalogue of the house."""
    return sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogues() -> list[Path]:
    """Write the .mo beside each .po that is newer, whole or not at all."""
    written = []
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        out = io.BytesIO()
        write_mo(out, _read(po))
        arriving = mo.with_suffix(".mo-arriving")
        arriving.write_bytes(out.getvalue())
        arriving.replace(mo)
        written.append(mo)
    return written


def _read(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parts[-3])


def find_gaps(language: str) -> Iterator[str]:
    """Say what the catalogues of a language lack or leave unsure.

    They count together, as Django merges them when it translates.
    """
    known = set()
    for po in catalogues():
        if po.parts[-3] != language:
            continue
        place = po.relative_to(SOURCE)
        for message in _read(po):
            if not message.id:
                continue
            first = message.id if isinstance(message.id, str) else message.id[0]
            known.add((message.context, first))
            if message.fuzzy:
                yield f"{place}: unsure: {first!r}"
            elif not _is_translated(message.string):
                yield f"{place}: untranslated: {first!r}"
    for where, context, first in source_strings():
        if (context, first) not in known:
            yield f"{where}: in no catalogue: {first!r}"


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def source_strings() -> Iterator[tuple[str, str | None, str]]:
    """Yield place, context and text of every string the house asks to translate."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            code = path.read_text()
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            code = _calls(templatize(path.read_text(), origin=str(path)))
        else:
            continue
        for line, context, first in _asked(code):
            yield f"{path.relative_to(SOURCE)}:{line}", context, first


def _asked(code: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield line, context and text of the calls whose text stands in the code.

    A text looked up, as in `_(WORDS[code])`, is asked for where WORDS is written.
    """
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        skipped = KEYWORDS.get(name)
        if skipped is None or len(node.args) <= skipped:
            continue
        said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        text = said[skipped] if len(said) > skipped else None
        if isinstance(text, str):
            yield node.lineno, str(said[0]) if skipped else None, text


def _calls(templatized: str) -> str:
    """Keep what is Python in a templatized text: the calls, each on its line."""
    kept: list[str] = []
    end = 0
    for match in CALL.finditer(templatized):
        gap = "\n" * templatized.count("\n", end, match.start())
        kept.append((gap or ";" * bool(kept)) + match.group())
        end = match.end()
    return "".join(kept)
