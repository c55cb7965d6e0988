"""Was this party on the list? The answer is a certificate that anybody can check."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hufu.base.errors import Refusal
from hufu.domain.cases.models import CaseParty
from hufu.domain.people.models import Account
from hufu.domain.publication import queries, services
from hufu.domain.publication.lists import list_named
from hufu.domain.publication.models import ListDay
from hufu.doors.identity import now, today
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.portal.cases import KEY, bearer_of
from hufu.doors.portal.forms.certificates import ListForm
from hufu.doors.storage.listmaps import certify
from hufu.doors.storage.prooflog import log_origin, log_signer
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.errors import ProofError

HEADS = timedelta(days=400)
PAGES = {
    "": "portal/publication/certificate.html",
    "print": "portal/publication/certificate_print.html",
}


@dataclass(frozen=True)
class Question:
    """What a valid form asks."""

    name: str
    day: date
    code: str
    reason: str

    @classmethod
    def of(cls, form: ListForm) -> "Question":
        """Take it from a form."""
        said = form.cleaned_data
        return cls(said["name"], said["day"], said["code"], said.get("reason", ""))


@never_cache
def certificate(request: HttpRequest) -> HttpResponse:
    """Ask for a party and a day; answer with a certificate, or say why there is none.

    The code is sent in the body of the request: it stands in no address and no log.
    """
    account = request.user if isinstance(request.user, Account) else None
    officer = account is not None and account.is_officer
    form = ListForm(request.POST or None, today=today(), officer=officer)
    shown: dict[str, Any] = {"form": form, "key": str(log_signer().key)}
    wanted = request.POST.get("as", "")
    if form.is_valid():
        try:
            made = _answer(request, account, Question.of(form))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            if wanted == "json":
                return _download(made)
            shown |= describe(made)
    page = PAGES.get(wanted if "certificate" in shown else "", PAGES[""])
    return render(request, page, shown)


def _answer(
    request: HttpRequest, account: Account | None, asked: Question
) -> Certificate:
    past = asked.day < today()
    own = set(_codes_of_notice(request))
    own |= queries.own_codes(account) if account else frozenset()
    if not queries.may_ask(account, own, asked.code, past=past):
        raise Refusal(
            "past_day",
            _(
                "Of a day that is past only the party itself gets a certificate, or an"
                " officer who says why. Sign in with an account whose organisation the"
                " office has checked, or enter the code of your notice first."
            ),
        )
    row = queries.list_day(asked.name, asked.day)
    try:
        made = certify(row, asked.code) if row else None
    except ProofError as error:
        raise Refusal("key_replaced", _key_replaced()) from error
    if row is None or made is None:
        raise Refusal("no_map", _no_map(past=past))
    if past and asked.code not in own and account is not None:
        services.enquire_list(
            actor=account, at=now(), row=row, code=asked.code, reason=asked.reason
        )
    return made


def _key_replaced() -> str:
    return _(
        "The key of this log was replaced since. Of the days before, nothing can be"
        " certified any more."
    )


def _no_map(*, past: bool) -> str:
    if past:
        return _("The list of this day was not recorded, so nothing can be certified.")
    return _("Today's list is not in the log yet. Try again in some minutes.")


def _codes_of_notice(request: HttpRequest) -> list[str]:
    """Return the credit code of whoever came in with the code of a served notice."""
    if bearer_of(request) is None:
        return []
    found = CaseParty.objects.filter(pk=request.session[KEY]).select_related("party")
    return [one.party.uscc for one in found if one.party.uscc]


def _download(made: Certificate) -> HttpResponse:
    response = HttpResponse(bytes(made), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="certificate.json"'
    return response


def describe(made: Certificate) -> dict[str, Any]:
    """Check a certificate as anybody would, and say what it proves."""
    known = known_witnesses()
    proved = made.verify(log_origin(), [log_signer().key], known)
    signed = proved.checkpoint.witnesses
    listed = list_named(proved.head.name)
    return {
        "certificate": proved,
        "title": listed.title if listed else proved.head.name,
        "taken_at": datetime.fromisoformat(proved.head.at) if proved.head.at else None,
        "text": bytes(made).decode(),
        "independent": [s.key.name for s in signed if not known[s.key]],
        "own": [s.key.name for s in signed if known[s.key]],
    }


@require_safe
def heads(_request: HttpRequest) -> HttpResponse:
    """Give the head of every list and day, so that anybody can see there is one."""
    rows = queries.list_days(today() - HEADS)
    data = {"log": str(log_signer().key), "heads": [_head(row) for row in rows]}
    words = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(words, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _head(row: ListDay) -> dict[str, Any]:
    leaf = getattr(row.entry, "leaf", None)
    return {
        "list": row.name,
        "day": row.day.isoformat(),
        "root": row.root,
        "vrf_key": row.entry.facts["vrf_key"],
        "index": leaf.index if leaf else None,
        "opening": bytes(leaf.opening).decode() if leaf else None,
    }
