"""Read a pack: the folder of YAML files that holds the law of one country."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from hufu.engines.law.ruling import (
    CONFIDENCES,
    Bilingual,
    NoRulingError,
    PackError,
    Ruling,
    Source,
    freeze,
)

DATED = (
    "value",
    "deadline",
    "counting",
    "penalty",
    "grounds",
    "competence",
    "body",
    "threshold",
    "sentence",
    "damages",
    "evidence",
)
TOP = ("pack.yaml", "regions.yaml")
NOT_RULES = ("cases", "coverage")


class Loader(yaml.CSafeLoader):
    """YAML as the packs use it: decimal fractions stay decimal."""


def _decimal(loader: Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


@dataclass(frozen=True, slots=True)
class Gap:
    """A span on which the rule says nothing, on purpose."""

    since: date
    until: date
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Rule:
    """Every value a rule has had, oldest first."""

    name: str
    kind: str
    title: Bilingual
    unit: str | None
    checked_on: date
    rulings: tuple[Ruling, ...]
    gaps: tuple[Gap, ...]
    facts: tuple[str, ...]

    def says(self, day: date) -> bool:
        """Whether the rule has a value on `day`."""
        return any(
            r.since <= day and (r.until is None or day <= r.until) for r in self.rulings
        )

    def on(self, day: date) -> Ruling:
        """Return the value in force on `day`."""
        for ruling in reversed(self.rulings):
            if ruling.since <= day:
                if ruling.until is None or day <= ruling.until:
                    return ruling
                break
        reasons = [g.reason for g in self.gaps if g.since <= day <= g.until]
        raise NoRulingError(self.name, day, reasons[0] if reasons else None)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One YAML file of a pack, as data."""

    name: str
    data: Mapping[str, Any]


def rule_files(folder: Path) -> list[Path]:
    """Return the files of a pack that hold law.

    Golden cases are not law, nor is a file beside `pack.yaml` that another room reads.
    """
    return [p for p in sorted(folder.rglob("*.yaml")) if _is_law(p, folder)]


def _is_law(path: Path, folder: Path) -> bool:
    first, *deeper = path.relative_to(folder).parts
    return first not in NOT_RULES if deeper else first in TOP


def rule_name(path: Path, folder: Path) -> str:
    """Return the name of the rule in `path`: its place in the pack, dotted."""
    return path.relative_to(folder).with_suffix("").as_posix().replace("/", ".")


def read_files(folder: Path) -> Iterator[RawFile]:
    """Read every file of a pack."""
    for path in rule_files(folder):
        data = yaml.load(path.read_bytes(), Loader)  # noqa: S506 - a safe loader
        if not isinstance(data, dict) or "kind" not in data:
            raise PackError(f"{path}: not a rule, it has no kind")
        yield RawFile(rule_name(path, folder), data)


# Title, number if it has one, and whether the number was checked.
Instrument = tuple[Bilingual, Bilingual | None, bool]


def instruments(files: Iterable[RawFile]) -> dict[str, Instrument]:
    """Return title and number of every instrument by the last part of its name."""
    return {
        f.name.removeprefix("instruments."): (
            Bilingual.of(f.data["title"]),
            Bilingual.of(f.data["number"]) if "number" in f.data else None,
            not f.data.get("number_unconfirmed", False),
        )
        for f in files
        if f.data["kind"] == "instrument"
    }


class RuleMaker:
    """Turns the data of a file into a rule, with its citations looked up."""

    def __init__(self, known: Mapping[str, Instrument]) -> None:
        """Take the instruments that a source may name."""
        self.known = known

    def make(self, raw: RawFile) -> Rule:
        """Return the rule in a file, or raise `PackError` saying what is missing."""
        try:
            return self._make(raw)
        except (KeyError, TypeError, ValueError) as error:
            raise PackError(f"{raw.name}: {error!r}") from error

    def _make(self, raw: RawFile) -> Rule:
        entries = sorted(raw.data["values"], key=lambda e: e["since"])
        rulings = tuple(
            self._ruling(raw, entry, _ends(entries, i))
            for i, entry in enumerate(entries)
        )
        return Rule(
            name=raw.name,
            kind=raw.data["kind"],
            title=Bilingual.of(raw.data["title"]),
            unit=raw.data.get("unit"),
            checked_on=raw.data["checked_on"],
            rulings=rulings,
            gaps=tuple(_gaps(entries)),
            facts=tuple(f for e in entries for f in e.get("facts", ())),
        )

    def _ruling(
        self, raw: RawFile, entry: Mapping[str, Any], ends: date | None
    ) -> Ruling:
        value = freeze(entry["value"])
        if raw.data.get("unit") and isinstance(value, int):
            value = Decimal(value)
        title = entry.get("title", raw.data["title"])
        return Ruling(
            rule=raw.name,
            value=value,
            since=entry["since"],
            until=ends,
            source=self.source(entry["source"]),
            confidence=_known(entry["confidence"]),
            title=Bilingual.of(title),
        )

    def source(self, data: Mapping[str, Any]) -> Source:
        """Look up the instrument that a `source` names."""
        title, number, confirmed = self.known[data["instrument"]]
        return Source(title, number, Bilingual.of(data["article"]), confirmed)


def _known(confidence: str) -> str:
    if confidence not in CONFIDENCES:
        raise PackError(f"confidence {confidence!r} is none of {CONFIDENCES}")
    return confidence


def _ends(entries: list[Mapping[str, Any]], index: int) -> date | None:
    stated: date | None = entries[index].get("until")
    if stated or index + 1 == len(entries):
        return stated
    following: date = entries[index + 1]["since"]
    return following - timedelta(days=1)


def _gaps(entries: list[Mapping[str, Any]]) -> Iterator[Gap]:
    day = timedelta(days=1)
    for index, entry in enumerate(entries):
        if "gap" not in entry:
            continue
        last = index + 1 == len(entries)
        until = date.max if last else entries[index + 1]["since"] - day
        yield Gap(entry["until"] + day, until, Bilingual.of(entry["gap"]))
