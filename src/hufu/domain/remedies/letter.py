"""The words of a decision letter in one language; doors set them in type."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from hufu.domain.cases.models import CaseParty, Exhibit
from hufu.domain.remedies.models import Decision, Penalty
from hufu.engines import law

FINDINGS = (
    ("illegal_turnover", gettext_noop("illegal turnover")),
    ("gains", gettext_noop("illegal gains")),
    ("goods_value", gettext_noop("value of the goods")),
)


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, and rows of a table where it has one."""

    name: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def labelled_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Return each cell behind its column's heading, for a table with headings."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Letter:
    """A decision letter in one language, ready to be set in type."""

    language: str
    agency: str
    title: str
    number: str
    case_number: str
    sections: tuple[Section, ...]
    signed: tuple[str, ...]
    numbered: str
    warning: str = ""

    def section(self, name: str) -> Section:
        """Return the section of that name."""
        return next(s for s in self.sections if s.name == name)

    def texts(self) -> Iterator[str]:
        """Yield every string of the letter, for checks of its characters."""
        yield from (self.agency, self.title, self.numbered, self.warning)
        for section in self.sections:
            yield section.heading
            yield from section.paragraphs
            yield from section.columns
            for row in section.rows:
                yield from row
        yield from self.signed


def letter_of(decision: Decision, language: str) -> Letter:
    """Compose the letter of a decision in `en` or `zh-hans`."""
    with translation.override(language):
        agency = decision.agency
        decided = decision.decided_on
        signed = [_say(agency.name_en, agency.name_zh)]
        if decided:
            signed.append(day(decided))
        return Letter(
            language=language,
            agency=_say(agency.name_en, agency.name_zh),
            title=_("Administrative penalty decision"),
            number=decision.reference,
            case_number=decision.case.number,
            sections=(
                _party(decision),
                _facts(decision),
                _evidence(decision),
                _law(decision),
                _decided(decision),
                _payment(decision),
                _rights(decision),
            ),
            signed=tuple(signed),
            numbered=_("No. %(number)s · case %(case)s")
            % {"number": decision.reference, "case": decision.case.number},
            warning=_("Demonstration: everything in this letter is fictional.")
            if decision.case.demo
            else "",
        )


def money(amount: Decimal, currency: str) -> str:
    """Write an amount for people, in the language in use."""
    if _zh() and currency == "CNY":
        return f"人民币{amount:,.2f}元"
    return f"{currency} {amount:,.2f}"


def day(value: date) -> str:
    """Write a legal day for people, in the language in use."""
    return formats.date_format(value, "DATE_FORMAT")


def length(lengths: list[dict[str, Any]]) -> str:
    """Write how long a period is, in the language in use."""
    return _("and").join(_one_length(x["n"], x["unit"]) for x in lengths)


def _one_length(n: int, unit: str) -> str:
    words = {
        "day": ngettext("%(n)s day", "%(n)s days", n),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", n),
        "month": ngettext("%(n)s month", "%(n)s months", n),
        "year": ngettext("%(n)s year", "%(n)s years", n),
        "hour": ngettext("%(n)s hour", "%(n)s hours", n),
    }
    return words[unit] % {"n": n}


def penalty_words(penalty: Penalty) -> str:
    """Say one line of a decision in the language in use."""
    words = _say(penalty.text_en, penalty.text_zh)
    if penalty.amount is None:
        return words or capfirst(penalty.get_kind_display())
    amount = money(penalty.amount, penalty.currency)
    head = _("%(kind)s: %(amount)s") % {
        "kind": capfirst(penalty.get_kind_display()),
        "amount": amount,
    }
    return f"{head} — {words}" if words else head


def _zh() -> bool:
    return (translation.get_language() or "en").startswith("zh")


def _say(en: str, zh: str) -> str:
    return (zh or en) if _zh() else (en or zh)


def _cite(ruling: law.Ruling) -> str:
    cited = ruling.source.cite(translation.get_language() or "en")
    if ruling.is_confirmed:
        return cited
    return _("%(source)s (not confirmed in the pack; read by a person)") % {
        "source": cited
    }


def _party(decision: Decision) -> Section:
    rows = []
    named = decision.case.parties.filter(
        role=CaseParty.Role.RESPONDENT, removed_at=None
    ).select_related("party")
    for role in named:
        party = role.party
        rows.append((_("Name"), party.name))
        if party.uscc:
            rows.append((_("Unified social credit code"), party.uscc))
        if party.address:
            rows.append((pgettext("letter", "Address"), party.address))
    return Section("party", _("Party"), rows=tuple(rows))


def _facts(decision: Decision) -> Section:
    amounts = [
        _("%(name)s: %(amount)s")
        % {"name": capfirst(_(name)), "amount": money(amount, "CNY")}
        for attribute, name in FINDINGS
        if (amount := getattr(decision, attribute)) is not None
    ]
    words = _say(decision.findings_en, decision.findings_zh)
    return Section("facts", _("Facts found"), (*_paragraphs(words), *amounts))


def _evidence(decision: Decision) -> Section:
    exhibits = Exhibit.objects.filter(
        case=decision.case, added_at__lte=decision.drafted_at
    ).select_related("item__blob")
    rows = [
        (str(e.number), e.purpose, e.item.name, e.item.blob_id[:16])
        for e in exhibits.order_by("number")
    ]
    columns = (_("No."), _("What it proves"), _("Item"), _("SHA-256 begins"))
    return Section("evidence", _("Evidence"), columns=columns, rows=tuple(rows))


def _law(decision: Decision) -> Section:
    scope, language = decision.range, translation.get_language() or "en"
    said = [law.Bilingual.of(w).say(language) for w in scope["working"]]
    said.append(
        _("The fine may lawfully be %(low)s to %(high)s.")
        % {
            "low": money(Decimal(scope["low"]), scope["unit"]),
            "high": money(Decimal(scope["high"]), scope["unit"]),
        }
    )
    said.extend(
        _("Ground recorded: %(title)s. %(reason)s")
        % {
            "title": law.Bilingual.of(ground.title).say(language),
            "reason": ground.reason,
        }
        for ground in decision.grounds.all()
    )
    rulings = [law.Ruling.from_json(r) for r in scope["rulings"]]
    columns = (_("Rule"), _("Law and article"))
    rows = tuple((r.title.say(language), _cite(r)) for r in rulings)
    words = _paragraphs(_say(decision.reasons_en, decision.reasons_zh))
    return Section("law", _("Law applied"), (*words, *said), columns, rows)


def _decided(decision: Decision) -> Section:
    lines = tuple(f"{p.number}. {penalty_words(p)}" for p in decision.penalties.all())
    return Section("decision", _("Decision"), lines)


def _payment(decision: Decision) -> Section:
    if not decision.periods:
        return Section("payment", _("How and when to pay"))
    payment, surcharge = decision.periods["payment"], decision.periods["surcharge"]
    ruling = law.Ruling.from_json(surcharge)
    return Section(
        "payment",
        _("How and when to pay"),
        (
            _(
                "Pay within %(length)s of receiving this decision into the account on "
                "the payment slip enclosed, naming the number of this decision."
            )
            % {"length": length(payment["lengths"])},
            _(
                "Whoever pays late may be charged %(rate)s%% of the unpaid fine for "
                "each day of delay; the surcharge never exceeds the fine (%(source)s)."
            )
            % {"rate": ruling.value, "source": _cite(ruling)},
            _(
                "Whoever cannot pay in time may ask the agency in writing to defer "
                "payment or to accept instalments."
            ),
        ),
    )


def _rights(decision: Decision) -> Section:
    if not decision.periods or decision.decided_on is None:
        return Section("rights", _("Your rights"))
    decided = day(decision.decided_on)
    rows = []
    for name, what in (
        ("payment", _("Pay the fine")),
        ("reconsideration", _("Apply to the people's government for reconsideration")),
        ("suit", _("Sue before the people's court")),
    ):
        period = decision.periods[name]
        ruling = law.Ruling.from_json(period["rulings"][0])
        last = day(date.fromisoformat(period["due_on"]))
        rows.append((what, length(period["lengths"]), last, _cite(ruling)))
    columns = (
        _("What"),
        _("Within"),
        _("Last day if you receive this on %(day)s") % {"day": decided},
        _("Law"),
    )
    said = (
        _(
            "You may apply for administrative reconsideration or sue. Each period "
            "begins when you receive this decision: a later day of receipt moves the "
            "last day accordingly. Neither step by itself suspends the decision."
        ),
    )
    return Section("rights", _("Your rights"), said, columns, tuple(rows))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in text.splitlines() if p.strip())
