"""Is a pack in order? Every fault with its file and line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from hufu.engines.law.rulebook import DATED, Loader, rule_files, rule_name

SCHEMAS = Path(__file__).parent / "schemas"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or asks for attention, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return it as compilers do."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Page:
    """One file as data, and as nodes that know their lines."""

    name: str
    path: str
    data: Any
    root: yaml.Node

    def line(self, keys: Iterable[object]) -> int:
        """Return the line of the deepest node that the keys reach."""
        node = self.root
        for key in keys:
            found = _child(node, key)
            if found is None:
                break
            node = found
        return node.start_mark.line + 1

    def problem(self, message: str, *keys: object) -> Problem:
        """Return a problem at the place that the keys name."""
        return Problem(self.path, self.line(keys), message)


def check(folder: Path) -> list[Problem]:
    """Return every fault of a pack; an empty list when it is in order."""
    pages, problems = _read(folder)
    validators = _validators()
    for page in pages:
        problems.extend(_against_schema(page, validators))
    if problems:
        return problems
    names = {p.name: p.data["kind"] for p in pages}
    if "pack" not in names:
        return [Problem(str(folder), 1, "the pack has no pack.yaml")]
    weekend = next(p.data["weekend"] for p in pages if p.name == "pack")
    for page in pages:
        problems.extend(_dates(page))
        problems.extend(_references(page, names))
        problems.extend(_calendar(page, frozenset(weekend)))
    return problems


def _read(folder: Path) -> tuple[list[Page], list[Problem]]:
    pages, problems = [], []
    for path in rule_files(folder):
        shown = path.relative_to(folder.parent).as_posix()
        text = path.read_text(encoding="utf-8")
        try:
            root = yaml.compose(text, Loader)
            data = yaml.load(text, Loader)  # noqa: S506 - a safe loader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(Problem(shown, line, str(error.problem)))
            continue
        if root is None:
            problems.append(Problem(shown, 1, "the file is empty"))
            continue
        pages.append(Page(rule_name(path, folder), shown, data, root))
    return pages, problems


def _child(node: yaml.Node, key: object) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        found: yaml.Node = node.value[key]
        return found
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                child: yaml.Node = value
                return child
    return None


def _validators() -> dict[str, Draft202012Validator]:
    schemas = [json.loads(p.read_text("utf-8")) for p in sorted(SCHEMAS.glob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (s["$id"], Resource.from_contents(s)) for s in schemas
    )
    return {
        s["$id"].removesuffix(".json"): Draft202012Validator(s, registry=registry)
        for s in schemas
    }


def _against_schema(
    page: Page, validators: Mapping[str, Draft202012Validator]
) -> Iterator[Problem]:
    data = _plain(page.data)
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in validators or kind == "shared":
        yield page.problem(f"no such kind of file: {kind!r}", "kind")
        return
    for error in validators[kind].iter_errors(data):
        yield page.problem(_words(error), *error.absolute_path)


def _words(error: ValidationError) -> str:
    where = ".".join(str(p) for p in error.absolute_path)
    return f"{where}: {error.message}" if where else error.message


def _plain(value: object) -> Any:
    """Return YAML data as JSON Schema understands it."""
    match value:
        case dict():
            return {str(k): _plain(v) for k, v in value.items()}
        case list():
            return [_plain(v) for v in value]
        case date():
            return value.isoformat()
        case str() | bool() | int() | None:
            return value
    return float(str(value))


def _dates(page: Page) -> Iterator[Problem]:
    entries = page.data.get("values", [])
    order = sorted(range(len(entries)), key=lambda i: entries[i]["since"])
    if order != list(range(len(entries))):
        yield page.problem("values are not in the order of their dates", "values")
        return
    for i, entry in enumerate(entries):
        since, until = entry["since"], entry.get("until")
        if until and until < since:
            yield page.problem(f"ends {until} before it begins", "values", i, "until")
        if i + 1 < len(entries):
            yield from _seam(page, i, entry, entries[i + 1]["since"])


def _seam(
    page: Page, i: int, entry: Mapping[str, Any], following: date
) -> Iterator[Problem]:
    until = entry.get("until", following - DAY)
    if until >= following or entry["since"] == following:
        yield page.problem(f"overlaps the value of {following}", "values", i)
    elif until < following - DAY and "gap" not in entry:
        yield page.problem(
            f"says nothing from {until + DAY} to {following - DAY}: close or state it",
            "values",
            i,
            "until",
        )
    elif until == following - DAY and "gap" in entry:
        yield page.problem("states a gap where there is none", "values", i, "gap")


def _references(page: Page, names: Mapping[str, str]) -> Iterator[Problem]:
    for keys, name in _named(page):
        if name not in names:
            yield page.problem(f"there is no {name}", *keys)


def _named(page: Page) -> Iterator[tuple[tuple[object, ...], str]]:
    if page.data["kind"] in ("calendar", "regions"):
        yield ("source",), f"instruments.{page.data['source']['instrument']}"
    if page.data["kind"] not in DATED:
        return
    for i, entry in enumerate(page.data["values"]):
        at = ("values", i)
        yield (*at, "source"), f"instruments.{entry['source']['instrument']}"
        value = entry["value"]
        if page.data["kind"] == "deadline":
            yield (*at, "value", "counting"), value["counting"]
        if page.data["kind"] == "penalty":
            yield from (
                ((*at, "value", "general"), n) for n in value.get("general", ())
            )
        if page.data["kind"] == "competence":
            bodies = value["bodies"]
            yield from (((*at, "value"), f"bodies.{b['body']}") for b in bodies)


def _calendar(page: Page, weekend: frozenset[int]) -> Iterator[Problem]:
    if page.data["kind"] != "calendar":
        return
    year = page.data["year"]
    if page.name != f"calendar.{year}":
        yield page.problem(f"holds the year {year}", "year")
    for i, span in enumerate(page.data["holidays"]):
        if not span["from"] <= span["to"] or year not in (
            span["from"].year,
            span["to"].year,
        ):
            yield page.problem("not a span of that year", "holidays", i)
    for i, day in enumerate(page.data["working_days"]):
        if day.isoweekday() not in weekend:
            yield page.problem(f"{day} is no weekend day", "working_days", i)
