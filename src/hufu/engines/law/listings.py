"""May somebody be put on the serious-violation list, and taken off it early."""

from collections.abc import Collection
from dataclasses import dataclass

from hufu.engines.law.ruling import Bilingual, Ruling


@dataclass(frozen=True, slots=True)
class ListingLaw:
    """The rules on the list of one day."""

    acts: Ruling
    heavier: Ruling
    no_intent: Ruling
    consent: Ruling


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """Codes of the acts and of the penalties found, whether no intent was proved."""

    acts: Collection[str]
    penalties: Collection[str]
    is_lack_of_intent_proved: bool = False
    level: str = "county"


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether both conditions hold; a person decides."""

    acts: tuple[Bilingual, ...]
    penalties: tuple[Bilingual, ...]
    is_exempt: bool
    needs_consent_above: bool
    rulings: tuple[Ruling, ...]

    @property
    def is_listable(self) -> bool:
        """Whether a listed act met a heavier penalty and nothing exempts."""
        return bool(self.acts and self.penalties) and not self.is_exempt


@dataclass(frozen=True, slots=True)
class Repair:
    """Whether early removal may be asked for, and what is missing."""

    missing: tuple[Bilingual, ...]
    ruling: Ruling

    @property
    def is_possible(self) -> bool:
        """Whether every condition is met (the waiting time is a deadline)."""
        return not self.missing


def listing(law: ListingLaw, facts: ListingFacts) -> Listing:
    """Return whether the criteria of the list are met."""
    return Listing(
        acts=_held(law.acts, facts.acts),
        penalties=_held(law.heavier, facts.penalties),
        is_exempt=facts.is_lack_of_intent_proved and bool(law.no_intent.value),
        needs_consent_above=facts.level in law.consent.value,
        rulings=(law.acts, law.heavier, law.no_intent, law.consent),
    )


def repair(conditions: Ruling, met: Collection[str]) -> Repair:
    """Return what is still missing for early removal."""
    missing = tuple(
        Bilingual.of(c["title"]) for c in conditions.value if c["code"] not in met
    )
    return Repair(missing, conditions)


def _held(ruling: Ruling, codes: Collection[str]) -> tuple[Bilingual, ...]:
    return tuple(
        Bilingual.of(entry["title"]) for entry in ruling.value if entry["code"] in codes
    )
