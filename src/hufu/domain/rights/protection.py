"""How long a right lasts by law, from its kind and dates, and under which rule."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hufu.base.law import book
from hufu.domain.rights.models import Right
from hufu.engines.law import LawError, Ruling, Term

Kind, Form = Right.Kind, Right.Subtype
# What lasts until something ends it, or where only the author's death sets the end.
OPEN_ENDED = (
    Kind.GEOGRAPHICAL_INDICATION,
    Kind.COPYRIGHT,
    Kind.TRADE_SECRET,
    Kind.TRADITIONAL_KNOWLEDGE,
)
_BY_FILING = (Kind.INVENTION, Kind.UTILITY_MODEL, Kind.DESIGN)
# Forms with a rule of their own, whoever the author is.
_WORKS = {
    Form.FILM: "audiovisual",
    Form.PERFORMANCE: "performance",
    Form.RECORDING: "recording",
    Form.BROADCAST: "broadcast",
}
# Of these the term runs from publication; of the others from the making itself.
_PUBLISHED = ("audiovisual", "organisation")


@dataclass(frozen=True, slots=True)
class Protection:
    """The last day, if one can be known, and the rules that set it.

    `is_stated` says that the register names the day; `renewable_until_on` is how long a
    trademark may still be renewed after it.
    """

    last_on: date | None = None
    renewable_until_on: date | None = None
    rulings: tuple[Ruling, ...] = ()
    is_stated: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether every rule was read in the law."""
        return all(ruling.is_confirmed for ruling in self.rulings)


NONE = Protection()


def protection_of(right: Right, renewed_on: Iterable[date] = ()) -> Protection:
    """Say how long a right lasts; nothing where the law here sets no day.

    A day that the register states goes before the computed one: an office knows of fees
    and extensions. The pack's law says nothing of rights of another country.
    """
    if not right.is_registration:
        return NONE
    try:
        found = _stated(right) or (_computed(right) if _is_domestic(right) else NONE)
        if right.kind == Kind.TRADEMARK and found.last_on and _is_domestic(right):
            return _renewed(found, renewed_on)
    except LawError:  # the pack has no rule for that kind or that day
        return _stated(right) or NONE
    return found


def _is_domestic(right: Right) -> bool:
    """Say whether a right is one of the pack's own country, as far as it tells."""
    stated = right.territory or right.office
    country = book().pack.country
    words = re.findall(r"[A-Z]{2,}", stated.upper())
    return not words or country in words or any(w.startswith(country) for w in words)


def _stated(right: Right) -> Protection | None:
    return Protection(right.expires_on, is_stated=True) if right.expires_on else None


def _computed(right: Right) -> Protection:
    if right.kind in _BY_FILING:
        return _patent(right)
    if right.kind == Kind.TRADEMARK and right.registered_on:
        return _under(book().registered_term("trademark", right.registered_on))
    if right.kind == Kind.PLANT_VARIETY and right.registered_on:
        woody = right.extra.get("woody") == "yes"
        return _under(book().variety_term(right.registered_on, is_woody=woody))
    if right.kind == Kind.LAYOUT_DESIGN:
        return _layout(right)
    return _work(right) if right.kind == Kind.COPYRIGHT else NONE


def _under(term: Term) -> Protection:
    return Protection(term.last_on, None, (term.ruling,))


def _patent(right: Right) -> Protection:
    """Count from filing; the patent of a new drug is extended for its approval."""
    if right.filed_on is None:
        return NONE
    approved_on = _extra_day(right, "drug_approved_on")
    if right.kind == Kind.INVENTION and approved_on:
        drug = book().drug_term(right.filed_on, approved_on)
        return Protection(drug.last_on, None, drug.rulings)
    return _under(book().term(right.kind, right.filed_on))


def _layout(right: Right) -> Protection:
    """Count from filing or first use, whichever is earlier, and never past creation."""
    begins = [day for day in (right.filed_on, _extra_day(right, "used_on")) if day]
    if not begins:
        return NONE
    return _under(book().layout_term(min(begins), right.arose_on))


def _work(right: Right) -> Protection:
    """Count to the end of the fiftieth year after what the law names for the work."""
    work, made_on = _sort_of_work(right), right.arose_on
    if work == "author":
        died_on = _extra_day(right, "author_died_on")
        term = book().work_term(work, died_on) if died_on else None
    elif work in _PUBLISHED:
        from_on = _extra_day(right, "published_on")
        # What is not published within fifty years of its making is free by then.
        late = made_on and from_on and book().work_term(work, made_on).last_on < from_on
        from_on = made_on if late else from_on or made_on
        term = book().work_term(work, from_on) if from_on else None
    else:
        from_on = made_on or _extra_day(right, "published_on")
        term = book().work_term(work, from_on) if work and from_on else None
    return _under(term) if term else NONE


def _sort_of_work(right: Right) -> str:
    by_author = {"person": "author", "organisation": "organisation"}
    own = _WORKS.get(Form(right.subtype), "") if right.subtype else ""
    return own or by_author.get(right.extra.get("author_kind", ""), "")


def _renewed(found: Protection, renewed_on: Iterable[date]) -> Protection:
    if found.last_on is None:
        return found
    kept = book().renewed(found.last_on, renewed_on, is_stated=found.is_stated)
    return Protection(
        kept.last_on,
        kept.renewable_until_on,
        (*found.rulings, kept.ruling),
        is_stated=found.is_stated and not kept.renewals,
    )


def _extra_day(right: Right, name: str) -> date | None:
    """Read a day that a file or a holder gave; what is no day says nothing."""
    try:
        return date.fromisoformat(right.extra.get(name, "")[:10])
    except ValueError:
        return None
