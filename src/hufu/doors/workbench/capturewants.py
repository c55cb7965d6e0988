"""The case or lead that wants a capture: named in the address, shown with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hufu.domain.cases.models import Case
from hufu.domain.cases.queries import visible_cases
from hufu.domain.evidence.models import Capture
from hufu.domain.evidence.queries import captures_about, visible_captures
from hufu.domain.leads.models import Lead
from hufu.domain.leads.queries import visible_leads
from hufu.domain.people.models import Account
from hufu.domain.people.permissions import Permission
from hufu.doors.identity import actor_of
from hufu.doors.look.parts import Fact

SEEN: dict[str, Callable[[Account], QuerySet[Any]]] = {
    "case": visible_cases,
    "lead": visible_leads,
}


def wanting_record(request: HttpRequest) -> Case | Lead | None:
    """Return the case or lead that the address names, if the officer may see it."""
    for kind, seen in SEEN.items():
        if key := request.GET.get(kind):
            return _found(seen(actor_of(request)), key)
    return None


def _found(seen: QuerySet[Any], key: str) -> Case | Lead:
    try:
        record: Case | Lead | None = seen.filter(pk=UUID(key)).first()
    except ValueError:
        record = None
    if record is None:
        raise Http404
    return record


def record_of(actor: Account, one: Capture) -> Case | Lead | None:
    """Return the case or lead that wanted a capture, if the officer may see it."""
    kind, _colon, key = one.about.partition(":")
    if kind not in SEEN:
        return None
    found: Case | Lead | None = SEEN[kind](actor).filter(pk=key).first()
    return found


def first_words(record: Case | Lead | None) -> dict[str, str]:
    """Fill in the form what the record knows: the purpose, a lead's address."""
    if record is None:
        return {}
    said = {"purpose": f"{fact_of(record).value}: {record.title}"[:500]}
    return said | ({"url": record.url} if isinstance(record, Lead) else {})


def fact_of(record: Case | Lead | None) -> Fact:
    """Name the record with the address of its page."""
    if isinstance(record, Case):
        url = reverse("workbench:case", args=[record.pk])
        return Fact(_("Asked for the"), _("case %s") % record.number, url)
    if isinstance(record, Lead):
        url = reverse("workbench:lead", args=[record.pk])
        return Fact(_("Asked for the"), _("lead %s") % record.reference, url)
    return Fact("", "")


def is_untied(one: Capture) -> bool:
    """Say whether what came did not become part of the record that wanted it."""
    if one.item is None or not one.about:
        return False
    ties = (
        one.item.exhibits if one.about.startswith("case") else one.item.attachment_set
    )
    return not ties.exists()


def captures_context(
    record: Case | Lead, actor: Account, *, may_ask: bool
) -> dict[str, Any]:
    """List the captures asked for a record, which may be opened, and where to ask."""
    kind = "case" if isinstance(record, Case) else "lead"
    found = list(captures_about(f"{kind}:{record.pk}"))
    seen: set[Any] = set()
    if found and actor.holds(Permission.EVIDENCE_CAPTURE):
        opened = visible_captures(actor).filter(pk__in=[one.pk for one in found])
        seen = set(opened.values_list("pk", flat=True))
    url = f"{reverse('workbench:captures')}?{kind}={record.pk}" if may_ask else ""
    return {
        "captures": [(one, one.pk in seen) for one in found],
        "capture_url": url,
    }
