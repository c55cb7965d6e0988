"""What the law allows for the facts found, and whether a decision stays inside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.errors import Refusal
from hufu.base.law import book
from hufu.engines import law

PENALTIES = "penalties."


@dataclass(frozen=True)
class GroundFacts:
    """A circumstance that the law names by a code, and why the file bears it out."""

    code: str
    reason: str


@dataclass(frozen=True)
class Findings:
    """What was found, as the law engine asks it. None: could not be established."""

    rule: str
    acted_on: date
    illegal_turnover: Decimal | None = None
    gains: Decimal | None = None
    goods_value: Decimal | None = None
    copies: int | None = None
    grounds: tuple[GroundFacts, ...] = field(default=())


def rules_on(day: date) -> list[tuple[str, law.Bilingual]]:
    """Return the violations that the pack can assess on a day, with their titles."""
    found = []
    for name in book().names(PENALTIES):
        rule = book().rule(name)
        if rule.says(day) and "fines" in rule.on(day).value:
            found.append((name.removeprefix(PENALTIES), rule.on(day).title))
    return found


def range_for(findings: Findings, decided_on: date) -> law.PenaltyRange:
    """Return the lawful range for the facts; refuse what the pack cannot answer."""
    facts = law.PenaltyFacts(
        on=findings.acted_on,
        decided_on=decided_on,
        illegal_turnover=findings.illegal_turnover,
        gains=findings.gains,
        goods_value=findings.goods_value,
        copies=findings.copies,
        circumstances=tuple(g.code for g in findings.grounds),
    )
    try:
        return book().penalty(findings.rule, facts)
    except law.NoRulingError as error:
        reason = error.reason.say(get_language() or "en") if error.reason else ""
        raise Refusal(
            "law_silent",
            _("The rule pack does not answer for this day. %(reason)s")
            % {"reason": reason},
            basis=error.rule,
        ) from error
    except law.UnknownRuleError as error:
        raise Refusal(
            "violation_unknown", _("Choose a violation that the rule pack knows.")
        ) from error


def known_circumstances(rule: str, day: date) -> tuple[law.Circumstance, ...]:
    """Return the circumstances that the law names for a violation on a day."""
    try:
        return book().circumstances(rule, day)
    except law.LawError:
        return ()


def check_grounds(findings: Findings) -> dict[str, law.Circumstance]:
    """Refuse grounds the law does not name, or that nobody explains."""
    known = {c.code: c for c in known_circumstances(findings.rule, findings.acted_on)}
    for ground in findings.grounds:
        if ground.code not in known:
            raise Refusal(
                "ground_unknown",
                _("The law does not name this circumstance."),
                basis=ground.code,
            )
        if not ground.reason.strip():
            raise Refusal(
                "ground_unexplained",
                _("Say which facts of the file bear out each ground you record."),
                basis=known[ground.code].ruling.source.cite(get_language() or "en"),
            )
    return {g.code: known[g.code] for g in findings.grounds}


def check_fine(
    scope: law.PenaltyRange, amount: Decimal, grounds: Iterable[str]
) -> law.Judgement:
    """Refuse a fine outside the range unless a recorded ground allows it."""
    judgement = scope.judge(amount, grounds)
    if judgement.is_lawful:
        return judgement
    language = get_language() or "en"
    raise Refusal(
        f"fine_{judgement.code}",
        _(
            "A fine of %(amount)s is not lawful here: %(reason)s. "
            "The range for these facts is %(low)s to %(high)s %(unit)s."
        )
        % {
            "amount": amount,
            "reason": judgement.reason.say(language),
            "low": scope.low,
            "high": scope.high,
            "unit": scope.unit,
        },
        basis=judgement.ruling.source.cite(language),
    )


def unconfirmed(stored: Iterable[dict[str, Any]]) -> list[law.Ruling]:
    """Return the stored rulings that nobody has read in the law yet."""
    # Two versions of one rule may stand side by side: the act's law and today's.
    rulings = [law.Ruling.from_json(r) for r in stored]
    return [r for r in rulings if not r.is_confirmed]
