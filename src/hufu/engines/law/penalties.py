"""The lawful range of a fine for the facts of a case, with its grounds and orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hufu.engines.law.ruling import Bilingual, Ruling

ZERO = Decimal(0)
LAWFUL = ("inside", "mitigated")
COMPARE = {
    "gte": Decimal.__ge__,
    "gt": Decimal.__gt__,
    "lte": Decimal.__le__,
    "lt": Decimal.__lt__,
}
INSIDE = Bilingual("inside the lawful range", "在法定幅度内")
MITIGATED = Bilingual(
    "below the range on a ground of mitigation", "具有法定减轻情节，可低于法定幅度"
)
BELOW = Bilingual(
    "below the range without a ground of mitigation", "低于法定幅度且无法定减轻情节"
)
ABOVE = Bilingual(
    "above the range: aggravation stays inside it", "高于法定幅度：从重不得超出法定幅度"
)
NOT_FINED = Bilingual("the law forbids a fine here: {title}", "依法不予处罚：{title}")


@dataclass(frozen=True, slots=True)
class PenaltyFacts:
    """What was found: amounts (None if it could not be established), circumstances."""

    on: date
    decided_on: date | None = None
    illegal_turnover: Decimal | None = None
    gains: Decimal | None = None
    goods_value: Decimal | None = None
    copies: int | None = None
    circumstances: tuple[str, ...] = ()

    def amount(self, name: str) -> Decimal | None:
        """Return the amount a rule speaks of by its name."""
        amounts = {
            "illegal_turnover": self.illegal_turnover,
            "gains": self.gains,
            "goods_value": self.goods_value,
            "copies": None if self.copies is None else Decimal(self.copies),
        }
        return amounts[name]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that changes a penalty, with the article that says so."""

    code: str
    effect: str
    title: Bilingual
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a fine is lawful, and why."""

    code: str
    reason: Bilingual
    ruling: Ruling

    @property
    def is_lawful(self) -> bool:
        """Whether the fine may be imposed."""
        return self.code in LAWFUL


@dataclass(frozen=True, slots=True)
class PenaltyRange:
    """From where to where a fine is lawful, and what comes with it."""

    name: str
    title: Bilingual
    low: Decimal
    high: Decimal
    unit: str
    rulings: tuple[Ruling, ...]
    confiscation: tuple[Bilingual, ...]
    orders: tuple[Bilingual, ...]
    aggravating: tuple[Circumstance, ...]
    mitigating: tuple[Circumstance, ...]
    exemption: Circumstance | None
    conditions: tuple[Bilingual, ...]
    working: tuple[Bilingual, ...]

    @property
    def ruling(self) -> Ruling:
        """Return the rule that gave the range."""
        return self.rulings[0]

    @property
    def is_confirmed(self) -> bool:
        """Whether every ruling behind the range was read in the law."""
        return all(r.is_confirmed for r in self.rulings)

    def judge(self, amount: Decimal, grounds: Iterable[str] = ()) -> Judgement:
        """Say whether a fine is lawful; `grounds` are codes of mitigation."""
        held = set(grounds)
        mitigating = [c for c in self.mitigating if c.code in held]
        if self.exemption and self._is_barred() and amount > 0:
            reason = NOT_FINED.filled(title=self.exemption.title)
            return Judgement("exempt", reason, self.exemption.ruling)
        if amount > self.high:
            return Judgement("above", ABOVE, self.ruling)
        if amount >= self.low:
            return Judgement("inside", INSIDE, self.ruling)
        if mitigating:
            return Judgement("mitigated", MITIGATED, mitigating[0].ruling)
        return Judgement("below", BELOW, self.ruling)

    def _is_barred(self) -> bool:
        return self.exemption is not None and self.exemption.effect == "must_exempt"

    def as_json(self) -> dict[str, Any]:
        """Return the range with its rulings as plain JSON."""
        return {
            "name": self.name,
            "title": self.title.as_json(),
            "low": str(self.low),
            "high": str(self.high),
            "unit": self.unit,
            "confiscation": [c.as_json() for c in self.confiscation],
            "orders": [o.as_json() for o in self.orders],
            "aggravating": [c.code for c in self.aggravating],
            "mitigating": [c.code for c in self.mitigating],
            "exemption": self.exemption.code if self.exemption else None,
            "conditions": [c.as_json() for c in self.conditions],
            "working": [w.as_json() for w in self.working],
            "rulings": [r.as_json() for r in self.rulings],
        }


def circumstances(*rulings: Ruling) -> tuple[Circumstance, ...]:
    """Return every circumstance that these rulings know."""
    return tuple(
        Circumstance(c["code"], c["effect"], Bilingual.of(c["title"]), ruling)
        for ruling in rulings
        for c in ruling.value.get("circumstances", ())
    )


def assess(
    ruling: Ruling, general: tuple[Ruling, ...], facts: PenaltyFacts
) -> PenaltyRange:
    """Return the range that one version of a rule gives for the facts."""
    value = ruling.value
    band = next(b for b in value["fines"] if _fits(b.get("when", {}), facts))
    low, high, working = _amounts(band, facts)
    known = circumstances(ruling, *general)
    held = [c for c in known if c.code in facts.circumstances]
    exemption = next((c for c in held if c.effect.endswith("exempt")), None)
    if exemption:
        low = ZERO
        high = ZERO if exemption.effect == "must_exempt" else high
        working = (*working, exemption.title)
    return PenaltyRange(
        name=ruling.rule,
        title=ruling.title,
        low=low,
        high=high,
        unit=value["unit"],
        rulings=(ruling, *_used(general, held)),
        confiscation=_texts(value, "confiscation"),
        orders=_texts(value, "orders"),
        aggravating=tuple(c for c in known if c.effect == "aggravate"),
        mitigating=tuple(c for c in known if c.effect == "mitigate"),
        exemption=exemption,
        conditions=_texts(value, "conditions"),
        working=working,
    )


def _used(general: tuple[Ruling, ...], held: list[Circumstance]) -> list[Ruling]:
    return [r for r in general if any(c.ruling == r for c in held)]


def _texts(value: Mapping[str, Any], key: str) -> tuple[Bilingual, ...]:
    return tuple(Bilingual.of(t) for t in value.get(key, ()))


def _fits(when: Mapping[str, Any], facts: PenaltyFacts) -> bool:
    for name, test in when.items():
        if name == "circumstance":
            if test not in facts.circumstances:
                return False
            continue
        amount = facts.amount(name)
        if amount is None:
            return False
        if not all(COMPARE[op](amount, Decimal(x)) for op, x in test.items()):
            return False
    return True


def _amounts(
    band: Mapping[str, Any], facts: PenaltyFacts
) -> tuple[Decimal, Decimal, tuple[Bilingual, ...]]:
    title = Bilingual.of(band["title"])
    ranges = []
    if "amount" in band:
        span = band["amount"]
        ranges.append((Decimal(span["low"]), Decimal(span["high"])))
    for span in band.get("multiples", ()):
        base = facts.amount(span["of"])
        if base is not None:
            low, high = Decimal(span["low"]), Decimal(span["high"])
            ranges.append((base * low, base * high))
    if not ranges:
        return ZERO, ZERO, (title,)
    high = max(r[1] for r in ranges)
    if "cap" in band:
        high = min(high, Decimal(band["cap"]))
    return min(high, *(r[0] for r in ranges)), high, (title,)


def lighter(act: PenaltyRange, decision: PenaltyRange) -> PenaltyRange:
    """Return the lighter of two ranges; the law of the act when they weigh the same."""
    if (decision.high, decision.low) < (act.high, act.low):
        return replace(decision, rulings=_joined(decision, act))
    return replace(act, rulings=_joined(act, decision))


def _joined(first: PenaltyRange, second: PenaltyRange) -> tuple[Ruling, ...]:
    more = tuple(r for r in second.rulings if r not in first.rulings)
    return first.rulings + more
