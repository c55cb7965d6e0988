"""The register for everybody: looking rights up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hufu.base.law import book
from hufu.domain.people.models import Account
from hufu.domain.rights import queries
from hufu.domain.rights.models import Right
from hufu.domain.rights.nice import class_label
from hufu.domain.rights.protection import OPEN_ENDED
from hufu.doors.identity import today
from hufu.doors.look.parts import Event, Fact
from hufu.doors.portal.forms.rights import SearchForm

PER_PAGE = 20


def rights(request: HttpRequest) -> HttpResponse:
    """Search the register; the address of a result can be kept and shared."""
    chinese = (get_language() or "").startswith("zh")
    form = SearchForm(request.GET or None, chinese=chinese)
    context = {"form": form, "registers": queries.registers(), "most": queries.MOST}
    if form.is_valid():
        search = form.search(today())
        found = queries.search_rights(search)
        page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
        start = (page.number - 1) * PER_PAGE
        shown = found.rights(start, start + PER_PAGE, day=search.day)
        context |= {"page_obj": page, "rights": shown, "day": search.day}
        context |= {"found": found, "asked": True}
    return render(request, "portal/rights/index.html", context)


def right(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Show one right, with its status on a day."""
    day = parse_date_or(request.GET.get("day", ""))
    visitor = request.user
    seen = (
        queries.visible_rights(visitor)
        if isinstance(visitor, Account)
        else queries.public_rights()
    )
    one = get_object_or_404(seen.select_related("register"), pk=right_id)
    chinese = (get_language() or "").startswith("zh")
    context = {
        "right": one,
        "day": day,
        "status": queries.status_on(one, day),
        "lasting": lasting_of(one),
        "facts": facts_of(one),
        "classes": [class_label(c.number, chinese=chinese) for c in one.classes.all()],
        "events": events_of(one),
    }
    return render(request, "portal/rights/right.html", context)


def parse_date_or(text: str) -> date:
    """Read a day from an address; today where there is none or a wrong one."""
    try:
        return parse_date(text) or today()
    except ValueError:
        return today()


def facts_of(one: Right) -> list[Fact]:
    """List what the register says, leaving out what it does not."""
    holder = one.holder.name if one.holder else one.holder_name
    stated = (
        (_("Kind"), one.get_kind_display()),
        (_("Form"), one.get_subtype_display()),
        (_("Use of the mark"), one.get_mark_role_display()),
        (_("Number"), one.number),
        (_("Office"), one.office),
        (_("Holder"), holder),
        (_("Country of the holder"), one.holder_country),
        (_("Agent"), one.agent_name),
        (_("Author"), one.extra.get("author")),
        (_("Created on"), one.arose_on),
        (_("First published on"), one.extra.get("published_on")),
        (_("Territory"), one.territory),
        (_("Application filed on"), one.filed_on),
        (_("Registered on"), one.registered_on),
        (_("Expires on"), one.expires_on),
        (_("Status as the source words it"), one.status_text),
        (_("What it is") if one.is_stated else _("Goods and services"), one.goods),
        (_("SHA-256"), one.secret_sha256 or one.work_sha256),
    )
    return [Fact(str(label), value) for label, value in stated if value]


def events_of(one: Right) -> list[Event]:
    """List what happened, the latest first."""
    told = reversed(one.events.all())
    return [Event(at=e.on, title=e.get_kind_display(), text=e.text) for e in told]


@dataclass(frozen=True)
class Lasting:
    """How long a right lasts, in words, with the citation of each rule."""

    words: str
    rules: list[str]
    is_confirmed: bool = True


def lasting_of(one: Right) -> Lasting:
    """Say until when a right lasts and which article says so."""
    if not one.is_registration:
        return Lasting(_("A name in use, not a registration: it has no term."), [])
    found = queries.protection_on_record(one)
    language = get_language() or "en"
    rules = [ruling.source.cite(language) for ruling in found.rulings]
    if found.last_on is None:
        return Lasting(*_without_day(one, language))
    words = [_("Until %(day)s.") % {"day": found.last_on}]
    if found.is_stated:
        words = [_("Until %(day)s, as the register states.") % {"day": found.last_on}]
    if found.renewable_until_on:
        late = {"day": found.renewable_until_on}
        words.append(_("It can still be renewed until %(day)s.") % late)
    return Lasting(" ".join(words), rules, found.is_confirmed)


def _without_day(one: Right, language: str) -> tuple[str, list[str]]:
    """Say why no last day is known."""
    if one.kind not in OPEN_ENDED:
        return (
            _(
                "Not known: the register states no last day, and no rule of the law"
                " here sets one."
            ),
            [],
        )
    if one.kind != Right.Kind.COPYRIGHT:
        return _("No fixed term: it lasts until something ends it."), []
    rule = book().rule("terms.works.author").rulings[-1]
    words = _(
        "For the author's life and %(years)d years after it; the day that decides is"
        " not recorded here."
    )
    return words % {"years": rule.value}, [rule.source.cite(language)]
