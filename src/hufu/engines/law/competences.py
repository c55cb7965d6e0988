"""Which body acts for which right, act, place and day, and what it was called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hufu.engines.law.ruling import Bilingual, Ruling

STATE = "000000"
LEVELS = ("national", "province", "city", "county")
UNNAMED = Bilingual("(division {code})", "(行政区划{code})")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was called on a day."""

    code: str
    name: Bilingual
    level: str
    region: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Competent:
    """A body that the law names for an act, in which role, and what is not known."""

    body_code: str
    name: Bilingual
    level: str
    region: str
    role: str
    ruling: Ruling
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Specialised:
    """A court for one field of law, in the province of a place."""

    name: Bilingual
    region: str
    opened_on: date
    ruling: Ruling
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Hotline:
    """A telephone number, and what it is for."""

    title: Bilingual
    number: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Regions:
    """Names of administrative divisions by six-digit code."""

    names: Mapping[str, Bilingual]

    @classmethod
    def of(cls, files: Iterable[Mapping[str, Any]]) -> "Regions":
        """Read the tables of divisions among the files of a pack."""
        tables = (data["names"] for data in files if data["kind"] == "regions")
        return cls({str(c): Bilingual.of(n) for t in tables for c, n in t.items()})

    def name(self, code: str) -> Bilingual:
        """Return the full name of a division, its parents' names in front."""
        parts = [self.names[c] for c in lineage(code) if c in self.names]
        if code not in self.names and code != STATE and not self._is_bracket(code):
            parts.append(UNNAMED.filled(code=code))
        parts = _without_repeats(parts)
        return Bilingual(
            ", ".join(p.en for p in reversed(parts)), "".join(p.zh for p in parts)
        )

    def _is_bracket(self, code: str) -> bool:
        """Whether a code only groups the districts right under a province."""
        grouped = level_of(code) == "city" and lineage(code)[0] in self.names
        return grouped and any(c.startswith(code[:4]) for c in self.names)


def _without_repeats(parts: list[Bilingual]) -> list[Bilingual]:
    return [p for i, p in enumerate(parts) if i == 0 or p != parts[i - 1]]


def level_of(code: str) -> str:
    """Return the level that a six-digit code stands for."""
    if code == STATE:
        return "national"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def lineage(code: str) -> tuple[str, ...]:
    """Return the codes from the province down to `code`, without the state."""
    steps = (f"{code[:2]}0000", f"{code[:4]}00", code)
    return tuple(dict.fromkeys(s for s in steps if s != STATE))


def choose(code: str, levels: tuple[str, ...]) -> str:
    """Return the division at which a body of these levels acts for a place.

    The place itself when its level is allowed, else the nearest above that is; a
    place above all allowed levels stands for itself, since a superior body may act.
    """
    if levels == ("national",):
        return STATE
    for step in reversed((STATE, *lineage(code))):
        if level_of(step) in levels:
            return step
    return code


def named(body: Ruling, code: str, region: str, regions: Regions) -> Bilingual:
    """Return what a body is called at a region, on the day of its ruling."""
    names: Mapping[str, Any] = body.value["names"]
    level = level_of(region)
    pattern = names.get(level) or names.get("local") or names.get("national")
    if pattern is None:
        raise KeyError(f"{code} has no name at the level {level}")
    return Bilingual.of(pattern).filled(region=regions.name(region))


def specialised(ruling: Ruling, region: str, on: date) -> tuple[Specialised, ...]:
    """Return the specialised courts that were open for a place.

    A court serves its province, or the smaller `area` that the pack gives it.
    """
    found = [
        Specialised(
            name=Bilingual.of(court["name"]),
            region=court["region"],
            opened_on=date.fromisoformat(court["opened_on"]),
            ruling=ruling,
            note=note(court),
        )
        for court in ruling.value
        if court.get("area", lineage(court["region"])[0]) in lineage(region)
    ]
    return tuple(c for c in found if c.opened_on <= on)


def stand_ins(
    courts: Iterable[Specialised], entry: Mapping[str, Any]
) -> tuple[Competent, ...]:
    """Return the specialised courts that take the place of a body that yields."""
    return tuple(_stand_in(c, entry) for c in courts) if "yields" in entry else ()


def _stand_in(court: Specialised, entry: Mapping[str, Any]) -> Competent:
    """Return a specialised court in the place of the body of an entry."""
    return Competent(
        body_code=entry["body"],
        name=court.name,
        level=entry["levels"][0],
        region=court.region,
        role=entry["role"],
        ruling=court.ruling,
        note=court.note or note(entry),
    )


def note(entry: Mapping[str, Any]) -> Bilingual | None:
    """Return what the pack cannot say of a body."""
    return Bilingual.of(entry["note"]) if "note" in entry else None


def hotlines(ruling: Ruling, bodies: Collection[str]) -> tuple[Hotline, ...]:
    """Return the hotlines behind which one of these bodies answers."""
    return tuple(
        Hotline(Bilingual.of(line["title"]), line["number"], ruling)
        for line in ruling.value.values()
        if not set(bodies).isdisjoint(line["bodies"])
    )
