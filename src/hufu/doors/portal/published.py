"""Published notices as Atom and JSON: from the redacted notice, never the decision."""

from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hufu.domain.publication.models import Notice

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
BOTH = {
    "type": "object",
    "properties": {"en": TEXT, "zh": TEXT},
    "required": ["en", "zh"],
    "additionalProperties": False,
}


def absolute(path: str) -> str:
    """Return the address of a path on this site."""
    return f"{settings.HUFU_SITE_URL}{path}"


def notice_url(notice: Notice) -> str:
    """Return the permanent address of a notice."""
    return absolute(reverse("portal:publication", args=[notice.pk]))


def atom_feed(notices: list[Notice], changed_at: datetime | None, language: str) -> str:
    """Return notices as an Atom feed (RFC 4287) in one language."""
    with translation.override(language):
        feed = Element("feed", {"xmlns": ATOM, "xml:lang": _tag(language)})
        here = absolute(reverse("portal:publications-feed")) + f"?lang={language}"
        _add(feed, "id", here)
        _add(feed, "title", _("Published decisions"))
        _add(feed, "updated", (changed_at or EPOCH).isoformat())
        SubElement(feed, "link", {"rel": "self", "href": here})
        page = absolute(reverse("portal:publications"))
        SubElement(feed, "link", {"rel": "alternate", "href": page})
        for notice in notices:
            _entry(feed, notice, language)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, "unicode")


def _entry(feed: Element, notice: Notice, language: str) -> None:
    chinese = language.startswith("zh")
    agency = notice.agency
    entry = SubElement(feed, "entry")
    _add(entry, "id", notice.pk.urn)
    _add(entry, "title", notice.title_zh if chinese else notice.title_en)
    _add(entry, "updated", notice.changed_at.isoformat())
    if notice.published_on:
        _add(entry, "published", f"{notice.published_on}T00:00:00+08:00")
    author = SubElement(entry, "author")
    _add(author, "name", agency.name_zh if chinese else agency.name_en)
    SubElement(entry, "link", {"rel": "alternate", "href": notice_url(notice)})
    SubElement(entry, "category", {"term": notice.right_kind})
    body = SubElement(entry, "content", {"type": "text"})
    body.text = _printable(notice.body_zh if chinese else notice.body_en)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _printable(text)


def _printable(text: str) -> str:
    """Drop control characters, which XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _tag(language: str) -> str:
    return "zh-Hans" if language.startswith("zh") else "en"


def as_json(notice: Notice) -> dict[str, Any]:
    """Return a notice as JSON; `NOTICE_SCHEMA` describes it."""
    return {
        "id": str(notice.pk),
        "url": notice_url(notice),
        "title": {"en": notice.title_en, "zh": notice.title_zh},
        "body": {"en": notice.body_en, "zh": notice.body_zh},
        "respondent": notice.respondent,
        "uscc": notice.uscc or None,
        "authority": {
            "code": notice.agency.pk,
            "name": {"en": notice.agency.name_en, "zh": notice.agency.name_zh},
        },
        "right_kind": notice.right_kind,
        "region": notice.region,
        "decided_on": str(notice.decided_on),
        "published_on": str(notice.published_on),
        "until_on": str(notice.until_on),
        "results": [_result(r) for r in notice.results],
        "demo": notice.demo,
    }


def _result(result: dict[str, Any]) -> dict[str, Any]:
    source = result["source"]
    return {
        "kind": result["kind"],
        "amount": result["amount"],
        "currency": result["currency"],
        "instrument": source["instrument"],
        "article": source["article"],
        "confidence": result["confidence"],
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


NOTICE_SCHEMA = _closed(
    {
        "id": {"type": "string", "format": "uuid"},
        "url": {"type": "string", "format": "uri"},
        "title": BOTH,
        "body": BOTH,
        "respondent": TEXT,
        "uscc": {"type": ["string", "null"]},
        "authority": _closed({"code": TEXT, "name": BOTH}),
        "right_kind": TEXT,
        "region": {"type": "string", "pattern": "^[0-9]{6}$"},
        "decided_on": DAY,
        "published_on": DAY,
        "until_on": DAY,
        "results": {
            "type": "array",
            "items": _closed(
                {
                    "kind": {
                        "enum": ["fine", "confiscation", "gains", "order", "warning"]
                    },
                    "amount": {"type": ["string", "null"]},
                    "currency": TEXT,
                    "instrument": BOTH,
                    "article": BOTH,
                    "confidence": {"enum": ["verified", "secondary", "unconfirmed"]},
                }
            ),
        },
        "demo": {"type": "boolean"},
    }
)
LISTING_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Published decisions",
    **_closed(
        {
            "schema": TEXT,
            "count": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"]},
            "notices": {"type": "array", "items": {"$ref": "#/$defs/notice"}},
        }
    ),
    "$defs": {"notice": NOTICE_SCHEMA},
}
