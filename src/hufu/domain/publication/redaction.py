"""Which words of a text name or locate a person, and the text without them. Pure.

It proposes; two officers decide. What the law publishes stays: the name and the unified
social credit code of an organisation, the number of a right (`Known.keep`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hufu.domain.people import uscc
from hufu.domain.publication import names
from hufu.domain.publication.patterns import DATES, PATTERNS, Kind

MARKS: dict[Kind, tuple[str, str]] = {
    Kind.NAME: ("[name]", "某"),
    Kind.ID_NUMBER: ("[ID number]", "［证件号码］"),
    Kind.PHONE: ("[telephone]", "［电话］"),
    Kind.BANK: ("[account number]", "［账号］"),
    Kind.EMAIL: ("[e-mail]", "［电子邮箱］"),
    Kind.CONTACT: ("[contact]", "［联系方式］"),
    Kind.ADDRESS: ("[address]", "［住址］"),
    Kind.BIRTH: ("[date of birth]", "［出生日期］"),
    Kind.MINOR: ("[minor]", "［未成年人信息］"),
    Kind.OTHER: ("[left out]", "［略］"),
}


SHORTEST_NAME = 2
# What a mark looks like: a text read a second time holds them where words were.
REPLACED = re.compile(
    rf"(?:{names.SURNAME})?{MARKS[Kind.NAME][1]}"
    + "".join(
        f"|{re.escape(unicodedata.normalize('NFKC', mark))}"
        for pair in MARKS.values()
        for mark in pair
    )
)


@dataclass(frozen=True, order=True)
class Span:
    """The passage `text[start:end]` and what it would reveal."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Known:
    """What the file knows: words about persons that must go, and words that stay."""

    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: as it stands, or with the mark that replaces it."""

    text: str
    mark: str = ""
    kind: str = ""


def propose(text: str, known: Known) -> tuple[Span, ...]:
    """Return the passages that should go, in order, none touching another."""
    flat = flatten(text)
    kept = tuple(_kept(flat, known))
    found = [
        span
        for span in (*_numbers_and_places(flat, known), *_persons(flat, known))
        if not any(start <= span.start and span.end <= end for start, end in kept)
        and not REPLACED.match(flat[span.start : span.end])
    ]
    return merge(found)


def flatten(text: str) -> str:
    """Return `text` with wide and fancy forms made plain, every offset as it was."""
    return "".join(
        plain if len(plain := unicodedata.normalize("NFKC", c)) == 1 else c
        for c in text
    )


def find(text: str, words: str) -> tuple[Span, ...]:
    """Return every place of a passage that an officer wants left out."""
    needle = flatten(words).strip()
    if not needle:
        return ()
    pattern = re.escape(needle)
    return tuple(
        Span(m.start(), m.end(), Kind.OTHER)
        for m in re.finditer(pattern, flatten(text), re.IGNORECASE)
    )


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join passages that overlap; the first kind in order of place wins."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return tuple(merged)


def pieces(text: str, spans: Iterable[Span], language: str) -> tuple[Piece, ...]:
    """Cut the text into what stays and what a mark replaces."""
    cut, at = [], 0
    for span in merge(spans):
        if span.start > at:
            cut.append(Piece(text[at : span.start]))
        words = text[span.start : span.end]
        cut.append(Piece(words, _mark(words, span.kind, language), span.kind))
        at = span.end
    if at < len(text):
        cut.append(Piece(text[at:]))
    return tuple(cut)


def redact(text: str, spans: Iterable[Span], language: str) -> str:
    """Return the text with every passage replaced by its mark."""
    return "".join(p.mark or p.text for p in pieces(text, spans, language))


def _mark(words: str, kind: Kind, language: str) -> str:
    en, zh = MARKS[kind]
    if not language.startswith("zh"):
        return en
    if kind is not Kind.NAME:
        return zh
    # 张三 becomes 张某, as published decisions have it; a foreign name becomes 某.
    surname = re.match(names.SURNAME, words)
    return (surname.group() if surname and len(words) > 1 else "") + zh


def _kept(flat: str, known: Known) -> Iterator[tuple[int, int]]:
    persons = {flatten(name) for name in known.persons}
    for words in known.keep:
        needle = flatten(words).strip()
        if needle and needle not in persons:
            for match in re.finditer(re.escape(needle), flat, re.IGNORECASE):
                yield match.span()


def _numbers_and_places(flat: str, known: Known) -> Iterator[Span]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(flat):
            group = "it" if pattern.groups else 0
            dates = DATES.fullmatch(match.group())
            if not dates and not _is_credit_code(flat, match):
                yield Span(*match.span(group), kind)
    for place in known.places:
        for span in find(flat, place):
            yield Span(span.start, span.end, Kind.ADDRESS)


def _is_credit_code(flat: str, match: re.Match[str]) -> bool:
    """Say whether this is an organisation's code and cannot be an identity number."""
    word = re.search(r"[0-9A-Z]*$", flat[: match.start()])
    start = word.start() if word else match.start()
    code = re.match(r"[0-9A-Z]*", flat[start:])
    text = code.group() if code else ""
    # Digits alone may be an account; a party's own code is kept as words that stay.
    if text.isdigit() or is_identity_number(text):
        return False
    return uscc.is_valid(text)


def is_identity_number(text: str) -> bool:
    """Say whether 18 characters carry the check character of GB 11643-1999."""
    if not re.fullmatch(r"\d{17}[\dXx]", text):
        return False
    total = sum(int(d) * 2 ** (17 - i) for i, d in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


def _persons(flat: str, known: Known) -> Iterator[Span]:
    found = {flatten(name).strip() for name in known.persons}
    for start, end in names.labelled(flat):
        yield Span(start, end, Kind.NAME)
        found.add(flat[start:end].strip())
    # Once known, a person is found everywhere: also where no word introduces them.
    for name in sorted(found):
        if len(name) < SHORTEST_NAME:
            continue
        for form in names.forms_of(name):
            for match in form.finditer(flat):
                yield Span(*match.span(), Kind.NAME)
