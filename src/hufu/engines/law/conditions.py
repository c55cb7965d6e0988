"""Conditions on figures: are they met, by how much, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hufu.engines.law.ruling import Bilingual

Figure = Decimal | int | bool
Condition = Mapping[str, Any]
ZERO = Decimal(0)
HALF = Decimal("0.5")
TWO = 2
AMOUNT, COUNT, FACT = "amount", "count", "fact"
AT_LEAST = Bilingual("{metric} of {need} or more", "{metric}{need}以上")
BELOW = Bilingual("{metric} below {need}", "{metric}不足{need}")
BOTH = Bilingual("{a} and {b}", "{a}，且{b}")
EITHER = Bilingual("{a} or {b}", "{a}，或者{b}")
PLUS = Bilingual("{a} plus {b}", "{a}与{b}合计")
SEMICOLON = Bilingual("{a}; {b}", "{a}；{b}")
HALVES = Bilingual(
    "at least half of two or more of: {list}",
    "下列两项以上分别达到标准一半以上：{list}",
)


@dataclass(frozen=True, slots=True)
class Standard:
    """How figures are measured: words for them, and a multiple of the amounts."""

    words: Mapping[str, Any]
    multiple: int = 1
    not_for: tuple[str, ...] = ()

    def need(self, metric: str, amount: Decimal | int) -> Decimal:
        """Return what is needed of a metric after the multiple."""
        if self.multiple == 1 or metric in self.not_for:
            return Decimal(amount)
        return Decimal(amount) * self.multiple

    def word(self, metric: str) -> Bilingual:
        """Return the words for a metric."""
        return Bilingual.of(self.words[metric])


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure against what is needed; `missing` is zero when it is reached."""

    metric: str
    have: Decimal | None
    need: Decimal

    @property
    def missing(self) -> Decimal:
        """Return how much is still missing."""
        return max(self.need - (self.have or ZERO), ZERO)

    @property
    def excess(self) -> Decimal:
        """Return by how much the figure is over."""
        return max((self.have or ZERO) - self.need, ZERO)


@dataclass(frozen=True, slots=True)
class Prong:
    """One alternative of a condition: met or not, with its figures."""

    text: Bilingual
    is_met: bool
    measures: tuple[Measure, ...]

    @property
    def shortfall(self) -> Decimal:
        """Return how far the farthest figure is away, as a share of what is needed."""
        parts = [m.missing / m.need for m in self.measures if m.need]
        return max(parts, default=Decimal(1))


def is_met(condition: Condition, figures: Mapping[str, Figure], by: Standard) -> bool:
    """Say whether the figures meet the condition."""
    if "metric" in condition:
        return _is_reached(condition, figures, by)
    if "all" in condition:
        return all(is_met(p, figures, by) for p in condition["all"])
    if "any" in condition:
        return any(is_met(p, figures, by) for p in condition["any"])
    if "sum" in condition:
        metrics = condition["sum"]
        return _sum(metrics, figures) >= by.need(metrics[0], condition["gte"])
    if "half_of_two" in condition:
        return len(_halved(condition["half_of_two"], figures, by)) >= TWO
    return False


def _is_reached(
    condition: Condition, figures: Mapping[str, Figure], by: Standard
) -> bool:
    metric = condition["metric"]
    have = figures.get(metric)
    if "gte" in condition:
        return have is not None and have >= by.need(metric, condition["gte"])
    if "lt" in condition:
        return (have or 0) < by.need(metric, condition["lt"])
    return have is True


def _sum(metrics: tuple[str, ...], figures: Mapping[str, Figure]) -> Decimal:
    return sum((Decimal(figures.get(m) or ZERO) for m in metrics), ZERO)


def _halved(
    parts: Iterable[Condition], figures: Mapping[str, Figure], by: Standard
) -> set[object]:
    """Return the items of the law of which half is reached.

    The law counts items: two figures of one item are one; a part that names no item
    is an item of its own.
    """
    return {_item(p) for p in parts if _is_half(p, figures, by)}


def _item(part: Condition) -> object:
    return part.get("item", part["metric"])


def _is_half(part: Condition, figures: Mapping[str, Figure], by: Standard) -> bool:
    have = figures.get(part["metric"])
    if have is None:
        return False
    return have >= by.need(part["metric"], part["gte"]) * HALF


def prongs(
    condition: Condition, figures: Mapping[str, Figure], by: Standard
) -> tuple[Prong, ...]:
    """Return every alternative of a condition with what it needs."""
    parts = condition.get("any", (condition,))
    return tuple(
        Prong(said(p, by), is_met(p, figures, by), tuple(_measures(p, figures, by)))
        for p in parts
    )


def _measures(
    condition: Condition, figures: Mapping[str, Figure], by: Standard
) -> Iterator[Measure]:
    match condition:
        case {"metric": metric, "gte": amount}:
            yield Measure(metric, _have(metric, figures), by.need(metric, amount))
        case {"sum": metrics, "gte": amount}:
            have = _sum(metrics, figures)
            yield Measure("+".join(metrics), have, by.need(metrics[0], amount))
        case {"all": parts}:
            for part in parts:
                yield from _measures(part, figures, by)
        case {"any": parts}:
            options = [tuple(_measures(p, figures, by)) for p in parts]
            yield from min(options, key=_gap)
        case {"half_of_two": parts}:
            yield from _nearest_halves(parts, figures, by)
        case {"metric": metric, "eq": True}:
            holds = figures.get(metric) is True
            yield Measure(metric, Decimal(int(holds)), Decimal(1))


def _nearest_halves(
    parts: Iterable[Condition], figures: Mapping[str, Figure], by: Standard
) -> list[Measure]:
    """Return the two halves that lack the least, of two different items."""
    nearest: dict[object, Measure] = {}
    for part in parts:
        metric = part["metric"]
        need = by.need(metric, part["gte"]) * HALF
        half, item = Measure(metric, _have(metric, figures), need), _item(part)
        if item not in nearest or _gap((half,)) < _gap((nearest[item],)):
            nearest[item] = half
    return sorted(nearest.values(), key=lambda half: _gap((half,)))[:TWO]


def metrics(condition: Condition) -> Iterator[tuple[str, str]]:
    """Yield the figures that a condition asks for, each with its kind."""
    match condition:
        case {"metric": metric, "eq": _}:
            yield metric, FACT
        case {"metric": metric}:
            yield metric, _kind(metric)
        case {"sum": parts}:
            yield from ((metric, _kind(metric)) for metric in parts)
        case {"all": parts} | {"any": parts} | {"half_of_two": parts}:
            for part in parts:
                yield from metrics(part)


def _kind(metric: str) -> str:
    return COUNT if metric.endswith("_count") else AMOUNT


def _gap(measures: tuple[Measure, ...]) -> Decimal:
    return max((m.missing / m.need for m in measures), default=Decimal(1))


def _have(metric: str, figures: Mapping[str, Figure]) -> Decimal | None:
    have = figures.get(metric)
    return None if have is None else Decimal(have)


def said(condition: Condition, by: Standard) -> Bilingual:
    """Say a condition in words."""
    match condition:
        case {"metric": metric, **test} if "gte" in test or "lt" in test:
            text = _amount(by.word(metric), metric, test, by)
        case {"metric": metric}:
            text = by.word(metric)
        case {"sum": metrics, **test}:
            words = _joined([by.word(m) for m in metrics], PLUS)
            text = _amount(words, metrics[0], test, by)
        case {"all": parts}:
            text = _joined([said(p, by) for p in parts], BOTH)
        case {"any": parts}:
            text = _joined([said(p, by) for p in parts], EITHER)
        case {"half_of_two": parts}:
            text = HALVES.filled(list=_joined([said(p, by) for p in parts], SEMICOLON))
        case _:
            text = Bilingual.of(condition["other"])
    return text


def _amount(
    words: Bilingual, metric: str, test: Mapping[str, Any], by: Standard
) -> Bilingual:
    pattern, amount = (AT_LEAST, test["gte"]) if "gte" in test else (BELOW, test["lt"])
    return pattern.filled(metric=words, need=f"{by.need(metric, amount):,}")


def _joined(texts: list[Bilingual], pattern: Bilingual) -> Bilingual:
    whole = texts[0]
    for text in texts[1:]:
        whole = pattern.filled(a=whole, b=text)
    return whole
