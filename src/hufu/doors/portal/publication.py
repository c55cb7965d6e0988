"""What the public reads of decisions: pages, an Atom feed, JSON with its schema."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from hufu.domain.publication import queries
from hufu.domain.publication.models import Notice
from hufu.domain.remedies.models import Penalty
from hufu.domain.rights.models import Right
from hufu.doors.identity import today
from hufu.doors.portal import published
from hufu.doors.portal.forms.publication import NoticeSearch

PER_PAGE, PER_FEED, PER_JSON = 20, 50, 100
# A copy may be kept, but is shown only after asking whether it still holds: a
# withdrawn notice disappears at once.
ASK_AGAIN = "no-cache"
GONE = 410


@dataclass(frozen=True)
class Section:
    """One heading of a notice with its paragraphs."""

    heading: str
    paragraphs: list[str]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what was published, newest first."""
    form, page = _search(request, PER_PAGE)
    context = {"form": form, "page_obj": page, "kinds": dict(Right.Kind.choices)}
    response = render(request, "portal/publication/index.html", context)
    # The page names who is signed in: it may not lie in a shared cache.
    response["Cache-Control"] = f"private, {ASK_AGAIN}"
    return response


@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Show one notice, or that it is no longer public, without its contents."""
    found = queries.public_notices(today()).filter(pk=notice_id).first()
    if found is None:
        response = _gone_page(request, notice_id)
    else:
        context = {
            "notice": found,
            "sections": sections_of(found),
            "results": _results(found),
            "references": queries.references_of(found),
            "kind": dict(Right.Kind.choices).get(found.right_kind, found.right_kind),
        }
        response = render(request, "portal/publication/notice.html", context)
    response["Cache-Control"] = f"private, {ASK_AGAIN}"
    return response


def _gone_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    if not queries.is_gone(notice_id, today()):
        raise Http404
    return render(request, "portal/publication/gone.html", status=GONE)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest notices as Atom; `?lang=zh-hans` gives them in Chinese."""
    chinese = request.GET.get("lang", "").startswith("zh")
    language = "zh-hans" if chinese else "en"
    notices = list(queries.public_notices(today())[:PER_FEED])
    words = published.atom_feed(notices, queries.last_change(), language)
    response = HttpResponse(words, content_type="application/atom+xml; charset=utf-8")
    return _cacheable(request, response)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Give notices as JSON, a hundred to a page, with the search of the page."""
    _, page = _search(request, PER_JSON)
    following = None
    if page.has_next():
        asked = {**request.GET.dict(), "page": page.next_page_number()}
        here = reverse("portal:publications-json")
        following = published.absolute(f"{here}?{urlencode(asked)}")
    data = {
        "schema": published.absolute(reverse("portal:publications-schema")),
        "count": page.paginator.count,
        "next": following,
        "notices": [published.as_json(found) for found in page],
    }
    return _json(request, data)


@require_safe
def notice_json(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Give one notice as JSON."""
    found = queries.public_notices(today()).filter(pk=notice_id).first()
    if found is not None:
        return _json(request, published.as_json(found))
    if not queries.is_gone(notice_id, today()):
        raise Http404
    response = _json(request, {"error": "gone"})
    response.status_code = GONE
    return response


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Describe the JSON (JSON Schema 2020-12)."""
    return _json(request, published.LISTING_SCHEMA)


def sections_of(found: Notice) -> list[Section]:
    """Cut the words of a notice, in the reader's language, into sections."""
    chinese = (translation.get_language() or "").startswith("zh")
    cut: list[Section] = []
    for block in (found.body_zh if chinese else found.body_en).split("\n\n"):
        if block.startswith("# "):
            cut.append(Section(block.removeprefix("# "), []))
        elif cut:
            cut[-1].paragraphs.append(block)
    return cut


def _results(found: Notice) -> list[dict[str, Any]]:
    kinds = dict(Penalty.Kind.choices)
    return [
        {
            **result,
            "label": capfirst(kinds[result["kind"]]),
            "amount": result["amount"] and f"{Decimal(result['amount']):,.2f}",
        }
        for result in found.results
    ]


def _search(request: HttpRequest, size: int) -> tuple[NoticeSearch, Page[Notice]]:
    day: date = today()
    shown = queries.public_notices(day)
    chinese = (translation.get_language() or "").startswith("zh")
    name = "agency__name_zh" if chinese else "agency__name_en"
    agencies = shown.order_by(name).values_list("agency", name).distinct()
    form = NoticeSearch(request.GET, agencies=list(agencies))
    found = queries.search_notices(shown.filter(**form.conditions()), form.words())
    return form, Paginator(found, size).get_page(request.GET.get("page"))


def _json(request: HttpRequest, data: Any) -> HttpResponse:
    words = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(words, content_type="application/json; charset=utf-8")
    return _cacheable(request, response)


def _cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let anybody keep an answer that is the same for everybody."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    response["Cache-Control"] = f"public, {ASK_AGAIN}"
    response["Access-Control-Allow-Origin"] = "*"
    kept = get_conditional_response(request, etag=etag, response=response)
    return kept if isinstance(kept, HttpResponse) else response
