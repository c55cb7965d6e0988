"""The names that a book knows, where a question asks to choose one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hufu.engines.law.book import Book

LISTS = {
    "listed_acts": "lists.acts",
    "heavier_penalties": "lists.heavier_penalty",
    "repair_conditions": "lists.repair_conditions",
    "reward_exclusions": "rewards.excluded",
}
YEARS = "_years"


def choices(book: Book) -> Mapping[str, tuple[str, ...]]:
    """Return by kind of name every name that the book has had at any time."""
    competences = [n.split(".") for n in book.names("competence.")]
    return {
        "rules": book.names(),
        "deadlines": book.names("deadlines."),
        "offences": _last(book, "criminal.thresholds."),
        "metrics": _sorted(k for v in _values(book, "criminal.metrics") for k in v),
        "penalties": _sorted(_fined(book)),
        "circumstances": _sorted(_circumstances(book)),
        "damages": _sorted(_estimated(book)),
        "kinds": _sorted(_kinds(book)),
        "rights": _sorted(parts[1] for parts in competences),
        "acts": _sorted(parts[2] for parts in competences),
        "channels": _last(book, "evidence."),
        "items": _sorted(i["code"] for i in _items(book)),
        "traits": _sorted(i["when"] for i in _items(book) if i.get("when")),
        "terms": tuple(
            n.removesuffix(YEARS) for n in _last(book, "terms.") if n.endswith(YEARS)
        ),
        "reward_levels": _sorted(
            level for v in _values(book, "rewards.levels") for level in v["levels"]
        ),
        **{kind: _codes(book, name) for kind, name in LISTS.items()},
    }


def _last(book: Book, prefix: str) -> tuple[str, ...]:
    return tuple(n.removeprefix(prefix) for n in book.names(prefix))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _values(book: Book, name: str) -> Iterator[Any]:
    rule = book.rules.get(name)
    yield from (r.value for r in rule.rulings) if rule else ()


def _codes(book: Book, name: str) -> tuple[str, ...]:
    return _sorted(entry["code"] for v in _values(book, name) for entry in v)


def _fined(book: Book) -> Iterator[str]:
    for name in _last(book, "penalties."):
        if any("fines" in v for v in _values(book, f"penalties.{name}")):
            yield name


def _circumstances(book: Book) -> Iterator[str]:
    for name in (*book.names("penalties."), *book.names("grounds.")):
        for value in _values(book, name):
            yield from (c["code"] for c in value.get("circumstances", ()))
            yield from _conditions(value)


def _conditions(value: Mapping[str, Any]) -> Iterator[str]:
    for band in value.get("fines", ()):
        if "circumstance" in band.get("when", {}):
            yield band["when"]["circumstance"]


def _estimated(book: Book) -> Iterator[str]:
    for name in _last(book, "damages."):
        for value in _values(book, f"damages.{name}"):
            if isinstance(value, Mapping) and "steps" in value:
                yield name


def _kinds(book: Book) -> Iterator[str]:
    for name in _estimated(book):
        for value in _values(book, f"damages.{name}"):
            only = (value.get("punitive") or {}).get("only")
            if only:
                yield only


def _items(book: Book) -> Iterator[Mapping[str, Any]]:
    for name in book.names("evidence."):
        for value in _values(book, name):
            yield from value["items"]
