"""Each question that can be asked in JSON, answered from a book."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hufu.engines.law.book import Book
from hufu.engines.law.clocks import Extension, Pause, UnfitError
from hufu.engines.law.conditions import FACT, Figure
from hufu.engines.law.crimes import Act, CrimeFacts, accumulate
from hufu.engines.law.damages import DamagesFacts
from hufu.engines.law.listings import ListingFacts
from hufu.engines.law.penalties import PenaltyFacts
from hufu.engines.law.ruling import Bilingual, Ruling
from hufu.engines.law.valuations import Goods

Facts = Mapping[str, Any]
Answer = dict[str, Any]


def _ruling(book: Book, day: date, facts: Facts) -> Answer:
    return book.on(day, facts["rule"]).as_json()


def _deadline(book: Book, _day: date, facts: Facts) -> Answer:
    deadline = book.deadline(
        facts["rule"],
        date.fromisoformat(facts["start"]),
        [
            Pause(_day_of(p, "from_on"), _day_of(p, "to_on"), p["ground"])
            for p in facts.get("pauses", ())
        ],
        [Extension(**e) for e in facts.get("extensions", ())],
    )
    return {**deadline.as_json(), "explanation": deadline.explain().as_json()}


def _crime(book: Book, day: date, facts: Facts) -> Answer:
    figures = _figures(facts["figures"]) if "figures" in facts else _added_up(facts)
    _require_kinds(book, facts["offence"], day, figures)
    return book.crime(
        facts["offence"],
        CrimeFacts(
            on=day,
            figures=figures,
            decided_on=_decided_on(facts),
            is_unit=facts.get("is_unit", False),
            is_reasonably_suspected=facts.get("is_reasonably_suspected", False),
        ),
    ).as_json()


def _penalty(book: Book, day: date, facts: Facts) -> Answer:
    return book.penalty(
        facts["rule"],
        PenaltyFacts(
            on=day,
            decided_on=_decided_on(facts),
            illegal_turnover=_amount(facts, "illegal_turnover"),
            gains=_amount(facts, "gains"),
            goods_value=_amount(facts, "goods_value"),
            copies=facts.get("copies"),
            circumstances=tuple(facts.get("circumstances", ())),
        ),
    ).as_json()


def _damages(book: Book, day: date, facts: Facts) -> Answer:
    return book.damages(
        facts["rule"],
        DamagesFacts(
            on=day,
            decided_on=_decided_on(facts),
            right_holder_loss=_amount(facts, "right_holder_loss"),
            infringer_gain=_amount(facts, "infringer_gain"),
            licence_fee=_amount(facts, "licence_fee"),
            licence_multiple=_amount(facts, "licence_multiple") or Decimal(1),
            royalty=_amount(facts, "royalty"),
            costs=_amount(facts, "costs") or Decimal(0),
            is_intentional=facts.get("is_intentional", False),
            is_serious=facts.get("is_serious", False),
            kind=facts.get("kind", ""),
        ),
    ).as_json()


def _competence(book: Book, day: date, facts: Facts) -> Answer:
    found = book.competence(facts["right"], facts["act"], facts["region"], day)
    courts = book.specialised_courts(facts["region"], day)
    lines = book.hotlines({c.body_code for c in found}, day)
    used = [x.ruling for group in (found, courts, lines) for x in group]
    return {
        "bodies": [
            {
                "body_code": c.body_code,
                "name": c.name.as_json(),
                "level": c.level,
                "region": c.region,
                "role": c.role,
                "note": c.note.as_json() if c.note else None,
            }
            for c in found
        ],
        "specialised_courts": [
            {"name": c.name.as_json(), "opened_on": c.opened_on.isoformat()}
            for c in courts
        ],
        "hotlines": [{"title": x.title.as_json(), "number": x.number} for x in lines],
        "rulings": _rulings(*dict.fromkeys(used)),
    }


def _evidence(book: Book, day: date, facts: Facts) -> Answer:
    present, traits = set(facts.get("present", ())), set(facts.get("traits", ()))
    return book.evidence(facts["channel"], day, present, traits).as_json()


def _valuation(book: Book, day: date, facts: Facts) -> Answer:
    goods = Goods(
        quantity=facts["quantity"],
        is_sold=facts.get("is_sold", False),
        sale_price=_amount(facts, "sale_price"),
        found_average_price=_amount(facts, "found_average_price"),
        labelled_price=_amount(facts, "labelled_price"),
        market_price=_amount(facts, "market_price"),
    )
    found = book.value_goods(goods, day)
    amount = None if found.amount is None else str(found.amount)
    rulings = _rulings(found.ruling)
    return {"amount": amount, "price": found.price, "rulings": rulings}


def _listing(book: Book, day: date, facts: Facts) -> Answer:
    lacks_intent = facts.get("is_lack_of_intent_proved", False)
    level = facts.get("level", "county")
    found = book.listing(
        ListingFacts(facts["acts"], facts["penalties"], lacks_intent, level), day
    )
    return {
        "is_listable": found.is_listable,
        "acts": _texts(found.acts),
        "penalties": _texts(found.penalties),
        "is_exempt": found.is_exempt,
        "needs_consent_above": found.needs_consent_above,
        "rulings": _rulings(*found.rulings),
    }


def _repair(book: Book, day: date, facts: Facts) -> Answer:
    found = book.repair(facts["met"], day)
    return {
        "is_possible": found.is_possible,
        "missing": _texts(found.missing),
        "rulings": _rulings(found.ruling),
    }


def _reward(book: Book, day: date, facts: Facts) -> Answer:
    circumstances = facts.get("circumstances", ())
    found = book.reward(
        int(facts["level"]), Decimal(facts["fined"]), day, circumstances
    )
    return {
        "amount": str(found.amount),
        "is_due": found.is_due,
        "is_capped": found.is_capped,
        "is_least": found.is_least,
        "needs_finance_approval": found.needs_finance_approval,
        "exclusions": _texts(found.exclusions),
        "rulings": _rulings(*found.rulings),
    }


def _term(book: Book, _day: date, facts: Facts) -> Answer:
    filed_on, added, delayed = _day_of(facts, "filed_on"), 0, None
    usual = book.term(facts["right"], filed_on)
    ends, rulings = usual.expires_on, [usual.ruling]
    if "approved_on" in facts:
        drug = book.drug_term(filed_on, _day_of(facts, "approved_on"))
        ends, added = drug.expires_on, drug.added_days
        rulings += drug.rulings
    if "granted_on" in facts:
        requested_on = _day_of(facts, "requested_on")
        delay = book.delay(filed_on, requested_on, _day_of(facts, "granted_on"))
        delayed = delay.is_delayed
        rulings.append(delay.ruling)
    return {
        "expires_on": ends.isoformat(),
        "added_days": added,
        "is_delayed": delayed,
        "rulings": _rulings(*dict.fromkeys(rulings)),
    }


def _figures(data: Mapping[str, Any]) -> dict[str, Figure]:
    return {k: v if isinstance(v, bool) else Decimal(v) for k, v in data.items()}


def _require_kinds(
    book: Book, offence: str, day: date, figures: Mapping[str, Figure]
) -> None:
    """Refuse yes for an amount, and an amount where the law asks yes or no."""
    kinds = {m: kind for m, (_words, kind) in book.figures(offence, day).items()}
    for metric, figure in figures.items():
        is_fact = kinds.get(metric) == FACT
        if metric in kinds and is_fact is not isinstance(figure, bool):
            wanted = "true or false" if is_fact else "an amount or count"
            raise UnfitError(metric, f"{metric} is {wanted}")


def _added_up(facts: Facts) -> dict[str, Figure]:
    return accumulate(
        Act(_day_of(a, "on"), _figures(a["figures"]), a.get("is_dealt_with", False))
        for a in facts["acts"]
    )


def _texts(texts: tuple[Bilingual, ...]) -> list[dict[str, str]]:
    return [text.as_json() for text in texts]


def _rulings(*rulings: Ruling) -> list[dict[str, Any]]:
    return [ruling.as_json() for ruling in rulings]


def _day_of(data: Facts, key: str) -> date:
    return date.fromisoformat(data[key])


def _decided_on(facts: Facts) -> date | None:
    return _day_of(facts, "decided_on") if "decided_on" in facts else None


def _amount(facts: Facts, key: str) -> Decimal | None:
    return Decimal(facts[key]) if key in facts else None


ANSWERS: Mapping[str, Callable[[Book, date, Facts], Answer]] = {
    "competence": _competence,
    "crime": _crime,
    "damages": _damages,
    "deadline": _deadline,
    "evidence": _evidence,
    "listing": _listing,
    "penalty": _penalty,
    "repair": _repair,
    "reward": _reward,
    "ruling": _ruling,
    "term": _term,
    "valuation": _valuation,
}
