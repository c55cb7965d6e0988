"""The respondent's door: notice, file, defence, hearing, objection, recusal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hufu.base.access import Actor
from hufu.base.clocks import explain_clock
from hufu.base.errors import Refusal
from hufu.domain.cases import queries, services
from hufu.domain.cases.models import CaseClock, CaseParty, Submission
from hufu.domain.evidence import services as evidence
from hufu.domain.people.actors import Bearer
from hufu.domain.people.models import Account
from hufu.domain.remedies.queries import decision_served_in
from hufu.doors.identity import now
from hufu.doors.portal.forms.cases import CodeForm, RecusalForm, WordsForm
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.checking import checked_store
from hufu.doors.storage.downloads import attachment

KEY = "notice_party"


def bearer_of(request: HttpRequest) -> Bearer | None:
    """Return who came in with the code of a notice, as long as it is valid."""
    key = request.session.get(KEY)
    if key is None:
        return None
    known = CaseParty.objects.filter(pk=UUID(key)).exclude(notice_code_hash="")
    party = known.first()
    return Bearer(party.case_id) if party else None


def speaker(request: HttpRequest, party_id: UUID) -> tuple[Actor, CaseParty]:
    """Return who speaks for a party; for everybody else the file does not exist."""
    bearer = bearer_of(request)
    if bearer and request.session.get(KEY) == str(party_id):
        parties = queries.respondent_parties(bearer)
        return bearer, get_object_or_404(parties, pk=party_id)
    account = request.user
    if isinstance(account, Account):
        parties = queries.respondent_parties(account)
        return account, get_object_or_404(parties, pk=party_id)
    raise Http404


@never_cache
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a notice; whoever has an account sees their files."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        found, status = _knock(form)
        if found is not None:
            request.session.cycle_key()
            request.session[KEY] = str(found.pk)
            return redirect("portal:case-file", found.pk)
    account = request.user
    mine = queries.respondent_parties(account) if isinstance(account, Account) else ()
    context = {"form": form, "mine": mine}
    return render(request, "portal/cases/door.html", context, status=status)


def _knock(form: CodeForm) -> tuple[CaseParty | None, int]:
    """Look a code up by its digest; too many wrong ones make everybody wait."""
    at = now()
    try:
        services.check_code_rate(at)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None, 429
    found = queries.party_by_code(form.cleaned_data["code"])
    if found is None:
        services.note_wrong_code(at=at)
        form.add_error("code", _("This code is not valid. Check it letter by letter."))
        return None, 404
    return found, 200


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser."""
    request.session.pop(KEY, None)
    return redirect("portal:case-door")


@never_cache
def file(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Show what a respondent is entitled to see, and every right with its day."""
    _actor, party = speaker(request, party_id)
    context = {
        **_shown(party),
        "form": WordsForm(),
        "recusal": RecusalForm(_officers(party)),
    }
    return render(request, "portal/cases/file.html", context)


def _shown(party: CaseParty) -> dict[str, object]:
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    agency = party.case.agency
    return {
        "party": party,
        "case": party.case,
        "agency": agency.name_zh if language == "zh" else agency.name_en,
        "intention": queries.served_intention(party),
        "exhibits": queries.disclosed_exhibits(party),
        "clocks": [(c, c.title[language]) for c in queries.respondent_clocks(party)],
        "submissions": _own_words(party),
        "decision": decision_served_in(party.case_id),
    }


def _own_words(party: CaseParty) -> list[tuple[Submission, str]]:
    own = Submission.objects.filter(case=party.case_id, party=party)
    return [
        (words, services.basis_of(words))
        for words in own.prefetch_related("items").order_by("-at")
    ]


def _officers(party: CaseParty) -> object:
    return Account.objects.filter(
        case_duties__case=party.case_id, case_duties__removed_at=None
    ).distinct()


@never_cache
def send(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Take a statement, a request for a hearing, an objection, or a waiver."""
    actor, party = speaker(request, party_id)
    if request.method != "POST":
        return redirect("portal:case-file", party_id)
    form = WordsForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = _send(form, actor, party)
        except Refusal as refusal:
            form.add_error(None, f"{refusal.message} {refusal.basis}".strip())
        else:
            _tell(request, sent)
            return redirect("portal:case-file", party_id)
    context = {
        **_shown(party),
        "form": form,
        "recusal": RecusalForm(_officers(party)),
    }
    return render(request, "portal/cases/file.html", context, status=409)


def _send(form: WordsForm, actor: Actor, party: CaseParty) -> Submission:
    at = now()
    items = [
        evidence.deposit_item(
            actor=actor,
            at=at,
            storage=blob_store(),
            upload=evidence.Upload(upload, upload.name),
            agency=party.case.agency,
            restricted=True,
        )
        for upload in form.cleaned_data["uploads"]
    ]
    kind = Submission.Kind(form.cleaned_data["kind"])
    words = services.Words(kind, form.cleaned_data["body"], items)
    return services.make_submission(actor=actor, at=at, party=party, words=words)


def _tell(request: HttpRequest, sent: Submission) -> None:
    if sent.late:
        day = sent.due_on
        text = _("Received, but late: the last day was %(day)s. It stays in the file.")
        messages.warning(request, text % {"day": day})
    else:
        messages.success(request, _("Received in time. It is part of the file now."))


@never_cache
def recusal(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Ask that an officer stand back."""
    actor, party = speaker(request, party_id)
    if request.method != "POST":
        return redirect("portal:case-file", party_id)
    form = RecusalForm(_officers(party), request.POST)
    if form.is_valid():
        try:
            services.ask_recusal(
                actor=actor, at=now(), party=party, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("Received. The head of the agency decides about it.")
            )
            return redirect("portal:case-file", party_id)
    context = {**_shown(party), "form": WordsForm(), "recusal": form}
    return render(request, "portal/cases/file.html", context, status=409)


@never_cache
def exhibit(request: HttpRequest, party_id: UUID, exhibit_id: UUID) -> HttpResponseBase:
    """Hand out a disclosed exhibit, as a download only."""
    actor, party = speaker(request, party_id)
    found = get_object_or_404(queries.disclosed_exhibits(party), pk=exhibit_id)
    item, stream = services.inspect_exhibit(
        actor=actor, at=now(), storage=checked_store(), party=party, exhibit=found
    )
    return attachment(stream, item.name)


def why(request: HttpRequest, party_id: UUID, clock_id: UUID) -> HttpResponse:
    """Explain the last day of one of the respondent's periods."""
    _actor, party = speaker(request, party_id)
    clock: CaseClock = get_object_or_404(queries.respondent_clocks(party), pk=clock_id)
    language = get_language() or "en"
    explained = explain_clock(clock)
    context = {
        "party": party,
        "clock": clock,
        "title": clock.title["zh" if language.startswith("zh") else "en"],
        "sentences": [s.say(language) for s in explained.sentences],
        "days": [(d.on, d.number, d.reason.say(language)) for d in explained.days],
    }
    return render(request, "portal/cases/why.html", context)
