"""One answer of the law on one day: its value, span, citation and how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

CONFIDENCES = ("verified", "secondary", "unconfirmed")


class LawError(LookupError):
    """The book cannot answer."""


class UnknownRuleError(LawError):
    """No rule of the pack has that name."""


class PackError(ValueError):
    """A file of the pack cannot be read as a rule."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in English and in Chinese."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        """Return the Chinese for any `zh…` language code, else the English."""
        return self.zh if language.lower().startswith("zh") else self.en

    def filled(self, **blanks: "Bilingual | object") -> "Bilingual":
        """Fill the `{blanks}` of both texts."""
        return Bilingual(
            self.en.format_map({k: _in(v, "en") for k, v in blanks.items()}),
            self.zh.format_map({k: _in(v, "zh") for k, v in blanks.items()}),
        )

    def as_json(self) -> dict[str, str]:
        """Return both texts as plain JSON."""
        return {"en": self.en, "zh": self.zh}

    @classmethod
    def of(cls, data: Mapping[str, Any] | str) -> "Bilingual":
        """Read a `{en, zh}` mapping; what was stored as plain text reads in both."""
        if isinstance(data, str):
            return cls(data, data)
        return cls(str(data["en"]), str(data["zh"]))


def _in(value: object, language: str) -> object:
    return value.say(language) if isinstance(value, Bilingual) else value


DOUBT = Bilingual(" [number unconfirmed]", "，文号待核实")
CITATION = Bilingual("{0} ({2}) {1}", "{0}（{2}）{1}")
PLAIN_CITATION = Bilingual("{0} {1}", "{0}{1}")


class NoRulingError(LawError):
    """The rule exists and says nothing on that day; `reason` says why, if stated."""

    def __init__(self, rule: str, day: date, reason: Bilingual | None = None) -> None:
        """Keep what a person needs to go on with."""
        said = f": {reason.en}" if reason else ""
        super().__init__(f"{rule} says nothing on {day}{said}")
        self.rule, self.day, self.reason = rule, day, reason


class UnlawfulGroundError(LawError):
    """A pause or an extension was asked for on a ground that the rule does not know."""

    def __init__(self, rule: str, ground: str, allowed: tuple[str, ...]) -> None:
        """Keep the grounds that the rule does know."""
        known = ", ".join(allowed) or "none"
        super().__init__(f"{rule} does not know the ground {ground!r}; known: {known}")
        self.rule, self.ground, self.allowed = rule, ground, allowed


@dataclass(frozen=True, slots=True)
class Source:
    """Instrument, number and article: what makes a value law."""

    instrument: Bilingual
    number: Bilingual | None
    article: Bilingual
    number_confirmed: bool = True

    def cite(self, language: str) -> str:
        """Return the citation as one line."""
        number = self.number.say(language) if self.number else ""
        if number and not self.number_confirmed:
            number += DOUBT.say(language)
        parts = CITATION if number else PLAIN_CITATION
        return (
            parts.say(language)
            .format(self.instrument.say(language), self.article.say(language), number)
            .strip()
        )

    def as_json(self) -> dict[str, Any]:
        """Return the citation as plain JSON."""
        return {
            "instrument": self.instrument.as_json(),
            "number": self.number.as_json() if self.number else None,
            "article": self.article.as_json(),
            "number_confirmed": self.number_confirmed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Source":
        """Read what `as_json` gave."""
        return cls(
            Bilingual.of(data["instrument"]),
            Bilingual.of(data["number"]) if data["number"] else None,
            Bilingual.of(data["article"]),
            data["number_confirmed"],
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says between two days (both inclusive), and on what authority.

    `value` is a Decimal, int, str, bool, date, None, a tuple of these, or a read-only
    mapping; `confidence` is one of `CONFIDENCES`.
    """

    rule: str
    value: Any = field(hash=False)
    since: date
    until: date | None
    source: Source
    confidence: str
    title: Bilingual

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody read this in the law; if not, people must be told."""
        return self.confidence != "unconfirmed"

    def as_json(self) -> dict[str, Any]:
        """Return the ruling as plain JSON, to be stored with a decision."""
        return {
            "rule": self.rule,
            "value": to_json(self.value),
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "source": self.source.as_json(),
            "confidence": self.confidence,
            "title": self.title.as_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Ruling":
        """Read what `as_json` gave."""
        return cls(
            rule=data["rule"],
            value=from_json(data["value"]),
            since=date.fromisoformat(data["since"]),
            until=date.fromisoformat(data["until"]) if data["until"] else None,
            source=Source.from_json(data["source"]),
            confidence=data["confidence"],
            title=Bilingual.of(data["title"]),
        )


def to_json(value: object) -> Any:
    """Return a value as JSON; decimals and dates are tagged so that they come back."""
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case date():
            return {"$date": value.isoformat()}
        case Mapping():
            return {str(k): to_json(v) for k, v in value.items()}
        case list() | tuple():
            return [to_json(v) for v in value]
    return value


def from_json(value: object) -> Any:
    """Read what `to_json` gave."""
    match value:
        case {"$decimal": str(number)}:
            return Decimal(number)
        case {"$date": str(day)}:
            return date.fromisoformat(day)
        case dict():
            return MappingProxyType({k: from_json(v) for k, v in value.items()})
        case list():
            return tuple(from_json(v) for v in value)
    return value


def freeze(value: object) -> Any:
    """Return a value that nobody can change: tuples, read-only mappings, decimals."""
    match value:
        case float():
            return Decimal(str(value))
        case dict():
            return MappingProxyType({str(k): freeze(v) for k, v in value.items()})
        case list():
            return tuple(freeze(v) for v in value)
    return value
