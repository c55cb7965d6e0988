"""Words of the law for a reader: their language, citations, why there is no answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from hufu.base.law import book
from hufu.engines.law import Bilingual, LawError, NoRulingError, Ruling

CURRENCIES = {"CNY": pgettext_lazy("currency", "CNY")}
SURE = {
    "verified": (gettext_lazy("read in the law"), "good"),
    "secondary": (gettext_lazy("from a second source"), "plain"),
    "unconfirmed": (gettext_lazy("unconfirmed"), "wait"),
}


def said(words: Bilingual) -> str:
    """Say words of the law in the reader's language."""
    return words.say(get_language() or "en")


def in_both(words: Bilingual) -> tuple[tuple[str, str], ...]:
    """Say words in both languages with their codes, the reader's language first."""
    pairs = (("en", words.en), ("zh-Hans", words.zh))
    return pairs if said(words) == words.en else pairs[::-1]


def currency() -> str:
    """Name the currency of the pack as the reader's language writes it."""
    code = book().pack.currency
    return str(CURRENCIES.get(code, code))


def told(words: Mapping[str, str]) -> str:
    """Say words that come as `{en, zh}` data in the reader's language."""
    return said(Bilingual.of(words))


def money(amount: Decimal) -> str:
    """Write an amount with separators and without a tail of zeros."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount.normalize():,f}"


@dataclass(frozen=True, slots=True)
class Cited:
    """One article behind an answer: what it rules, where it stands, how sure we are."""

    title: str
    cite: str
    since: date
    until: date | None
    sure: str
    tone: str

    @classmethod
    def of(cls, ruling: Ruling) -> "Cited":
        """Cite a ruling in the reader's language."""
        sure, tone = SURE[ruling.confidence]
        cite = ruling.source.cite(get_language() or "en")
        since, until = ruling.since, ruling.until
        return cls(said(ruling.title), cite, since, until, str(sure), tone)


def cited(rulings: Iterable[Ruling]) -> list[Cited]:
    """Cite rulings, each once, in the order given."""
    return [Cited.of(ruling) for ruling in dict.fromkeys(rulings)]


def doubtful(rulings: Iterable[Ruling]) -> list[str]:
    """Name the rules that nobody confirmed in the law itself."""
    titles = (said(r.title) for r in dict.fromkeys(rulings) if not r.is_confirmed)
    return list(dict.fromkeys(titles))


def silence(error: LawError) -> str:
    """Say why the law gives no answer, and what to do."""
    if not isinstance(error, NoRulingError):
        return _("The rules kept here do not answer this.")
    if error.reason is not None:
        return said(error.reason)
    rule, day = book().rule(error.rule), date_format(error.day)
    first = date_format(rule.rulings[0].since)
    words = {"rule": said(rule.title), "day": day, "first": first}
    if error.day < rule.rulings[0].since:
        text = _(
            "On %(day)s the rules kept here say nothing about “%(rule)s”: they begin on"
            " %(first)s. Choose that day or a later one; about the law before, ask a"
            " lawyer."
        )
    else:
        text = _(
            "On %(day)s the rules kept here say nothing about “%(rule)s”. Ask a lawyer"
            " or the body that handles your matter."
        )
    return text % words
