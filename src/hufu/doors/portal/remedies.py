"""The decision as the respondent sees it: what it says, what is owed, which rights."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hufu.base.access import Actor
from hufu.domain.cases.models import CaseClock
from hufu.domain.remedies import queries
from hufu.domain.remedies.models import Decision
from hufu.doors.identity import actor_of, today
from hufu.doors.portal.cases import bearer_of
from hufu.doors.storage.checking import checked_store

RIGHTS = ("deadlines.reconsideration.apply", "deadlines.litigation.sue")


@require_safe
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Show a served decision to those it was served on."""
    found = _decision(request, decision_id)
    clocks = CaseClock.objects.filter(case=found.case, rule__in=RIGHTS)
    context = {
        "decision": found,
        "letter": queries.letter_of(found, get_language() or "en"),
        "balance": queries.balance(found, today()),
        "clocks": [*found.clocks.all(), *clocks],
    }
    return render(request, "portal/remedies/decision.html", context)


@require_safe
def letter(request: HttpRequest, decision_id: UUID, language: str) -> HttpResponse:
    """Give the letter as it was issued, byte for byte."""
    found = _decision(request, decision_id)
    blob = queries.letter_blob(found, language)
    if blob is None:
        raise Http404
    with checked_store().open(blob.sha256) as stream:
        response = HttpResponse(stream.read(), content_type="application/pdf")
    name = f"{found.reference}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _decision(request: HttpRequest, decision_id: UUID) -> Decision:
    """Find it for the bearer of the notice's code, else for whoever signed in."""
    reader: Actor | None = bearer_of(request)
    if reader is None and request.user.is_authenticated:
        reader = actor_of(request)
    if reader is None:
        raise Http404
    return get_object_or_404(queries.served_decisions(reader), pk=decision_id)
