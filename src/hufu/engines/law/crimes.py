"""Whether an act reaches a criminal threshold, in which tier, under which law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hufu.engines.law.conditions import (
    AMOUNT,
    Figure,
    Prong,
    Standard,
    is_met,
    metrics,
    prongs,
)
from hufu.engines.law.ruling import Bilingual, Ruling, to_json
from hufu.engines.law.valuations import Goods, total, value_goods

TIERS = ("none", "attempt_first", "first", "attempt_second", "second")
FINISHED_FIRST = ("first", "second", "attempt_first", "attempt_second")
REVIEW = "review"
UNREAD = Bilingual(
    "the amounts of this tier were not read in the law: a person must review",
    "该档数额标准尚未经法律文本核实，须由人审查",
)
UNSOLD, VOLUME = "goods_value", "illegal_business_volume"
NEXT = {
    "none": "first",
    "attempt_first": "first",
    "first": "second",
    "attempt_second": "second",
}


@dataclass(frozen=True, slots=True)
class CrimeFacts:
    """What was found: figures by metric, and who acted.

    `figures` holds amounts and counts as numbers and yes-or-no facts as `True`; a
    figure that is not there could not be established. `goods` are valued in the order
    of prices of each law, and added to the figures.
    """

    on: date
    figures: Mapping[str, Figure]
    decided_on: date | None = None
    is_unit: bool = False
    is_reasonably_suspected: bool = False
    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One of several acts, with its figures."""

    on: date
    figures: Mapping[str, Figure]
    is_dealt_with: bool = False


@dataclass(frozen=True, slots=True)
class CrimeLaw:
    """The rules for one offence on one day."""

    thresholds: Ruling
    sentence: Ruling | None
    standard: Standard
    others: tuple[Ruling, ...]
    order: Ruling | None = None

    @property
    def metrics(self) -> dict[str, str]:
        """Return every figure that the law asks for, as `amount`, `count` or `fact`."""
        value = self.thresholds.value
        found: dict[str, str] = {}
        for tier in (t for t in FINISHED_FIRST if t in value):
            found |= {m: k for m, k in metrics(value[tier]) if m not in found}
        for review in value.get("review", ()):
            found.setdefault(review["if_known"], AMOUNT)
        return found


@dataclass(frozen=True, slots=True)
class Assessment:
    """The tier that the figures reach under the law of one day."""

    offence: str
    title: Bilingual
    tier: str
    reasons: tuple[Bilingual, ...]
    law: CrimeLaw = field(repr=False)
    facts: CrimeFacts = field(repr=False)
    transfer_ruling: Ruling | None = field(repr=False, default=None)
    compared: tuple["Assessment", ...] = field(repr=False, default=())

    @property
    def needs_review(self) -> bool:
        """Whether the law gives no number, so that a person must decide."""
        return self.tier == REVIEW

    @property
    def is_confirmed(self) -> bool:
        """Whether the tier and every ruling behind it were read in the law."""
        unread = self.law.thresholds.value.get("unconfirmed", ())
        return self.tier not in unread and all(r.is_confirmed for r in self.rulings)

    @property
    def is_reached(self) -> bool:
        """Whether the threshold of the offence (or of its attempt) is reached."""
        return self.tier not in ("none", REVIEW)

    @property
    def must_transfer(self) -> bool:
        """Whether the case goes to the police: reached, or suspected where enough."""
        suffices = self.transfer_ruling is not None and self.transfer_ruling.value
        suspected = self.facts.is_reasonably_suspected and bool(suffices)
        return self.is_reached or suspected

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Return every ruling behind the assessment, the thresholds first."""
        found = [self.law.thresholds, self.law.sentence, *self.law.others]
        found += [self.transfer_ruling]
        for other in self.compared:
            found += other.rulings
        return tuple(dict.fromkeys(r for r in found if r is not None))

    @property
    def sentence(self) -> Mapping[str, Any] | None:
        """Return the statutory punishment of the tier, if one is reached."""
        if not self.is_reached or self.law.sentence is None:
            return None
        tier = self.tier.removeprefix("attempt_")
        found: Mapping[str, Any] | None = self.law.sentence.value.get(tier)
        return found

    def prongs(self, tier: str) -> tuple[Prong, ...]:
        """Return every alternative of a tier with its figures; empty without one."""
        condition = self.law.thresholds.value.get(tier) if tier in TIERS else None
        if condition is None:
            return ()
        return prongs(condition, self.facts.figures, self.law.standard)

    @property
    def met(self) -> tuple[Prong, ...]:
        """Return the alternatives that brought the act into its tier."""
        return tuple(p for p in self.prongs(self.tier) if p.is_met)

    @property
    def nearest(self) -> Prong | None:
        """Return the alternative of the next tier that lacks the least."""
        following = self.prongs(NEXT.get(self.tier, ""))
        unmet = [p for p in following if p.measures and not p.is_met]
        return min(unmet, key=lambda p: p.shortfall, default=None)

    @property
    def severity(self) -> tuple[Decimal, int]:
        """Return how heavy the result weighs, for comparing two laws."""
        years = self.sentence["max_years"] if self.sentence else 0
        return Decimal(years), TIERS.index(self.tier)

    def as_json(self) -> dict[str, Any]:
        """Return the assessment with its working and rulings as plain JSON."""
        return {
            "offence": self.offence,
            "title": self.title.as_json(),
            "tier": self.tier,
            "must_transfer": self.must_transfer,
            "is_confirmed": self.is_confirmed,
            "reasons": [r.as_json() for r in self.reasons],
            "sentence": to_json(self.sentence),
            "compared": [
                {"tier": c.tier, "thresholds": c.law.thresholds.as_json()}
                for c in self.compared
            ],
            "met": [_prong(p) for p in self.met],
            "nearest": _prong(self.nearest) if self.nearest else None,
            "rulings": [r.as_json() for r in self.rulings],
        }


def _prong(prong: Prong) -> dict[str, Any]:
    return {
        "text": prong.text.as_json(),
        "figures": [
            {
                "metric": m.metric,
                "have": None if m.have is None else str(m.have),
                "need": str(m.need),
                "missing": str(m.missing),
                "excess": str(m.excess),
            }
            for m in prong.measures
        ],
    }


def valued(facts: CrimeFacts, law: CrimeLaw) -> CrimeFacts:
    """Return the facts with the value of the goods among the figures.

    What was not sold is a figure of its own where the law asks for it, else a part of
    the business volume.
    """
    if not facts.goods or law.order is None:
        return facts
    worth = total(value_goods(goods, law.order) for goods in facts.goods)
    metric = UNSOLD if UNSOLD in law.metrics else VOLUME
    figures = {**facts.figures, metric: facts.figures.get(metric, 0) + worth}
    return replace(facts, figures=figures)


def assess(offence: str, law: CrimeLaw, facts: CrimeFacts) -> Assessment:
    """Return the tier that the figures reach under one law."""
    value = law.thresholds.value
    reasons = _reviews(value, facts)
    tier = REVIEW if reasons else _tier(value, facts, law.standard)
    if tier in value.get("unconfirmed", ()):
        reasons = (UNREAD,)
    if open_readings := _open(value, facts, law.standard, tier):
        tier = REVIEW if tier == TIERS[0] else tier
        reasons += open_readings
    return Assessment(offence, law.thresholds.title, tier, reasons, law, facts)


def _reviews(value: Mapping[str, Any], facts: CrimeFacts) -> tuple[Bilingual, ...]:
    found = [
        Bilingual.of(r["reason"])
        for r in value.get("review", ())
        if facts.figures.get(r["if_known"])
    ]
    return tuple(dict.fromkeys(found))


def _open(
    value: Mapping[str, Any], facts: CrimeFacts, by: Standard, tier: str
) -> tuple[Bilingual, ...]:
    """Return why a higher tier may be reached, on readings the text leaves open."""
    if tier == REVIEW:
        return ()
    found = [
        Bilingual.of(reading["reason"])
        for reading in value.get("open", ())
        if TIERS.index(reading["tier"]) > TIERS.index(tier)
        and is_met(reading["if_met"], facts.figures, by)
    ]
    return tuple(dict.fromkeys(found))


def _tier(value: Mapping[str, Any], facts: CrimeFacts, by: Standard) -> str:
    known = [t for t in reversed(TIERS[1:]) if t in value]
    reached = (t for t in known if is_met(value[t], facts.figures, by))
    return next(reached, "none")


def lighter(act: Assessment, decision: Assessment) -> Assessment:
    """Return the lighter of two; a review on either side stays a review."""
    if act.needs_review or decision.needs_review:
        return act if act.needs_review else decision
    return decision if decision.severity < act.severity else act


def accumulate(acts: Iterable[Act]) -> dict[str, Figure]:
    """Add up the figures of acts that were not dealt with yet."""
    total: dict[str, Figure] = {}
    for act in acts:
        if act.is_dealt_with:
            continue
        for metric, figure in act.figures.items():
            if isinstance(figure, bool):
                total[metric] = figure or bool(total.get(metric, False))
            else:
                total[metric] = Decimal(total.get(metric, 0)) + figure
    return total
