"""What an informant may be rewarded: level, least and most, exclusions, approval."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hufu.engines.law.ruling import Bilingual, Ruling

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class RewardLaw:
    """The rules on rewards of one day."""

    levels: Ruling
    excluded: Ruling
    finance: Ruling


@dataclass(frozen=True, slots=True)
class Reward:
    """A reward in the currency of the pack, and what stands in its way."""

    amount: Decimal
    is_capped: bool
    is_least: bool
    needs_finance_approval: bool
    exclusions: tuple[Bilingual, ...]
    rulings: tuple[Ruling, ...]

    @property
    def is_due(self) -> bool:
        """Whether nothing excludes the informant."""
        return not self.exclusions


def reward(
    law: RewardLaw, level: int, fined: Decimal, circumstances: Iterable[str]
) -> Reward:
    """Return the reward for a level from what was fined and confiscated."""
    value = law.levels.value
    rule = value["levels"][str(level)]
    cap, least = Decimal(value["cap_per_case"]), Decimal(rule["min"])
    share = fined * Decimal(rule["percent"]) / HUNDRED
    amount = min(max(share, least), cap)
    held = set(circumstances)
    exclusions = tuple(
        Bilingual.of(e["title"]) for e in law.excluded.value if e["code"] in held
    )
    return Reward(
        amount=amount if not exclusions else Decimal(0),
        is_capped=share > cap,
        is_least=share < least,
        needs_finance_approval=not exclusions and amount >= law.finance.value,
        exclusions=exclusions,
        rulings=(law.levels, law.excluded, law.finance),
    )
