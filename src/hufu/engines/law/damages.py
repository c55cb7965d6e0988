"""What damages a court may award: methods in order, range, punitive multiple, costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hufu.engines.law.ruling import Bilingual, Ruling

ZERO = Decimal(0)
METHODS = {
    "right_holder_loss": Bilingual("loss of the right holder", "权利人的实际损失"),
    "infringer_gain": Bilingual("gain of the infringer", "侵权人的获利"),
    "licence_fee": Bilingual(
        "reasonable multiple of the licence fee", "许可使用费的合理倍数"
    ),
    "royalty": Bilingual("royalty", "权利使用费"),
}
LAW = Bilingual("Law: {cite}", "依据：{cite}")
FOUND = Bilingual("{method}: {amount}", "{method}：{amount}元")
NOT_FOUND = Bilingual("{method}: could not be established", "{method}：难以确定")
BASE = Bilingual("Base: {method}, {amount}", "计算基数：{method}，{amount}元")
CHOICE = Bilingual(
    "The right holder may choose between {list}", "权利人可以选择：{list}"
)
STATUTORY = Bilingual(
    "No method gives an amount: the court decides between {low} and {high}",
    "以上方法均难以确定：由法院在{low}元至{high}元之间酌定",
)
PUNITIVE = Bilingual(
    "Punitive: {low} to {high} times the base ({intent}, serious circumstances)",
    "惩罚性赔偿：基数的{low}倍至{high}倍（{intent}且情节严重）",
)
CAPPED = Bilingual(
    "Base and punitive part together: {high} times the base at most",
    "补偿与惩罚性赔偿总额不超过基数的{high}倍",
)
COSTS = Bilingual("Reasonable expenses on top: {amount}", "另加合理开支：{amount}元")
TOTAL = Bilingual("Total: {low} to {high}", "合计：{low}元至{high}元")


@dataclass(frozen=True, slots=True)
class DamagesFacts:
    """What was found: amounts (None if it could not be), intent, circumstances.

    `licence_fee` is the fee itself, `licence_multiple` the multiple asked for; `kind`
    narrows a statute that knows punitive damages only for some acts.
    """

    on: date
    decided_on: date | None = None
    right_holder_loss: Decimal | None = None
    infringer_gain: Decimal | None = None
    licence_fee: Decimal | None = None
    licence_multiple: Decimal = Decimal(1)
    royalty: Decimal | None = None
    costs: Decimal = ZERO
    is_intentional: bool = False
    is_serious: bool = False
    kind: str = ""

    def amount(self, method: str) -> Decimal | None:
        """Return what a method gives, or None."""
        if method == "licence_fee":
            fee = self.licence_fee
            return None if fee is None else fee * self.licence_multiple
        amounts = {
            "right_holder_loss": self.right_holder_loss,
            "infringer_gain": self.infringer_gain,
            "royalty": self.royalty,
        }
        return amounts[method]


@dataclass(frozen=True, slots=True)
class Damages:
    """From where to where damages are lawful, with the working."""

    name: str
    title: Bilingual
    method: str
    base: Decimal | None
    low: Decimal
    high: Decimal
    punitive: tuple[Decimal, Decimal] | None
    costs: Decimal
    statement: tuple[Bilingual, ...]
    rulings: tuple[Ruling, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether every ruling behind the estimate was read in the law."""
        return all(r.is_confirmed for r in self.rulings)

    def as_json(self) -> dict[str, Any]:
        """Return the estimate with its working and rulings as plain JSON."""
        return {
            "name": self.name,
            "title": self.title.as_json(),
            "method": self.method,
            "base": None if self.base is None else str(self.base),
            "low": str(self.low),
            "high": str(self.high),
            "punitive": [str(p) for p in self.punitive] if self.punitive else None,
            "costs": str(self.costs),
            "statement": [s.as_json() for s in self.statement],
            "rulings": [r.as_json() for r in self.rulings],
        }


def estimate(ruling: Ruling, cap: Ruling | None, facts: DamagesFacts) -> Damages:
    """Return the damages that a statute allows for the facts.

    `cap` is the rule on the total of punitive damages on the day of the judgment.
    """
    value = ruling.value
    method, base = _base(value, facts)
    punitive = _punitive(value, facts) if base is not None else None
    if base is None:
        low = Decimal(value["statutory"].get("min", 0))
        high = Decimal(value["statutory"]["max"])
    else:
        low, high = base, base
    if base is not None and punitive:
        low, high = base, base * _factor(punitive[1], cap)
    used = (ruling, cap) if punitive and cap else (ruling,)
    return Damages(
        name=ruling.rule,
        title=ruling.title,
        method=method,
        base=base,
        low=low + facts.costs,
        high=high + facts.costs,
        punitive=punitive,
        costs=facts.costs,
        statement=tuple(_statement(used, facts, (method, base), (low, high))),
        rulings=used,
    )


def _base(value: Mapping[str, Any], facts: DamagesFacts) -> tuple[str, Decimal | None]:
    """Return the first step that gives an amount; within a step the higher one."""
    for step in value["steps"]:
        found = [(a, m) for m in step if (a := facts.amount(m)) is not None]
        if found:
            amount, method = max(found)
            return method, amount
    return "statutory", None


def _punitive(
    value: Mapping[str, Any], facts: DamagesFacts
) -> tuple[Decimal, Decimal] | None:
    rule = value.get("punitive")
    if rule is None or not (facts.is_intentional and facts.is_serious):
        return None
    if rule.get("only") not in (None, facts.kind):
        return None
    return Decimal(rule["min"]), Decimal(rule["max"])


def _factor(highest: Decimal, cap: Ruling | None) -> Decimal:
    """Return the total over the base: base plus punitive part, or less by a cap."""
    if cap is None or cap.value["total_multiple"] is None:
        return 1 + highest
    return min(1 + highest, Decimal(cap.value["total_multiple"]))


def _statement(
    used: tuple[Ruling, ...],
    facts: DamagesFacts,
    base: tuple[str, Decimal | None],
    span: tuple[Decimal, Decimal],
) -> Iterator[Bilingual]:
    value = used[0].value
    for step in value["steps"]:
        if len(step) > 1:
            yield CHOICE.filled(list=_either([METHODS[m] for m in step]))
        for method in step:
            amount = facts.amount(method)
            text = NOT_FOUND if amount is None else FOUND
            yield text.filled(method=METHODS[method], amount=_money(amount))
    yield from _result(base, span)
    if base[1] is not None and _punitive(value, facts):
        rule = value["punitive"]
        yield PUNITIVE.filled(
            low=rule["min"], high=rule["max"], intent=Bilingual.of(rule["intent"])
        )
        if len(used) > 1 and used[1].value["total_multiple"]:
            yield CAPPED.filled(high=used[1].value["total_multiple"])
    yield COSTS.filled(amount=_money(facts.costs))
    low, high = span
    yield TOTAL.filled(low=_money(low + facts.costs), high=_money(high + facts.costs))
    for ruling in used:
        cite = Bilingual(ruling.source.cite("en"), ruling.source.cite("zh"))
        yield LAW.filled(cite=cite)


def _result(
    base: tuple[str, Decimal | None],
    span: tuple[Decimal, Decimal],
) -> Iterator[Bilingual]:
    method, amount = base
    if amount is None:
        yield STATUTORY.filled(low=_money(span[0]), high=_money(span[1]))
    else:
        yield BASE.filled(method=METHODS[method], amount=_money(amount))


def _either(texts: list[Bilingual]) -> Bilingual:
    return Bilingual(" or ".join(t.en for t in texts), "、".join(t.zh for t in texts))


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,}"
